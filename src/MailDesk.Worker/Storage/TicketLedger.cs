using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Security;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Storage;

/// <summary>Writes decisions into a unit of work: the ticket as it is now, and the history's lines (rules 6.3, 6.4).</summary>
public sealed class TicketLedger(DeskSettings settings)
{
    /// <summary>The actor of what happens by time.</summary>
    public const string Desk = "desk";

    /// <summary>
    /// The request with its participants, tracked; null when the number was never given. One that was moved to the other series (rule 8.4) is found
    /// by its former number as well.
    /// </summary>
    public static async Task<TicketRow?> FindAsync(DeskContext db, TicketNumber number, CancellationToken cancellationToken)
    {
        var other = OtherThan(number.Kind);
        return await db.Tickets.Include(t => t.Participants).FirstOrDefaultAsync(t => t.Kind == number.Kind && t.Number == number.Value, cancellationToken)
            ?? await db.Tickets.Include(t => t.Participants).FirstOrDefaultAsync(t => t.Kind == other && t.FormerNumber == number.Value, cancellationToken);
    }

    /// <summary>Gives a request its number in the other series: the one that it had there, or a new one. The present number becomes its former one.</summary>
    public async Task MoveAsync(DeskContext db, TicketRow row, CancellationToken cancellationToken)
    {
        var kind = OtherThan(row.Kind);
        if (row.Follows is not null) row.FollowsKind ??= row.Kind;
        var number = row.FormerNumber ?? (await NextNumberAsync(db, kind, cancellationToken)).Value;
        (row.Kind, row.Number, row.FormerNumber) = (kind, number, row.Number);
    }

    private static TicketKind OtherThan(TicketKind kind) => kind == TicketKind.Complaint ? TicketKind.Request : TicketKind.Complaint;

    /// <summary>Takes the next number of a series. Two units of work that take the same one lose a race at the commit: no number is skipped.</summary>
    public async Task<TicketNumber> NextNumberAsync(DeskContext db, TicketKind kind, CancellationToken cancellationToken)
    {
        var series = await db.Series.FindAsync([kind], cancellationToken);
        if (series is null) db.Series.Add(series = new SeriesRow { Kind = kind, Last = settings.Desk.FirstNumber - 1 });
        series.Last++;
        return new TicketNumber(kind, series.Last);
    }

    /// <param name="actor">Who did it: an address, or <see cref="Desk"/>.</param>
    /// <param name="cause">The mail that did it; null when it was time.</param>
    public static void Write(DeskContext db, TicketRow row, TicketDecision decision, string actor, DateTimeOffset now, MailRow? cause)
    {
        row.Take(decision.Ticket);
        foreach (var happened in decision.Events)
        {
            db.Events.Add(new EventRow { Ticket = row, At = now, Kind = happened.Kind, Actor = actor, From = happened.From, To = happened.To, Detail = happened.Detail, Mail = cause });
        }
    }
}
