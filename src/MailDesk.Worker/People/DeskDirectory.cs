using MailDesk.Domain;
using MailDesk.Worker.Commands;

namespace MailDesk.Worker.People;

/// <summary>
/// Who is served and who serves, as it is known now: the directory file with the changes that clients made by mail. What always holds:
/// every question is answered from one whole content, which is swapped in one step when the file or the changes do; a question asked
/// before may have had an older answer. Safe for concurrent use.
/// </summary>
public sealed class DeskDirectory
{
    private readonly Lock _swap = new();
    private DirectoryContent _file;
    private IReadOnlyList<PersonChange> _changes = [];
    private volatile DirectoryContent _content;

    public DeskDirectory(IReadOnlyList<Client> clients, IReadOnlyList<Engineer> engineers)
        : this(new DirectoryContent { Clients = clients, Engineers = engineers })
    {
    }

    public DeskDirectory(DirectoryContent file) => _content = _file = file;

    public IReadOnlyList<Client> Clients => _content.Clients;

    public IReadOnlyList<Engineer> Engineers => _content.Engineers;

    public IReadOnlyList<Team> Teams => _content.Teams;

    public IEnumerable<Engineer> Managers => Engineers.Where(engineer => engineer.IsManager);

    /// <summary>The file with the changes made by mail, as of this moment.</summary>
    public DirectoryContent Now => _content;

    /// <summary>What the file says, without the changes made by mail.</summary>
    public DirectoryContent File
    {
        get
        {
            lock (_swap) return _file;
        }
    }

    /// <summary>The client and the person whose address this is; null for a stranger.</summary>
    public (Client Client, Person Person)? FindPerson(string address) => _content.FindPerson(address);

    /// <summary>Whether the address is on the list of the client of that name.</summary>
    public bool IsListed(string? client, string address) => FindPerson(address) is var (owner, _) && string.Equals(owner.Name, client, StringComparison.Ordinal);

    public Engineer? FindEngineer(string address) => _content.FindEngineer(address);

    public Client? FindClient(string name) => _content.FindClient(name);

    /// <summary>Null where there is none of that name: any more, or at all.</summary>
    public Team? FindTeam(string? name) => name is null ? null : _content.Teams.FirstOrDefault(team => team.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The team that a new request belongs to: the first route that fits. Null when none does: it is everybody's.</summary>
    public Team? Route(string? service, Category category) => _content.Routes.FirstOrDefault(route => route.Fits(service, category))?.Team;

    /// <summary>Who is on duty on a day of the desk's time zone.</summary>
    public IEnumerable<Engineer> OnDuty(DateOnly day) => _content.Duty.Where(turn => turn.Includes(day)).Select(turn => turn.Engineer).Distinct();

    /// <summary>The file has changed.</summary>
    public void Replace(DirectoryContent file)
    {
        lock (_swap)
        {
            _file = file;
            _content = file.With(_changes);
        }
    }

    /// <summary>Changes of persons that count beside the file, in the order in which they took effect.</summary>
    public void Replace(IReadOnlyList<PersonChange> changes)
    {
        lock (_swap)
        {
            _changes = changes;
            _content = _file.With(changes);
        }
    }

    /// <summary>The clients that the words can mean: the one of just this name, else all whose name holds them. Case, quotes and ё do not matter.</summary>
    public IReadOnlyList<Client> ClientsNamed(string words)
    {
        var wanted = Bare(words);
        if (wanted.Length == 0) return [];
        var fits = Clients.Where(client => Bare(client.Name).Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return fits.Find(client => Bare(client.Name).Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } exact ? [exact] : fits;
    }

    /// <summary>The client whose name, or a word of it, comes nearest to a misspelt one; null where none is near.</summary>
    public Client? NearestClient(string words)
    {
        var names = Clients.SelectMany(client => Bare(client.Name).Split(' ').Where(word => word.Length > 3).Append(Bare(client.Name)).Select(word => (Word: word.ToLowerInvariant(), client))).ToList();
        return Spelling.Nearest(Bare(words).ToLowerInvariant(), names.Select(name => name.Word)) is { } nearest ? names.Find(name => string.Equals(name.Word, nearest, StringComparison.Ordinal)).client : null;
    }

    private static string Bare(string name) =>
        string.Concat(name.Where(c => c is not ('"' or '«' or '»' or '“' or '”' or '„'))).Replace('ё', 'е').Replace('Ё', 'Е').Trim();
}

/// <summary>An organisation that the operator serves (rule 5.7).</summary>
/// <param name="TimeZone">The zone in which its people read dates.</param>
public sealed record Client(
    string Name, IReadOnlyList<Contract> Contracts, IReadOnlyList<Person> Persons, IReadOnlyList<string> Services, TimeZoneInfo TimeZone)
{
    /// <summary>Whether a contract is in force on the day that it is now in the client's zone (rule 5.7).</summary>
    public bool IsServedAt(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZone).DateTime);
        return Contracts.Any(contract => contract.From <= today && (contract.To is null || today <= contract.To));
    }
}

/// <param name="To">The last day in force; null while there is none.</param>
public sealed record Contract(string Number, DateOnly From, DateOnly? To);

/// <summary>A person on a client's list (rule 5.7).</summary>
/// <param name="Addresses">The first is the one that letters go to when the person did not write.</param>
/// <param name="Language">ru, en or be.</param>
public sealed record Person(string Name, IReadOnlyList<string> Addresses, string Language);

/// <param name="Addresses">Letters go to the first.</param>
public sealed record Engineer(string Name, IReadOnlyList<string> Addresses, string Language, bool IsManager)
{
    public string Address => Addresses[0];
}
