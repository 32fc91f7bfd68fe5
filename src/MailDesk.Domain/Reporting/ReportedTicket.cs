namespace MailDesk.Domain.Reporting;

/// <summary>
/// What a report reads of a ticket: who it belongs to, how it is classified now, and its whole append-only history (rule 6.3). How it stood
/// at any moment follows from the history, so that a month's report says the same whenever it is made.
/// </summary>
/// <param name="Client">Name in the directory; null for a stranger.</param>
/// <param name="RegisteredAt">UTC; as in <see cref="Ticket.RegisteredAt"/>.</param>
/// <param name="DuringPlannedWork">It concerns a service that was unavailable by plan at that time: counted apart, since nobody was late.</param>
/// <param name="Events">In the order in which they were recorded; times are UTC.</param>
public sealed record ReportedTicket(
    TicketKind Kind,
    int Number,
    string Subject,
    string? Client,
    Category Category,
    bool StartsService,
    Priority Priority,
    DateTimeOffset RegisteredAt,
    bool DuringPlannedWork,
    IReadOnlyList<(DateTimeOffset At, TicketEvent Event)> Events);

/// <summary>How a term stands at a moment.</summary>
public enum LevelVerdict
{
    /// <summary>There is no such term: not regulated (rule 4.2), or no request that is served.</summary>
    None,

    /// <summary>What was to be done is not done, and its deadline lies ahead.</summary>
    Running,

    /// <summary>Done in time; at the deadline itself is in time.</summary>
    Met,

    /// <summary>Done late, or not done although the deadline has passed.</summary>
    Missed,
}
