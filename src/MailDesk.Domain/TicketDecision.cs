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

    /// <summary>What is told by phone is registered only when it is critical (rule 5.3).</summary>
    PhoneForCriticalOnly,

    /// <summary>Nobody but persons of a client with a contract in force can be served by phone (rule 5.7).</summary>
    NotServed,

    /// <summary>Work on the request has begun: its requester has been told more than that it was registered.</summary>
    WorkBegun,

    /// <summary>A completed request can only be confirmed, objected to or closed; the engineer may write words, or notes.</summary>
    Completed,

    /// <summary>A date is promised for planned requests and complaints; any other request has its service level (rule 4.2).</summary>
    DateForPlannedOnly,

    /// <summary>A promised date lies ahead, and not farther than <see cref="SupportPolicy.LongestPromise"/>.</summary>
    DateOutOfRange,

    /// <summary>A complaint has no category, priority or support that it could fall out of: it has its term (rule 8.2).</summary>
    NotForComplaints,

    /// <summary>It is in that series already (rule 8.4).</summary>
    SameKind,
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

    /// <summary>At registration and in a client's correction: the priority asked for (From) is an incident's only, so that a lower one was given (To) (rule 4.1).</summary>
    PriorityLowered,

    /// <summary>The request is of another service than was understood.</summary>
    ServiceChanged,

    /// <summary>A client's correction that does not take: an engineer has decided (From), and the client said otherwise (To).</summary>
    CorrectionKept,

    /// <summary>To has the numbers of the requests that were made of it.</summary>
    SplitOff,

    /// <summary>To has the number of the request that it joined.</summary>
    Merged,

    /// <summary>To has the number of the request that joined it.</summary>
    Absorbed,

    /// <summary>To has the number of the related request.</summary>
    Linked,

    /// <summary>Addresses: it had been registered in the wrong name.</summary>
    RequesterChanged,

    /// <summary>Impact or urgency changed; a change of priority that follows has its own event.</summary>
    SeverityChanged,

    /// <summary>A date was promised (To) in the place of an earlier one (From); both as ISO 8601 in UTC.</summary>
    DatePromised,

    /// <summary>A request became a complaint or the other way (rule 8.4).</summary>
    KindChanged,

    /// <summary>The desk itself told the applicant of a complaint how it stands (rule 8.3).</summary>
    ProgressTold,

    /// <summary>The engineer in charge was reminded of what the request waits for (rule 6.7).</summary>
    ThirdPartyReminded,

    /// <summary>Somebody who may not speak in the request wrote (To); an engineer is asked (MAIL.md §3).</summary>
    OutsiderWrote,

    /// <summary>An engineer let somebody (To) speak in the request.</summary>
    WriterAccepted,

    /// <summary>An engineer dropped what somebody (To) wrote; Detail says why.</summary>
    WriterRejected,

    /// <summary>The request was let in for the client (To) (rule 5.7).</summary>
    ClientNamed,

    /// <summary>The team (To) that the request was routed to.</summary>
    TeamChanged,

    /// <summary>A change of the client's persons was asked for (Detail; rule 5.7).</summary>
    PersonChangeAsked,

    /// <summary>It took effect.</summary>
    PersonChanged,

    /// <summary>Who (To) was removed from the client's list takes part no longer.</summary>
    ParticipantRemoved,
}

/// <summary>A letter that a decision asks for. Words and addresses are added by whoever sends it.</summary>
public sealed record DueLetter(LetterKind Kind, Audience Audience);

public enum Audience
{
    /// <summary>The requester and the participants.</summary>
    Client,

    /// <summary>The engineer in charge, or all engineers where nobody is; for a complaint, the managers where nobody is.</summary>
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
    Split,
    Merged,
    NewRequest,
    ClientWrote,
    Objection,
    Transcript,
    DeadlineAhead,
    DeadlineMissed,
    Assigned,
    ComplaintRegistered,
    ComplaintProgress,
    ComplaintAnswered,

    /// <summary>The date agreed for a planned request (rule 4.1).</summary>
    DatePromised,

    /// <summary>To the engineer in charge: what the request still waits for (rule 6.7).</summary>
    ThirdPartyReminder,

    /// <summary>To engineers: mail that waits for them to accept or reject it (rule 5.7, MAIL.md §3).</summary>
    HeldSender,

    /// <summary>To who asked for a change of the client's persons: it has come, and who must agree (rule 5.7).</summary>
    PersonChangeAsked,

    /// <summary>To the client's other persons: they can agree or refuse.</summary>
    PersonChangeToConfirm,

    /// <summary>To all of them: what became of it.</summary>
    PersonChangeDecided,

    /// <summary>To the sender of a mail that is over a limit (MAIL.md §1).</summary>
    TooLarge,

    /// <summary>To the engineers about such a mail.</summary>
    OverLimit,

    /// <summary>To the managers: a mail made processing fail again and again.</summary>
    Unprocessable,

    /// <summary>To the engineer in charge: a letter did not reach its reader.</summary>
    Undelivered,
    /// <summary>What holds after a client's correction (rules 3.1, 5.9).</summary>
    Corrected,

    /// <summary>To the engineers: what a client has corrected.</summary>
    ClientCorrected,

    /// <summary>To one reader: who wrote what and when in the request (MAIL.md §7).</summary>
    History,

    /// <summary>To one person of a client's: what can be done by mail (MAIL.md §7).</summary>
    Help,
    List,
    Search,
    DailyDigest,
    MonthlyReport,
}
