using MailDesk.Domain;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <param name="ByColleagues">Whether an engineer was among them.</param>
public sealed record Doings(IReadOnlyList<Happening> All, bool ByColleagues)
{
    public static Doings None { get; } = new([], false);
}

/// <summary>
/// What others have done in a request since the letter that an engineer answers: of two who act at once, the second is told what the first
/// did. The decision itself is always made on the request as it stands.
/// </summary>
public sealed class Meanwhile(DeskDirectory directory)
{
    /// <summary>More than that is for the history.</summary>
    private const int Most = 20;

    public async Task<Doings> ReadAsync(IntakeWork work, Engineer engineer, TicketRow ticket, CancellationToken cancellationToken)
    {
        var ids = work.Mail.Message.InReplyTo.Concat(work.Mail.Message.References.Reverse()).Take(20).ToList();
        if (ids.Count == 0) return Doings.None;
        var answered = await work.Db.Letters.AsNoTracking()
            .Where(l => l.TicketId == ticket.Id && l.Role == LetterRole.Engineer && ids.Contains(l.MessageId))
            .OrderByDescending(l => l.Id)
            .Select(l => (DateTimeOffset?)l.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (answered is not { } since) return Doings.None;

        var events = await work.Db.Events.AsNoTracking()
            .Where(e => e.TicketId == ticket.Id && e.At > since && e.Actor != TicketLedger.Desk)
            .OrderByDescending(e => e.Id)
            .Take(Most * 4)
            .ToListAsync(cancellationToken);
        var told = events
            .Where(e => !engineer.Addresses.Contains(e.Actor, StringComparer.OrdinalIgnoreCase))
            .Select(e => (Event: e, Happening: Of(e)))
            .Where(pair => pair.Happening is not null)
            .Take(Most)
            .Reverse()
            .ToList();
        return new Doings([.. told.Select(pair => pair.Happening!)], told.Exists(pair => directory.FindEngineer(pair.Event.Actor) is not null));
    }

    private Happening? Of(EventRow e)
    {
        HappeningKind? kind = (e.Kind, e.To) switch
        {
            (TicketEventKind.EngineerChanged, var to) => string.Equals(to, e.Actor, StringComparison.OrdinalIgnoreCase) ? HappeningKind.Took : HappeningKind.Assigned,
            (TicketEventKind.EngineerWrote, nameof(LetterKind.Question)) => HappeningKind.Asked,
            (TicketEventKind.EngineerWrote, nameof(LetterKind.ThirdParty)) => HappeningKind.Waits,
            (TicketEventKind.EngineerWrote, _) => HappeningKind.Answered,
            (TicketEventKind.NoteAdded, _) => HappeningKind.Noted,
            (TicketEventKind.PriorityChanged, _) => HappeningKind.PriorityChanged,
            (TicketEventKind.CategoryChanged, _) => HappeningKind.CategoryChanged,
            (TicketEventKind.Completed, _) => HappeningKind.Completed,
            (TicketEventKind.Merged, _) => HappeningKind.Merged,
            (TicketEventKind.Closed, not nameof(ClosingReason.Merged)) => HappeningKind.Closed,
            (TicketEventKind.ClientWrote, nameof(ClientWords.Text) or nameof(ClientWords.Confirmation)) => HappeningKind.ClientWrote,
            (TicketEventKind.Reopened, _) => HappeningKind.Reopened,
            _ => null,
        };
        return kind is { } happened
            ? new Happening(e.At, NameOf(e.Actor), happened, e.To is { } address && happened == HappeningKind.Assigned ? NameOf(address) : null, PriorityOf(e))
            : null;
    }

    private static Priority? PriorityOf(EventRow e) => e.Kind == TicketEventKind.PriorityChanged && Enum.TryParse<Priority>(e.To, out var priority) ? priority : null;

    private string NameOf(string address) => directory.FindEngineer(address)?.Name ?? directory.FindPerson(address)?.Person.Name ?? address;
}
