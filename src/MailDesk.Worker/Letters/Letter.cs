using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Mail.Mime;
using MailDesk.Worker.People;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.Letters;

/// <summary>Who reads a letter: decides the subject, the links and what may be said.</summary>
public enum LetterRole
{
    Client,
    Engineer,
}

/// <summary>Why mail is held (rule 5.7).</summary>
public enum HeldReason
{
    UnknownSender,
    ContractNotInForce,

    /// <summary>The writer holds a letter of the request but may not speak in it (MAIL.md §3).</summary>
    NotInRequest,

    /// <summary>A person of the client asks for a change of its persons, which somebody else must agree to.</summary>
    ChangeOfPersons,
}

/// <summary>What became of a change of persons.</summary>
public enum PersonChangeOutcome
{
    Done,
    Refused,

    /// <summary>It cannot be made; the lines say why.</summary>
    Impossible,
}

/// <summary>One change of persons in a letter.</summary>
/// <param name="Name">Null where the writer named none.</param>
public sealed record PersonChangeLine(PersonChangeKind Kind, string Address, string? Name = null, PersonChangeProblem Problem = PersonChangeProblem.None);



/// <summary>What a request should name and did not (rule 5.8).</summary>
public enum MissingPart
{
    Organisation,
    Service,
    Description,
    Screenshot,

    /// <summary>The mail is encrypted, or a piece of one that was split: nobody here can read it.</summary>
    ReadableText,
}

/// <summary>
/// Everything that one letter says, independent of storage. Times are UTC and are spelled out in <see cref="TimeZone"/>. Properties
/// that a kind of letter does not name are ignored by it; all text is plain and may be hostile.
/// </summary>
public sealed record Letter
{
    public required LetterKind Kind { get; init; }

    /// <summary>"ru", "be" or "en"; anything else reads as "ru", the default of MAIL.md §8.</summary>
    public required string Language { get; init; }

    public required LetterRole Role { get; init; }

    public required MailboxAddress From { get; init; }

    public required MailboxAddress To { get; init; }

    /// <summary>Carries the token in its address where the server knows sub-addressing. The links write to it.</summary>
    public required MailboxAddress ReplyTo { get; init; }

    /// <summary>Without angle brackets, as all Message-IDs here.</summary>
    public required string MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    public required DateTimeOffset Date { get; init; }

    /// <summary>The reader's.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The client's own, without tags and "Re:"; empty where there was none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Such as "MD-1042"; the same in all letters of a request.</summary>
    public string? Tag { get; init; }

    /// <summary>The token line that ends the letter, such as "MD-1042·b3v9…" (MAIL.md §2).</summary>
    public string? TextToken { get; init; }

    /// <summary>The value of the <see cref="LetterComposer.MarkerHeader"/>.</summary>
    public required string Marker { get; init; }

    /// <summary>Required by every kind that is about one request.</summary>
    public TicketFacts? Ticket { get; init; }

    /// <summary>
    /// What a person wrote. The engineer's words to a client; the client's words to an engineer; the question in a reminder; the
    /// request in <see cref="LetterKind.Assigned"/>; the text quoted back in <see cref="LetterKind.Transcript"/>.
    /// </summary>
    public string? Words { get; init; }

    /// <summary>The name of who wrote <see cref="Words"/>; in <see cref="LetterKind.Assigned"/>, of who hands the request over.</summary>
    public string? Author { get; init; }

    public IReadOnlyList<LetterAttachment> Attachments { get; init; } = [];

    /// <summary>Registered, ReplyToClosed, NewRequest: what rule 5.8 asks for and was not given.</summary>
    public IReadOnlyList<MissingPart> Missing { get; init; } = [];

    /// <summary>Registered, ReplyToClosed: the priority that the client named and could not have (rule 4.1).</summary>
    public Priority? ClaimedPriority { get; init; }

    /// <summary>Registered, ReplyToClosed: the day on which a request to start a service is processed (rule 5.6).</summary>
    public DateOnly? StartsOnDay { get; init; }

    /// <summary>ReplyToClosed, NewRequest: the number of the closed request that this one continues (rule 7.3).</summary>
    public string? ClosedNumber { get; init; }

    /// <summary>Registered, NewRequest: which way the request came in.</summary>
    public RequestOrigin Origin { get; init; }

    /// <summary>NewRequest: name of the engineer who wrote the request down or passed it on; null when the client's mail came itself.</summary>
    public string? BroughtBy { get; init; }

    /// <summary>Split and NewRequest: the number of the request that this one was a part of. Merged: of the one that goes on.</summary>
    public string? OtherNumber { get; init; }

    /// <summary>Transcript: what others have done since the letter that was answered, oldest first.</summary>
    public IReadOnlyList<Happening> Meanwhile { get; init; } = [];

    /// <summary>Transcript: how the request stands now is shown.</summary>
    public bool ShowsFacts { get; init; }

    /// <summary>PriorityChanged; the new one is the ticket's.</summary>
    public Priority? OldPriority { get; init; }

    /// <summary>PriorityChanged, Assigned, NewRequest: the engineer's reason or remark.</summary>
    public string? Reason { get; init; }

    /// <summary>CompletedWithoutAnswer, ComplaintProgress: the list of rule 6.5, oldest first.</summary>
    public IReadOnlyList<ActionDone> ActionsDone { get; init; } = [];

    /// <summary>Completed: other means than mail (rule 6.8); "phone" is said in the reader's language.</summary>
    public string? DeliveredBy { get; init; }

    /// <summary>Closed.</summary>
    public ClosingReason? ClosingReason { get; init; }

    /// <summary>NotAuthorised, HeldSender.</summary>
    public HeldReason? HeldReason { get; init; }

    /// <summary>HeldSender: the address that the commands name, where mail of several may wait in a request.</summary>
    public string? HeldWriter { get; init; }

    /// <summary>PersonChangeAsked, PersonChangeToConfirm, PersonChangeDecided, HeldSender.</summary>
    public IReadOnlyList<PersonChangeLine> PersonChanges { get; init; } = [];

    /// <summary>PersonChangeDecided; <see cref="Author"/> decided it.</summary>
    public PersonChangeOutcome? PersonChangeOutcome { get; init; }

    /// <summary>DeadlineAhead and DeadlineMissed: which deadline.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>ComplaintRegistered, Registered, NewRequest: the number that it had until it was moved (rule 8.4).</summary>
    public string? FormerNumber { get; init; }

    /// <summary>ComplaintRegistered, NewRequest: the number of the request that the complaint names (rule 8.2).</summary>
    public string? AboutNumber { get; init; }

    /// <summary>Registered, ReplyToClosed, NewRequest: the planned work that the incident falls into.</summary>
    public PlannedWorkFacts? PlannedWork { get; init; }

    /// <summary>Transcript: one line a command, in the order in which they were written.</summary>
    public IReadOnlyList<TranscriptLine> Transcript { get; init; } = [];

    /// <summary>Transcript: the commands were only checked (<c>#dry</c>).</summary>
    public bool Dry { get; init; }

    /// <summary>Transcript: the table of commands follows.</summary>
    public bool Help { get; init; }

    /// <summary>TooLarge, OverLimit, Unprocessable, Undelivered: what went wrong with which mail.</summary>
    public Trouble? Trouble { get; init; }
    /// <summary>Registered, ReplyToClosed: the category was not said but made out.</summary>
    public bool CategoryGuessed { get; init; }

    /// <summary>Registered, ReplyToClosed: the client may correct what was understood (rule 5.11).</summary>
    public bool Correctable { get; init; }

    /// <summary>Registered, ReplyToClosed: the client's services, to correct to.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Corrected, ClientCorrected.</summary>
    public CorrectionNews? Correction { get; init; }

    /// <summary>History: oldest first.</summary>
    public IReadOnlyList<HistoryLine> History { get; init; } = [];

    /// <summary>History: how many older entries are not told.</summary>
    public int HistoryOlder { get; init; }

    /// <summary>Help: the reader asked for the history of no request in particular.</summary>
    public bool HistoryAsked { get; init; }

    /// <summary>List, Search, DailyDigest: tables of requests.</summary>
    public IReadOnlyList<TicketSection> Sections { get; init; } = [];

    /// <summary>Search: what was looked for, and how far.</summary>
    public SearchReach? Search { get; init; }

    /// <summary>MonthlyReport.</summary>
    public ReportFigures? Report { get; init; }

    /// <summary>MonthlyReport: what stands before the numbers of requests.</summary>
    public string NumberPrefix { get; init; } = "MD";
}

/// <param name="Title">In the reader's language; null where nobody has given it one.</param>
/// <param name="Until">UTC.</param>
public sealed record PlannedWorkFacts(string? Title, DateTimeOffset Until);

public sealed record LetterAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>One letter of a history.</summary>
/// <param name="At">UTC.</param>
/// <param name="Text">Null where it was left out for its size.</param>
/// <param name="Files">The names of what was attached.</param>
/// <param name="Cut">The rest is in the attached file.</param>
/// <param name="Change">A line of the record, for engineers; null of a mail or a letter.</param>
public sealed record HistoryLine(DateTimeOffset At, string Author, string? Text, IReadOnlyList<string> Files, bool Cut = false, TicketEvent? Change = null);

/// <summary>One line of the list of rule 6.5.</summary>
/// <param name="At">UTC.</param>
/// <param name="Engineer">Taken: the name of who works on it.</param>
/// <param name="OldPriority">PriorityChanged.</param>
/// <param name="NewPriority">PriorityChanged.</param>
public sealed record ActionDone(
    DateTimeOffset At, ActionKind Kind, string? Engineer = null, Priority? OldPriority = null, Priority? NewPriority = null);

/// <summary>What somebody did in a request, as engineers are told.</summary>
/// <param name="At">UTC.</param>
/// <param name="Who">A name.</param>
/// <param name="Engineer">Assigned: the name of who is in charge now.</param>
public sealed record Happening(DateTimeOffset At, string Who, HappeningKind Kind, string? Engineer = null, Priority? Priority = null);

/// <summary>The templates have words for each of these.</summary>
public enum HappeningKind
{
    Took,
    Assigned,
    Answered,
    Asked,
    Noted,
    PriorityChanged,
    CategoryChanged,
    Waits,
    Completed,
    Closed,
    Merged,
    ClientWrote,
    Reopened,
}

/// <summary>What of a request's history a client is told; the templates have words for each.</summary>
public enum ActionKind
{
    Registered,
    Taken,
    Answered,
    Asked,
    Reminded,

    /// <summary>The client wrote.</summary>
    Heard,
    PriorityChanged,

    /// <summary>The desk waits for a third party.</summary>
    Waited,
    DatePromised,
}
