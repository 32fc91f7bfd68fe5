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

    /// <summary>Requests with all that letters tell of them: their participants and those that they are tied to.</summary>
    public static IQueryable<TicketRow> Whole(DeskContext db) =>
        db.Tickets.Include(t => t.Participants).Include(t => t.MergedInto).Include(t => t.Links).ThenInclude(l => l.Other).AsSplitQuery();

    /// <summary>
    /// The request as <see cref="Whole"/> has it, tracked; null when the number was never given. One that was moved to the other series (rule 8.4)
    /// is found by its former number as well.
    /// </summary>
    public static async Task<TicketRow?> FindAsync(DeskContext db, TicketNumber number, CancellationToken cancellationToken)
    {
        var other = OtherThan(number.Kind);
        return await Whole(db).FirstOrDefaultAsync(t => t.Kind == number.Kind && t.Number == number.Value, cancellationToken)
            ?? await Whole(db).FirstOrDefaultAsync(t => t.Kind == other && t.FormerNumber == number.Value, cancellationToken);
    }

    /// <summary>The request that goes on for one that was merged (rule 5.5); the same one for any other.</summary>
    public static async Task<TicketRow> FindGoingOnAsync(DeskContext db, TicketRow ticket, CancellationToken cancellationToken)
    {
        // What is merged is closed, and only into open ones: no circle can come about.
        while (ticket.MergedIntoId is { } id) ticket = await Whole(db).FirstAsync(t => t.Id == id, cancellationToken);
        return ticket;
    }

    /// <summary>Ties two requests to each other, once.</summary>
    public static void Link(TicketRow one, TicketRow other)
    {
        if (!AreLinked(one, other)) one.Links.Add(new LinkRow { Other = other });
        if (!AreLinked(other, one)) other.Links.Add(new LinkRow { Other = one });
    }

    public static bool AreLinked(TicketRow one, TicketRow other) => one.Links.Exists(link => ReferenceEquals(link.Other, other));

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
