using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Storage;

/// <summary>Writes decisions into a unit of work: the ticket as it is now, and the history's lines (rules 6.3, 6.4).</summary>
public sealed class TicketLedger(DeskSettings settings)
{
    /// <summary>The actor of what happens by time.</summary>
    public const string Desk = "desk";

    internal const string
        ByNumber = """WHERE "Kind" = @p0 AND "Number" = @p1""",
        ByFormerNumber = """WHERE "Kind" = @p0 AND "FormerNumber" = @p1""",
        ById = """WHERE "Id" = @p0""",
        OfTicket = """WHERE "TicketId" = @p0""",
        OfKind = """WHERE "Kind" = @p0""";

    /// <summary>
    /// The request with all that letters tell of it, tracked: its participants and those that it is tied to. Null when the number was never given. One
    /// that was moved to the other series (rule 8.4) is found by its former number as well.
    /// </summary>
    public static TicketRow? Find(DeskContext db, TicketNumber number) =>
        Find(db, ByNumber, number.Kind.ToString(), number.Value) ?? Find(db, ByFormerNumber, OtherThan(number.Kind).ToString(), number.Value);

    /// <summary>A request that is there, as <see cref="Find(DeskContext, TicketNumber)"/> gives it.</summary>
    public static TicketRow Get(DeskContext db, int id) => Find(db, ById, id) ?? throw new InvalidOperationException($"there is no request of the id {id}");

    private static TicketRow? Find(DeskContext db, string which, params ReadOnlySpan<object?> values)
    {
        if (db.Find<TicketRow>(which, values) is not [var ticket]) return null;
        db.Find<ParticipantRow>(OfTicket, ticket.Id);
        foreach (var link in db.Find<LinkRow>(OfTicket, ticket.Id)) db.Find<TicketRow>(ById, link.OtherId);
        if (ticket.MergedIntoId is { } into) db.Find<TicketRow>(ById, into);
        return ticket;
    }

    /// <summary>The request that goes on for one that was merged (rule 5.5); the same one for any other.</summary>
    public static TicketRow FindGoingOn(DeskContext db, TicketRow ticket)
    {
        // What is merged is closed, and only into open ones: no circle can come about.
        while (ticket.MergedIntoId is { } id) ticket = Get(db, id);
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
    public void Move(DeskContext db, TicketRow row)
    {
        var kind = OtherThan(row.Kind);
        if (row.Follows is not null) row.FollowsKind ??= row.Kind;
        var number = row.FormerNumber ?? NextNumber(db, kind).Value;
        (row.Kind, row.Number, row.FormerNumber) = (kind, number, row.Number);
    }

    private static TicketKind OtherThan(TicketKind kind) => kind == TicketKind.Complaint ? TicketKind.Request : TicketKind.Complaint;

    /// <summary>Takes the next number of a series. Two units of work that take the same one lose a race at the commit: no number is skipped.</summary>
    public TicketNumber NextNumber(DeskContext db, TicketKind kind)
    {
        var series = db.Series.Local.FindEntry(kind)?.Entity
            ?? (db.Turn?.LastTaken(kind) is { } last ? db.Series.Attach(new SeriesRow { Kind = kind, Last = last }).Entity : null)
            ?? db.Find<SeriesRow>(OfKind, kind.ToString()).FirstOrDefault();
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
            db.Insert(new EventRow { Ticket = row, At = now, Kind = happened.Kind, Actor = actor, From = happened.From, To = happened.To, Detail = happened.Detail, Mail = cause });
        }
    }
}
