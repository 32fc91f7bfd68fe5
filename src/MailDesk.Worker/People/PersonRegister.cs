using MailDesk.Worker.Storage;

namespace MailDesk.Worker.People;

/// <summary>
/// Brings the changes of persons that count from the database into the directory. Of one address the last change counts. The directory file
/// is the administrator's: a change counts until the file says the same, and from then on the file alone does, so that what the
/// administrator enters or strikes out later holds.
/// </summary>
public sealed partial class PersonRegister(DeskStore store, DeskDirectory directory, TimeProvider time, ILogger<PersonRegister> log)
{
    private volatile bool _stale;

    /// <summary>What is being committed changes what counts: it is to be read again once that is done.</summary>
    public void RefreshAfter(DeskContext db) => db.OnCommitted += () => _stale = true;

    /// <summary>Costs nothing when nothing has changed. After a failure it is tried again with the next mail.</summary>
    public async Task RefreshIfStaleAsync(CancellationToken cancellationToken)
    {
        if (!_stale) return;
        _stale = false;
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch
        {
            _stale = true;
            throw;
        }
    }

    /// <summary>At the start, after the file has changed, and after a change has been agreed to.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var file = directory.File;
        var (changes, contradicted) = await store.DecideAndCommitAsync(
            db =>
            {
                var rows = db.Find<PersonChangeRow>("""WHERE "State" = 'InForce' ORDER BY "DecidedAt", "Id" """);
                foreach (var row in rows.Where(row => IsSaidBy(file, row))) row.State = PersonChangeState.InFile;
                var counting = rows.Where(row => row.State == PersonChangeState.InForce).ToList();
                return Task.FromResult((counting.ConvertAll(row => row.ToChange()), counting.FindAll(row => Contradicts(file, row))));
            },
            cancellationToken);
        directory.Replace(changes);
        foreach (var row in contradicted) LogContradicted(row.Kind, row.Address, row.Client);
        await TakeOutAsync(directory.Now, cancellationToken);
    }

    /// <summary>
    /// Takes those who have left a list out of its open requests. A client that the file does not name is not one that nobody is left of: it may
    /// have been renamed, and its requests stay as they are.
    /// </summary>
    private Task<int> TakeOutAsync(DirectoryContent content, CancellationToken cancellationToken) => store.DecideAndCommitAsync(
        db =>
        {
            const string Open = """WHERE "Client" IS NOT NULL AND "State" <> 'Closed' AND "State" <> 'Rejected'""";
            var requests = db.Find<TicketRow>(Open);
            db.Find<ParticipantRow>($"""WHERE "TicketId" IN (SELECT "Id" FROM "Tickets" {Open})""");
            foreach (var request in requests)
            {
                if (content.FindClient(request.Client!) is { } client) Departures.Apply(db, request, client, [], TicketLedger.Desk, time.GetUtcNow(), null);
            }

            return Task.FromResult(requests.Count);
        },
        cancellationToken);

    private static bool IsSaidBy(DirectoryContent file, PersonChangeRow row) =>
        IsListed(file, row) == (row.Kind == PersonChangeKind.Add);

    private static bool IsListed(DirectoryContent file, PersonChangeRow row) =>
        file.FindPerson(row.Address) is var (client, _) && string.Equals(client.Name, row.Client, StringComparison.Ordinal);

    /// <summary>The file gives the address to somebody else, or no longer knows the client: the file counts.</summary>
    private static bool Contradicts(DirectoryContent file, PersonChangeRow row) =>
        file.FindClient(row.Client) is null || (row.Kind == PersonChangeKind.Add && (file.FindEngineer(row.Address) is not null || file.FindPerson(row.Address) is not null));

    [LoggerMessage(EventId = 407, Level = LogLevel.Warning,
        Message = "Directory: {Kind} {Address} of {Client}, agreed to by mail, does not fit the file: its client or its address is another's; the file counts")]
    private partial void LogContradicted(PersonChangeKind kind, string address, string client);
}
