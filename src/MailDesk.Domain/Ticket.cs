using System.Collections.Immutable;

namespace MailDesk.Domain;

/// <summary>The states of a request; the arrows between them are in <see cref="TransitionTable"/>.</summary>
public enum TicketState
{
    Registered,
    InProgress,
    WaitingForClient,
    WaitingForThirdParty,
    Completed,
    Closed,
    Held,
    Rejected,
}

/// <summary>How a request was completed.</summary>
public enum Outcome
{
    /// <summary>The answer was delivered (rule 7.1).</summary>
    Answered,

    /// <summary>The client did not answer a question (rule 6.5).</summary>
    NoAnswerFromClient,

    /// <summary>Caused by what the operator does not support (rule 6.6).</summary>
    NotSupported,
}

/// <summary>Why a completed request was closed (rule 7.2).</summary>
public enum ClosingReason
{
    ConfirmedByClient,
    TermPassed,

    /// <summary>It joined another request, where its question is answered (rule 5.5).</summary>
    Merged,

    /// <summary>There was nothing to wait for: what it asked for was agreed to and done at once (rule 5.7).</summary>
    Settled,
}

/// <summary>Which way a request came in.</summary>
public enum RequestOrigin
{
    /// <summary>The client's own mail.</summary>
    Mail,

    /// <summary>An engineer wrote it down (rule 5.3).</summary>
    Phone,

    /// <summary>An engineer passed the client's mail on.</summary>
    Forwarded,

    /// <summary>An engineer made it of a part of another request (rule 5.5).</summary>
    Split,
}

/// <summary>
/// One question, one number: all that the rules need to decide what happens next. Immutable; changed only by
/// <see cref="TicketDecider"/>. All times are UTC.
/// </summary>
public sealed record Ticket
{
    public required TicketKind Kind { get; init; }

    public required TicketState State { get; init; }

    public required Category Category { get; init; }

    /// <summary>A request to start a service, processed in standard working time (rule 5.6).</summary>
    public bool StartsService { get; init; }

    public required Impact Impact { get; init; }

    public required Urgency Urgency { get; init; }

    public required Priority Priority { get; init; }

    /// <summary>
    /// When the mail server received the request, or when a held one was accepted. Every service level counts from here (rule 4.2).
    /// </summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Address of the engineer in charge; null while nobody has taken the request.</summary>
    public string? Engineer { get; init; }

    /// <summary>When work began; null until then. Ends the reaction time.</summary>
    public DateTimeOffset? ReactedAt { get; init; }

    /// <summary>Since when the execution time stands still; null while it runs.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>The reaction time of the present service level passed before work began, and the engineers were told.</summary>
    public bool ReactionMissed { get; init; }

    /// <summary>The execution time of the present service level passed before the work was done, and the engineers were told.</summary>
    public bool ExecutionMissed { get; init; }

    /// <summary>Execution time that finished pauses have added, measured on the calendar of the ticket's service level.</summary>
    public TimeSpan Paused { get; init; }

    /// <summary>When the first answer was delivered; a corrected answer leaves it, an objection clears it.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>An engineer has set the category: the client's corrections leave it (docs/decisions).</summary>
    public bool CategoryByEngineer { get; init; }

    /// <summary>An engineer has set the priority, the impact or the urgency: the client's corrections leave them.</summary>
    public bool PriorityByEngineer { get; init; }

    /// <summary>Set while Completed and after; cleared by an objection.</summary>
    public Outcome? Outcome { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public ClosingReason? ClosingReason { get; init; }

    /// <summary>The date that an engineer promised to the client (rules 4.1, 8.3); an objection ends it. Null where none was promised.</summary>
    public DateTimeOffset? PromisedAt { get; init; }

    /// <summary>A complaint: since when its term is counted (rule 8.2): registration, or the objection that put it back to work. Null for a request.</summary>
    public DateTimeOffset? TermFrom { get; init; }

    /// <summary>A complaint: when the applicant last heard of its progress (rule 8.3). Null for a request.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The present term or promised date passed before the work was done, and that was told.</summary>
    public bool TermMissed { get; init; }

    /// <summary>How many times an objection put a completed request back to work (rule 7.1).</summary>
    public int ReopenedCount { get; init; }

    /// <summary>What falls due and when, the earliest first; at most one of a kind. Empty in the final states.</summary>
    public ImmutableArray<Deadline> Deadlines { get; init; } = [];

    public bool IsFinal => TransitionTable.IsFinal(State);
}

/// <summary>What a passing moment means for a ticket.</summary>
public enum DeadlineKind
{
    /// <summary>A share of the reaction time has passed without a reaction: the engineers are warned.</summary>
    ReactionAhead,

    /// <summary>The reaction time has passed (rule 4.2).</summary>
    Reaction,

    /// <summary>A share of the execution time has passed: the engineer in charge is warned.</summary>
    ExecutionAhead,

    /// <summary>The execution time has passed (rule 4.2).</summary>
    Execution,

    /// <summary>Half of the client's time to answer has passed: one reminder (rule 6.5).</summary>
    ClientReminder,

    /// <summary>The client's time to answer has passed (rule 6.5).</summary>
    ClientAnswer,

    /// <summary>The time to object to the completion has passed (rule 7.2).</summary>
    Confirmation,

    /// <summary>One working day before <see cref="Term"/>: the engineer in charge is reminded (rule 8.3).</summary>
    TermAhead,

    /// <summary>The term of a complaint (rule 8.2), or the date promised to a client, has passed.</summary>
    Term,

    /// <summary>One working day before <see cref="Progress"/>: the engineer in charge is reminded (rule 8.3).</summary>
    ProgressAhead,

    /// <summary>A complaint's applicant has heard nothing for as long as rule 8.3 allows: the desk itself writes.</summary>
    Progress,

    /// <summary>A third party has been waited for so long that the engineer in charge is reminded (rule 6.7).</summary>
    ThirdPartyReminder,
}

/// <param name="DueAt">UTC.</param>
public sealed record Deadline(DeadlineKind Kind, DateTimeOffset DueAt);
