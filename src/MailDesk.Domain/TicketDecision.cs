using System.Collections.Immutable;

namespace MailDesk.Domain;

/// <summary>What <see cref="TicketDecider"/> answers: a <see cref="TicketDecision"/> or a <see cref="Refusal"/>.</summary>
public abstract record TicketVerdict;

/// <summary>The ticket as it is now, what is to be recorded (rules 6.3, 6.4) and which letters are due.</summary>
public sealed record TicketDecision(Ticket Ticket, ImmutableArray<TicketEvent> Events, ImmutableArray<DueLetter> Letters) : TicketVerdict;

/// <summary>The rules do not allow the action; nothing changes.</summary>
/// <param name="Rule">The clause, such as "7.3".</param>
public sealed record Refusal(RefusalReason Reason, string Rule) : TicketVerdict;

public enum RefusalReason
{
    /// <summary>Nothing can be done with a closed request but view it (rule 7.3).</summary>
    Closed,

    /// <summary>A rejected request is final as well.</summary>
    Rejected,

    /// <summary>The request is held: it must be accepted or rejected first (rule 5.7).</summary>
    Held,

    /// <summary>Only a held request can be accepted or rejected.</summary>
    NotHeld,

    /// <summary>Only an incident can have priority 1 or 2 (rule 4.1).</summary>
    PriorityForIncidentsOnly,

    /// <summary>A completed request can only be confirmed, objected to or closed; the engineer may write words, or notes.</summary>
    Completed,
}

/// <summary>One line of the append-only history: what happened. Who and when are beside it in the record.</summary>
/// <param name="From">The old value, as the code's name of it; null where there was none.</param>
/// <param name="To">The new value.</param>
/// <param name="Detail">The writer's words of why or how: why a priority changed, what is waited for, by which means an answer was delivered.</param>
public sealed record TicketEvent(TicketEventKind Kind, string? From = null, string? To = null, string? Detail = null);

public enum TicketEventKind
{
    Registered,
    StateChanged,
    Reacted,
    EngineerChanged,
    PriorityChanged,
    CategoryChanged,
    ClientWrote,

    /// <summary>To names the letter that the words went out in.</summary>
    EngineerWrote,
    NoteAdded,
    Completed,
    Reopened,
    Closed,
    DeadlineAhead,
    DeadlineMissed,
    ClientReminded,

    /// <summary>At registration: the priority asked for (From) is an incident's only, so that a lower one was given (To) (rule 4.1).</summary>
    PriorityLowered,

    /// <summary>Impact or urgency changed; a change of priority that follows has its own event.</summary>
    SeverityChanged,
}

/// <summary>A letter that a decision asks for. Words and addresses are added by whoever sends it.</summary>
public sealed record DueLetter(LetterKind Kind, Audience Audience);

public enum Audience
{
    /// <summary>The requester and the participants.</summary>
    Client,

    /// <summary>The engineer in charge, or all engineers where nobody is.</summary>
    Engineer,

    /// <summary>An engineer to whom the ticket was just handed.</summary>
    Assignee,

    /// <summary>The managers.</summary>
    Managers,
}

public enum LetterKind
{
    Registered,
    NotAuthorised,
    Question,
    Reminder,
    Answer,
    PriorityChanged,
    ThirdParty,
    Completed,
    CompletedWithoutAnswer,
    Closed,
    ReplyToClosed,
    NewRequest,
    ClientWrote,
    Objection,
    Transcript,
    DeadlineAhead,
    DeadlineMissed,
    Assigned,

    /// <summary>To one reader: who wrote what and when in the request (MAIL.md §7).</summary>
    History,

    /// <summary>To one person of a client's: what can be done by mail (MAIL.md §7).</summary>
    Help,
    List,
    Search,
    DailyDigest,
    MonthlyReport,
}
