using MailDesk.Domain;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.History;

internal sealed partial record ChangeWords
{
    private static ChangeWords English { get; } = new()
    {
        Tables = ReportWords.Of("en"),
        Kinds = new Dictionary<TicketEventKind, string>
        {
            [TicketEventKind.Registered] = "registration",
            [TicketEventKind.StateChanged] = "state",
            [TicketEventKind.Reacted] = "work began",
            [TicketEventKind.EngineerChanged] = "engineer",
            [TicketEventKind.PriorityChanged] = "priority",
            [TicketEventKind.CategoryChanged] = "category",
            [TicketEventKind.ClientWrote] = "mail from the client",
            [TicketEventKind.EngineerWrote] = "letter to the client",
            [TicketEventKind.NoteAdded] = "note",
            [TicketEventKind.Completed] = "work completed",
            [TicketEventKind.Reopened] = "back to work after an objection",
            [TicketEventKind.Closed] = "closed",
            [TicketEventKind.DeadlineAhead] = "deadline ahead",
            [TicketEventKind.DeadlineMissed] = "deadline missed",
            [TicketEventKind.ClientReminded] = "the client was reminded",
            [TicketEventKind.PriorityLowered] = "priority lowered, 1 and 2 are for incidents only",
            [TicketEventKind.ServiceChanged] = "service",
            [TicketEventKind.CorrectionKept] = "the client's correction was not taken, the engineer's word stays",
            [TicketEventKind.SplitOff] = "other questions registered as",
            [TicketEventKind.Merged] = "merged, the conversation goes on in",
            [TicketEventKind.Absorbed] = "merged, the conversation came here from",
            [TicketEventKind.Linked] = "linked to",
            [TicketEventKind.RequesterChanged] = "requester",
            [TicketEventKind.SeverityChanged] = "impact and urgency",
            [TicketEventKind.DatePromised] = "promised date",
            [TicketEventKind.KindChanged] = "moved",
            [TicketEventKind.ProgressTold] = "the applicant was told of the progress",
            [TicketEventKind.ThirdPartyReminded] = "the engineer was reminded of the third party",
            [TicketEventKind.OutsiderWrote] = "somebody from outside wrote, the mail is held",
            [TicketEventKind.WriterAccepted] = "mail accepted, now takes part",
            [TicketEventKind.WriterRejected] = "mail rejected from",
            [TicketEventKind.ClientNamed] = "client",
            [TicketEventKind.TeamChanged] = "team",
            [TicketEventKind.PersonChangeAsked] = "asked to change the client's list of persons",
            [TicketEventKind.PersonChanged] = "the client's list of persons was changed",
            [TicketEventKind.ParticipantRemoved] = "takes part no longer",
        },
        Impacts = ["service down", "major loss of function", "some functions affected", "planned work"],
        Urgencies = ["high", "normal", "low"],
        ClientSaid = ["text", "confirmation", "thanks", "correction", "empty", "automatic reply"],
        Series = ["requests", "complaints"],
        Origins = ["the client's mail", "by phone", "forwarded by an engineer", "part of another request"],
        PersonChanges = ["add", "remove"],
        PersonProblems =
        [
            "", "no address given", "on the list already", "not on the list", "address not available", "the last person on the list", "the address is there twice", "too many changes in one mail",
        ],
        Letters = new Dictionary<LetterKind, string>
        {
            [LetterKind.Answer] = "answer",
            [LetterKind.Question] = "question",
            [LetterKind.ThirdParty] = "waiting for a third party",
            [LetterKind.DatePromised] = "a date was promised",
            [LetterKind.ComplaintProgress] = "progress of the complaint",
        },
        Deadlines = new Dictionary<DeadlineKind, string>
        {
            [DeadlineKind.Reaction] = "reaction",
            [DeadlineKind.Execution] = "execution",
            [DeadlineKind.Term] = "term or promised date",
            [DeadlineKind.Progress] = "news of the progress",
        },
        Sources = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tag"] = "tag in the subject",
            ["line"] = "line in the text",
            ["header"] = "importance of the mail",
            ["rule"] = "rule",
        },
        StartsService = "start of a service",
        ByPhone = "by phone",
        Desk = "the desk",
    };
}
