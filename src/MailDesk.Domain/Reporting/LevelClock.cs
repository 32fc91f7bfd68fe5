namespace MailDesk.Domain.Reporting;

/// <summary>
/// Measures one ticket against rule 4.2 (a complaint: rule 8.2) as it stood at a moment, on the level that it had then: the calendar of its
/// category and priority, pauses taken out exactly. Reaction counts from registration until work begins; execution from registration until
/// the answer that stands was delivered, without pauses.
/// </summary>
internal sealed class LevelClock(ReportedTicket ticket, TicketStanding standing, DateTimeOffset moment, SupportPolicy policy)
{
    private readonly ServiceCalendar _calendar = policy.CalendarOf(standing.Category, standing.Priority, standing.StartsService);
    private readonly ServiceLevel _level = policy.Levels[standing.Priority];

    private bool IsMeasured => ticket.Kind is TicketKind.Request && standing.State is not (TicketState.Held or TicketState.Rejected);

    public DateTimeOffset? ReactionDue => IsMeasured ? _calendar.Add(ticket.RegisteredAt, _level.Reaction) : null;

    /// <summary>Moved by all pauses that are over.</summary>
    public DateTimeOffset? ExecutionDue => IsMeasured && _level.Execution is { } execution
        ? _calendar.Add(ticket.RegisteredAt, execution + standing.Pauses.Aggregate(TimeSpan.Zero, (sum, p) => sum + (p.To is { } to ? _calendar.Elapsed(p.From, to) : TimeSpan.Zero)))
        : null;

    /// <summary>A request that joined another is not done: what it had missed before is a miss, and nothing else is decided.</summary>
    private bool IsMerged => standing.Closing is ClosingReason.Merged;

    public LevelVerdict Reaction => ReactionDue is not { } due ? LevelVerdict.None
        : due < (standing.ReactedAt ?? standing.ClosedAt ?? moment) ? LevelVerdict.Missed
        : standing.ReactedAt is null ? IsMerged ? LevelVerdict.None : LevelVerdict.Running
        : LevelVerdict.Met;

    public LevelVerdict Execution => !IsMeasured || _level.Execution is not { } execution ? LevelVerdict.None
        : Stretches().Any(stretch => _calendar.Add(ticket.RegisteredAt, execution + stretch.PausedBefore) < stretch.To) ? LevelVerdict.Missed
        : IsMerged ? LevelVerdict.None
        : standing.IsOpen ? LevelVerdict.Running
        : LevelVerdict.Met;

    /// <summary>Time of the level's calendar; null while nobody has begun.</summary>
    public TimeSpan? ReactionTime => IsMeasured && standing.ReactedAt is { } reacted ? _calendar.Elapsed(ticket.RegisteredAt, reacted) : null;

    /// <summary>Time of the level's calendar without pauses, also where it is not regulated; null while it is not done.</summary>
    public TimeSpan? ExecutionTime => IsMeasured && standing.CompletedAt is not null
        ? Stretches().Aggregate(TimeSpan.Zero, (sum, s) => sum + _calendar.Elapsed(s.From, s.To))
        : null;

    /// <summary>Where the execution time ran: between the pauses, up to the moment or to where the last pause began.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To, TimeSpan PausedBefore)> Stretches()
    {
        var (from, paused) = (ticket.RegisteredAt, TimeSpan.Zero);
        foreach (var pause in standing.Pauses)
        {
            yield return (from, pause.From, paused);
            if (pause.To is not { } to)
                yield break;
            (from, paused) = (to, paused + _calendar.Elapsed(pause.From, to));
        }
        yield return (from, moment, paused);
    }
}
