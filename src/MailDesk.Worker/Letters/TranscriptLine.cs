namespace MailDesk.Worker.Letters;

/// <summary>One command of an engineer's mail and what became of it (MAIL.md §6).</summary>
/// <param name="Command">As it was written.</param>
/// <param name="Suggestion">What would be right, ready to be copied; null where nobody can tell.</param>
/// <param name="Explanation">Takes the place of the words for <paramref name="Meaning"/>; in the reader's language.</param>
/// <param name="Detail">What the words for <paramref name="Meaning"/> speak of, such as a number.</param>
public sealed record TranscriptLine(string Command, TranscriptMeaning Meaning, string? Suggestion = null, string? Explanation = null, string? Detail = null)
{
    public bool IsGood => Meaning < TranscriptMeaning.UnknownCommand;
}

/// <summary>The templates have words for each of these: first what went well, from <see cref="UnknownCommand"/> on what did not.</summary>
public enum TranscriptMeaning
{
    /// <summary>Nothing is wrong with it, but another line stopped the mail, or it was only checked.</summary>
    Valid,
    Taken,
    Assigned,
    Sent,
    Asked,
    Noted,
    Completed,
    PriorityChanged,
    CategoryChanged,
    HelpSent,
    Waiting,
    Unsupported,
    SeverityChanged,
    ServiceNamed,
    Split,
    Merged,
    Linked,
    Registered,
    Accepted,

    /// <summary>What was accepted waited in a request that is closed: it has a number of its own (rule 7.3).</summary>
    RegisteredAnew,
    Dropped,
    MadeComplaint,
    MadeRequest,
    Promised,
    AnswerMailed,
    RegisteredByPhone,
    RegisteredFromForward,
    HeldFromForward,
    InTheNameOf,
    TakenIntoAccount,
    RequesterCorrected,
    AlreadyLinked,

    UnknownCommand,
    MixedScripts,
    ArgumentMissing,
    ArgumentInvalid,
    TextMissing,
    UnknownEngineer,
    Contradiction,
    NoRequest,
    Closed,
    Rejected,
    Held,
    NotHeld,
    PriorityForIncidentsOnly,
    AlreadyCompleted,
    TextUncertain,
    UnknownRequest,
    UnknownClient,
    AmbiguousClient,
    UnknownPerson,
    UnknownService,
    NewMailOnly,
    PhoneForCriticalOnly,
    NotInForce,
    SameRequest,
    OtherClient,
    OtherSeries,
    AlreadySo,
    DateInPast,
    TooLate,
    AmbiguousPerson,
    NothingForwarded,
    ForwardWithoutAddress,
    SeveralForwarded,
    AlreadyRegistered,
    NotBrought,
    TooManyParts,
    EmptyPart,
    OtherClosed,
    OtherHeld,
    OtherCompleted,
    DateForPlannedOnly,
    DateTooFar,
    NotForComplaints,
    ChangeImpossible,
    MonthAhead,
}
