namespace MailDesk.Domain.Reporting;

/// <summary>One ticket in one period: how it stood at the beginning and at the end, and what that means for the figures.</summary>
internal sealed class ReportCase
{
    private readonly LevelClock? _atStart;
    private readonly SupportPolicy _policy;
    private readonly DateTimeOffset _countedTo;

    private ReportCase(ReportedTicket ticket, ReportPeriod period, DateTimeOffset countedTo, TicketStanding? start, TicketStanding end, SupportPolicy policy)
    {
        (Ticket, Period, End, _policy, _countedTo) = (ticket, period, end, policy, countedTo);
        Start = start is { State: not (TicketState.Held or TicketState.Rejected) } ? start : null;
        _atStart = Start is null ? null : new(ticket, Start, period.From, policy);
        AtEnd = new(ticket, end, countedTo, policy);
        IsRegistered = IsServed && Falls(ticket.RegisteredAt);
    }

    public ReportedTicket Ticket { get; }

    public ReportPeriod Period { get; }

    /// <summary>Null where it was not there yet, or not served.</summary>
    public TicketStanding? Start { get; }

    public TicketStanding End { get; }

    public LevelClock AtEnd { get; }

    public bool IsServed => End.State is not (TicketState.Held or TicketState.Rejected) && !ChangesPersons;

    /// <summary>It asks for a change of the client's persons and nothing else: persons of the client settle it among themselves (rule 5.7).</summary>
    public bool ChangesPersons => Ticket.Events.Any(e => e.Event.Kind is TicketEventKind.PersonChangeAsked)
        && (End.State is TicketState.Held or TicketState.Rejected || End.Closing is ClosingReason.Settled);

    public bool IsRegistered { get; }

    public bool IsCarriedOver => Start is { IsOpen: true };

    public bool IsCompleted => IsServed && Falls(End.CompletedAt);

    /// <summary>It joined another request in the period, which answers it (rule 5.5).</summary>
    public bool IsMerged => IsServed && End.Closing is ClosingReason.Merged && Falls(End.ClosedAt);

    public bool HasReacted => IsServed && Falls(End.ReactedAt);

    public int Reopened => Ticket.Events.Count(e => e.Event.Kind is TicketEventKind.Reopened && Falls(e.At));

    /// <summary>Something of it belongs to the period.</summary>
    public bool IsReported => IsServed && (IsRegistered || IsCarriedOver || IsCompleted || IsMerged || Reopened > 0);

    public bool CameAsHeld => TicketStanding.CameAsHeld(Ticket) && Falls(TicketStanding.Arrival(Ticket));

    public LevelVerdict Reaction => Fell(_atStart?.Reaction, AtEnd.Reaction);

    public LevelVerdict Execution => Fell(_atStart?.Execution, AtEnd.Execution);

    /// <summary>Each miss that the managers were told of is one of the period in which they were; a new date does not take it back.</summary>
    public LevelVerdict Term => TermMissesTold.Any() ? LevelVerdict.Missed : Fell(Start is null ? null : TermAt(Start, Period.From), TermAt(End, _countedTo));

    public IEnumerable<Miss> Misses
    {
        get
        {
            if (Reaction is LevelVerdict.Missed)
                yield return MissOf(MissedTerm.Reaction, AtEnd.ReactionDue, End.ReactedAt);
            if (Execution is LevelVerdict.Missed)
                yield return MissOf(MissedTerm.Execution, AtEnd.ExecutionDue, End.CompletedAt);
            foreach (var miss in TermMissesTold)
                yield return MissOf(MissedTerm.Complaint, TermDueOf(miss.TermFrom, miss.PromisedAt), End.CompletedAt);
            if (Term is LevelVerdict.Missed && !TermMissesTold.Any()) // it is over, and the timer is still to come
                yield return MissOf(MissedTerm.Complaint, TermDue, End.CompletedAt);
        }
    }

    public ReportedLine Line => new()
    {
        Kind = Ticket.Kind,
        Number = Ticket.Number,
        Subject = Ticket.Subject,
        Client = Ticket.Client,
        Category = End.Category,
        Priority = End.Priority,
        State = End.State,
        Engineer = End.Engineer,
        RegisteredAt = Ticket.RegisteredAt,
        ReactedAt = End.ReactedAt,
        ReactionDue = AtEnd.ReactionDue,
        Reaction = AtEnd.Reaction,
        ReactionTime = AtEnd.ReactionTime,
        CompletedAt = End.CompletedAt,
        ExecutionDue = TermDue ?? AtEnd.ExecutionDue,
        Execution = TermDue is null ? AtEnd.Execution : TermAt(End, _countedTo),
        ExecutionTime = AtEnd.ExecutionTime,
        Outcome = End.Outcome,
        Closing = End.Closing,
        Reopened = Reopened,
        DuringPlannedWork = Ticket.DuringPlannedWork,
    };

    private DateTimeOffset? TermDue => TermDueOf(End.TermFrom, End.PromisedAt);

    private IEnumerable<TicketStanding.TermMiss> TermMissesTold => Ticket.Kind is TicketKind.Complaint && IsServed ? End.TermMisses.Where(miss => Falls(miss.At)) : [];

    /// <returns>Null where the ticket was not there yet.</returns>
    public static ReportCase? Of(ReportedTicket ticket, ReportPeriod period, DateTimeOffset countedTo, SupportPolicy policy) =>
        TicketStanding.At(ticket, countedTo, policy.Pauses) is { } end
            ? new(ticket, period, countedTo, TicketStanding.At(ticket, period.From, policy.Pauses), end, policy)
            : null;

    /// <summary>Rules 8.2, 8.3: what the applicant was told; null for a request.</summary>
    private DateTimeOffset? TermDueOf(DateTimeOffset? from, DateTimeOffset? promised) => Ticket.Kind is TicketKind.Complaint
        ? promised ?? _policy.StandardTime.AddWorkingDays(from ?? Ticket.RegisteredAt, _policy.ComplaintDays)
        : null;

    private LevelVerdict TermAt(TicketStanding standing, DateTimeOffset moment) =>
        !IsServed || TermDueOf(standing.TermFrom, standing.PromisedAt) is not { } due ? LevelVerdict.None
        : standing.TermMisses.Any(miss => miss.TermFrom == standing.TermFrom) || due < (standing.CompletedAt ?? standing.ClosedAt ?? moment) ? LevelVerdict.Missed
        : standing.Closing is ClosingReason.Merged ? LevelVerdict.None
        : standing.CompletedAt is null ? LevelVerdict.Running
        : LevelVerdict.Met;

    /// <summary>What fell before is counted there.</summary>
    private static LevelVerdict Fell(LevelVerdict? before, LevelVerdict now) => now == before && now is not LevelVerdict.Running ? LevelVerdict.None : now;

    private bool Falls(DateTimeOffset? at) => at >= Period.From && at < _countedTo;

    private Miss MissOf(MissedTerm term, DateTimeOffset? due, DateTimeOffset? doneAt) => new(
        Ticket.Kind, Ticket.Number, Ticket.Subject, Ticket.Client, End.Priority, End.Engineer, term, due ?? default, doneAt, Ticket.DuringPlannedWork);
}
