using System.Text.Json;
using System.Text;
using MailDesk.Domain;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Letters;

/// <summary>
/// Realistic letters of every kind: rendered by <c>maildesk check</c> and <c>maildesk preview</c>, so that a mistake in a template is found
/// before a client finds it. Between them they reach every branch of the templates.
/// </summary>
public static partial class LetterSamples
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 40, 0, TimeSpan.Zero);

    public static IReadOnlyList<string> Languages { get; } = [.. LetterLanguage.All.Select(l => l.Code)];

    /// <summary>The plainest letter of a kind.</summary>
    public static Letter Of(LetterKind kind, string language) => All(language).First(s => s.Letter.Kind == kind).Letter;

    /// <summary>All samples of a language under names that can be file names.</summary>
    public static IReadOnlyList<(string Name, Letter Letter)> All(string language)
    {
        var words = SampleWords.Of(language);
        var client = ForClient(language, words);
        var engineer = ForEngineer(language, words);
        return [.. ToClients(client, words), .. ToEngineers(engineer, words), .. OfTerms(client, engineer, words), .. ReportSamples.Of(engineer, words)];
    }

    private static readonly ExceededLimit[] Limits =
    [
        new(MailLimit.Size, 40 * 1024 * 1024, 52_428_801),
        new(MailLimit.Depth, 64, null),
        new(MailLimit.Parts, 1000, null),
        new(MailLimit.HeaderLines, 10_000, null),
        new(MailLimit.Recipients, 200, 315),
    ];

    private static IEnumerable<(string Name, Letter Letter)> ToClients(Letter letter, SampleWords words)
    {
        var facts = letter.Ticket!;
        var quiet = facts with { ReactionDue = null, ExecutionDue = null };
        var completed = quiet with { State = TicketState.Completed, Outcome = Outcome.Answered, ConfirmationDue = Monday.AddDays(2) };
        var waiting = quiet with { State = TicketState.WaitingForClient, ClientAnswerDue = Monday.AddDays(1) };

        yield return ("registered", letter with { Kind = LetterKind.Registered });
        yield return ("registered-incomplete", letter with
        {
            Kind = LetterKind.Registered,
            Ticket = facts with
            {
                Category = Category.ServiceChange,
                Priority = Priority.Medium,
                Impact = Impact.MinorLoss,
                Service = null,
                ReactionDue = Monday.AddHours(2),
                ExecutionDue = Monday.AddHours(12),
            },
            ClaimedPriority = Priority.Critical,
            Missing = [MissingPart.Organisation, MissingPart.Service, MissingPart.Description, MissingPart.Screenshot],
        });
        yield return ("registered-correctable", letter with
        {
            Kind = LetterKind.Registered,
            CategoryGuessed = true,
            Correctable = true,
            Services = [words.Service, words.OtherService],
        });
        yield return ("registered-service-start", letter with
        {
            Kind = LetterKind.Registered,
            Ticket = facts with
            {
                Category = Category.Service,
                Priority = Priority.Planned,
                Impact = Impact.Planned,
                Service = null,
                ReactionDue = Monday.AddDays(1),
                ExecutionDue = null,
            },
            StartsOnDay = new DateOnly(2026, 3, 3),
        });
        yield return ("registered-by-phone", letter with { Kind = LetterKind.Registered, Origin = RequestOrigin.Phone, Words = words.Request });
        yield return ("split", letter with { Kind = LetterKind.Split, Origin = RequestOrigin.Split, OtherNumber = "MD-1017", Words = words.Request });
        yield return ("merged", letter with
        {
            Kind = LetterKind.Merged,
            Ticket = quiet with { State = TicketState.Closed },
            ClosingReason = ClosingReason.Merged,
            OtherNumber = "MD-1017",
        });
        yield return ("reply-to-closed", letter with { Kind = LetterKind.ReplyToClosed, ClosedNumber = "MD-1017" });
        yield return ("not-authorised", letter with { Kind = LetterKind.NotAuthorised, Ticket = null, Tag = null, HeldReason = HeldReason.UnknownSender });
        yield return ("not-authorised-contract", letter with
        {
            Kind = LetterKind.NotAuthorised,
            Ticket = null,
            Tag = null,
            HeldReason = HeldReason.ContractNotInForce,
        });
        yield return ("question", letter with { Kind = LetterKind.Question, Ticket = waiting, Words = words.Question, Author = words.Engineer });
        yield return ("question-without-term", letter with { Kind = LetterKind.Question, Ticket = quiet, Words = words.Question, Author = words.Engineer });
        yield return ("reminder", letter with { Kind = LetterKind.Reminder, Ticket = waiting, Words = words.Question });
        yield return ("answer", letter with { Kind = LetterKind.Answer, Ticket = quiet, Words = words.Answer, Author = words.Engineer });
        yield return ("priority-changed", letter with { Kind = LetterKind.PriorityChanged, OldPriority = Priority.Low, Reason = words.Reason });
        yield return ("third-party", letter with
        {
            Kind = LetterKind.ThirdParty,
            Ticket = quiet with { State = TicketState.WaitingForThirdParty },
            Words = words.ThirdParty,
            Author = words.Engineer,
        });
        yield return ("completed", letter with { Kind = LetterKind.Completed, Ticket = completed, Words = words.Answer, Author = words.Engineer });
        yield return ("completed-by-phone", letter with { Kind = LetterKind.Completed, Ticket = completed, DeliveredBy = "phone" });
        yield return ("completed-in-person", letter with { Kind = LetterKind.Completed, Ticket = completed, DeliveredBy = "Telegram" });
        yield return ("completed-not-supported", letter with
        {
            Kind = LetterKind.Completed,
            Ticket = completed with { Outcome = Outcome.NotSupported },
            Words = words.NotSupported,
            Author = words.Engineer,
        });
        yield return ("completed-without-answer", letter with
        {
            Kind = LetterKind.CompletedWithoutAnswer,
            Ticket = completed with { Outcome = Outcome.NoAnswerFromClient },
            ActionsDone =
            [
                new(Monday, ActionKind.Registered),
                new(Monday.AddMinutes(20), ActionKind.Taken, words.Engineer),
                new(Monday.AddMinutes(25), ActionKind.PriorityChanged, OldPriority: Priority.Low, NewPriority: Priority.High),
                new(Monday.AddMinutes(30), ActionKind.Answered),
                new(Monday.AddMinutes(40), ActionKind.Heard),
                new(Monday.AddMinutes(55), ActionKind.Asked),
                new(Monday.AddHours(5), ActionKind.Reminded),
            ],
        });
        foreach (var limit in Limits)
        {
            var name = JsonNamingPolicy.KebabCaseLower.ConvertName(limit.Limit.ToString());
            yield return ($"too-large-{name}", letter with { Kind = LetterKind.TooLarge, Ticket = null, Tag = null, TextToken = null, Trouble = new Trouble { Limit = limit } });
        }

        yield return ("closed", letter with
        {
            Kind = LetterKind.Closed,
            Ticket = quiet with { State = TicketState.Closed },
            ClosingReason = ClosingReason.ConfirmedByClient,
        });
        yield return ("closed-by-term", letter with
        {
            Kind = LetterKind.Closed,
            Ticket = quiet with { State = TicketState.Closed },
            ClosingReason = ClosingReason.TermPassed,
        });
        var was = new CorrectionNews(Category.TechnicalSupport, false, Impact.MinorLoss, Urgency.Normal, Priority.Low, null);
        yield return ("corrected", letter with { Kind = LetterKind.Corrected, Correction = was });
        yield return ("corrected-and-lowered", letter with
        {
            Kind = LetterKind.Corrected,
            Ticket = facts with { Category = Category.ServiceChange, Priority = Priority.Medium },
            Correction = was with { Lowered = Priority.Critical },
        });
        yield return ("corrected-in-vain", letter with
        {
            Kind = LetterKind.Corrected,
            Correction = AsIs(facts) with { KeptCategory = Category.Service, KeptPriority = Priority.Critical, KeptSeverity = true },
        });
        yield return ("history", letter with { Kind = LetterKind.History, Ticket = waiting, History = HistoryOf(words) });
        yield return ("history-in-part", letter with
        {
            Kind = LetterKind.History,
            Ticket = waiting,
            History = [.. HistoryOf(words).Select(line => line with { Cut = true }), new(Monday.AddHours(1), words.Client, "", []), new(Monday.AddHours(2), words.Client, null, [])],
            HistoryOlder = 12,
            Attachments = [new("MD-1042.txt", "text/plain", Encoding.UTF8.GetBytes(words.Request))],
        });
        yield return ("client-help", letter with { Kind = LetterKind.Help, Ticket = null, Tag = null });
        yield return ("client-help-in-a-request", letter with { Kind = LetterKind.Help, Ticket = waiting });
        yield return ("client-help-history", letter with { Kind = LetterKind.Help, Ticket = null, Tag = null, HistoryAsked = true });
        foreach (var change in OfPersons(letter, words)) yield return change;
    }

    private static CorrectionNews AsIs(TicketFacts facts) => new(facts.Category, facts.StartsService, facts.Impact, facts.Urgency, facts.Priority, facts.Service);

    private static IEnumerable<HistoryLine> ChangesOf(SampleWords words) =>
        Enum.GetValues<TicketEventKind>().Select(kind => new HistoryLine(Monday, "desk", null, [], Change: new(kind, "Low", "High", words.Reason)));

    private static HistoryLine[] HistoryOf(SampleWords words) =>
    [
        new(Monday, words.Client, words.Request, ["502.png"]),
        new(Monday.AddMinutes(20), words.Engineer, words.Question, []),
        new(Monday.AddMinutes(40), words.Client, words.Reply, []),
    ];

    private static IEnumerable<(string Name, Letter Letter)> ToEngineers(Letter letter, SampleWords words)
    {
        var facts = letter.Ticket!;
        var taken = facts with { State = TicketState.InProgress, Engineer = words.Engineer, ReactionDue = null };

        yield return ("new-request", letter with { Kind = LetterKind.NewRequest, Words = words.Request, Missing = [MissingPart.Screenshot, MissingPart.ReadableText] });
        yield return ("new-request-by-phone", letter with { Kind = LetterKind.NewRequest, Words = words.Request, Origin = RequestOrigin.Phone, BroughtBy = words.Engineer });
        yield return ("new-request-forwarded", letter with
        {
            Kind = LetterKind.NewRequest,
            Words = words.Request,
            Origin = RequestOrigin.Forwarded,
            BroughtBy = words.Engineer,
            Reason = words.Remark,
        });
        yield return ("new-request-split", letter with
        {
            Kind = LetterKind.NewRequest,
            Ticket = facts with { Links = ["MD-1017"] },
            Words = words.Request,
            Origin = RequestOrigin.Split,
            OtherNumber = "MD-1017",
        });
        yield return ("new-request-after-closed", letter with { Kind = LetterKind.NewRequest, Words = words.Request, ClosedNumber = "MD-1017" });
        var held = facts with { State = TicketState.Held, ReactionDue = null, ExecutionDue = null };
        yield return ("held-sender", letter with
        {
            Kind = LetterKind.HeldSender,
            Ticket = held with { Client = null, Service = null },
            Words = words.Request,
            HeldReason = HeldReason.UnknownSender,
        });
        yield return ("held-sender-no-contract", letter with { Kind = LetterKind.HeldSender, Ticket = held, Words = words.Request, HeldReason = HeldReason.ContractNotInForce });
        yield return ("held-sender-in-request", letter with
        {
            Kind = LetterKind.HeldSender,
            Ticket = taken with { Team = words.Service },
            Words = words.Reply,
            Author = words.Colleague,
            HeldReason = HeldReason.NotInRequest,
            HeldWriter = "stranger@elsewhere.example",
        });
        yield return ("held-sender-person-change", letter with
        {
            Kind = LetterKind.HeldSender,
            Ticket = held,
            Words = "[add] boris@romashka.example",
            HeldReason = HeldReason.ChangeOfPersons,
            PersonChanges = [new(PersonChangeKind.Add, "boris@romashka.example", words.Colleague)],
        });
        yield return ("client-wrote-joined", letter with { Kind = LetterKind.ClientWrote, Ticket = taken, Words = words.Reply, Author = words.Client, OtherNumber = "MD-1017" });
        yield return ("client-wrote", letter with { Kind = LetterKind.ClientWrote, Ticket = taken, Words = words.Reply, Author = words.Client });
        var was = new CorrectionNews(Category.TechnicalSupport, true, Impact.MinorLoss, Urgency.Normal, Priority.Low, null);
        yield return ("client-corrected", letter with { Kind = LetterKind.ClientCorrected, Ticket = taken, Words = words.Reply, Author = words.Client, Correction = was });
        yield return ("client-corrected-in-vain", letter with
        {
            Kind = LetterKind.ClientCorrected,
            Ticket = taken,
            Author = words.Client,
            Correction = AsIs(taken) with { KeptCategory = Category.Service, KeptPriority = Priority.Critical, KeptSeverity = true },
        });
        yield return ("objection", letter with { Kind = LetterKind.Objection, Ticket = taken, Words = words.Objection, Author = words.Client });
        yield return ("assigned", letter with
        {
            Kind = LetterKind.Assigned,
            Ticket = taken,
            Words = words.Request,
            Author = words.Colleague,
            Reason = words.Remark,
        });
        yield return ("assigned-without-remark", letter with { Kind = LetterKind.Assigned, Ticket = taken, Words = words.Request, Author = words.Colleague });
        yield return ("deadline-ahead", letter with { Kind = LetterKind.DeadlineAhead, Deadline = new(DeadlineKind.ReactionAhead, Monday.AddHours(1)) });
        yield return ("deadline-ahead-execution", letter with
        {
            Kind = LetterKind.DeadlineAhead,
            Ticket = taken,
            Deadline = new(DeadlineKind.ExecutionAhead, Monday.AddHours(4)),
        });
        yield return ("deadline-missed", letter with { Kind = LetterKind.DeadlineMissed, Deadline = new(DeadlineKind.Reaction, Monday.AddHours(1)) });
        yield return ("deadline-missed-execution", letter with
        {
            Kind = LetterKind.DeadlineMissed,
            Ticket = taken,
            Deadline = new(DeadlineKind.Execution, Monday.AddHours(4)),
        });
        yield return ("transcript", letter with
        {
            Kind = LetterKind.Transcript,
            Ticket = taken,
            Transcript = [new("#take", TranscriptMeaning.Taken), new("#priority 2", TranscriptMeaning.PriorityChanged)],
        });
        yield return ("transcript-failed", letter with
        {
            Kind = LetterKind.Transcript,
            Ticket = taken,
            Transcript = [new("#take", TranscriptMeaning.Valid), new("#priorty 2", TranscriptMeaning.UnknownCommand, Suggestion: "#priority 2")],
            Words = $"#take\n#priorty 2\n\n{words.Answer}",
        });
        yield return ("transcript-dry", letter with
        {
            Kind = LetterKind.Transcript,
            Ticket = taken,
            Transcript = [new("#done", TranscriptMeaning.Valid)],
            Dry = true,
        });
        yield return ("transcript-all-meanings", letter with
        {
            Kind = LetterKind.Transcript,
            Ticket = taken,
            Transcript =
            [
                .. Enum.GetValues<TranscriptMeaning>().Select(m => new TranscriptLine($"#{m}", m, Detail: "MD-1017")),
                new("#due", TranscriptMeaning.ArgumentInvalid, Explanation: "2026-02-30?"),
            ],
        });
        var trouble = new Trouble
        {
            Sender = "anna@romashka.example",
            Subject = words.Subject,
            MessageId = "20260302154000.7f3a@romashka.example",
            At = Monday,
            Folder = "MailDesk/Failed",
            Mailbox = "support@desk.example",
            MailId = "support@desk.example/1/42",
        };
        var alone = letter with { Ticket = null, Tag = null, TextToken = null };
        yield return ("too-large-to-an-engineer", letter with { Kind = LetterKind.TooLarge, Ticket = taken, Trouble = trouble with { Limit = Limits[0] } });
        foreach (var limit in Limits)
        {
            var name = JsonNamingPolicy.KebabCaseLower.ConvertName(limit.Limit.ToString());
            yield return ($"over-limit-{name}", alone with { Kind = LetterKind.OverLimit, Trouble = trouble with { Limit = limit } });
        }

        yield return ("over-limit-in-a-request", letter with { Kind = LetterKind.OverLimit, Ticket = taken, Trouble = trouble with { Limit = Limits[0], SenderTold = true } });
        yield return ("unprocessable", alone with
        {
            Kind = LetterKind.Unprocessable,
            Trouble = trouble with { Error = "InvalidOperationException: Sequence contains no elements", Attempts = 5, IsKept = true },
        });
        yield return ("unprocessable-not-given", alone with
        {
            Kind = LetterKind.Unprocessable,
            Trouble = trouble with { Sender = null, Subject = null, MessageId = null, Error = "MailboxException: NO [SERVERBUG]", Attempts = 5 },
        });
        yield return ("undelivered", letter with
        {
            Kind = LetterKind.Undelivered,
            Ticket = taken,
            Trouble = new Trouble { Recipient = "anna@romashka.example", Subject = $"Re: [MD-1042] {words.Subject}", At = Monday, Error = "5.1.1 550 no such user" },
        });
        yield return ("undelivered-to-an-engineer", alone with
        {
            Kind = LetterKind.Undelivered,
            Trouble = new Trouble { Recipient = "ivan@desk.example", Subject = $"[MD-1042] {words.Subject}", At = Monday, ToStaff = true },
        });
        yield return ("transcript-meanwhile", letter with
        {
            Kind = LetterKind.Transcript,
            Ticket = taken with { MergedInto = "MD-1017" },
            Transcript = [new("#take", TranscriptMeaning.Closed)],
            Meanwhile = [.. Enum.GetValues<HappeningKind>().Select(k => new Happening(Monday.AddMinutes((int)k), words.Colleague, k, words.Engineer, Priority.High))],
            ShowsFacts = true,
        });
        yield return ("help", letter with { Kind = LetterKind.Transcript, Help = true });
        yield return ("history-for-an-engineer", letter with { Kind = LetterKind.History, Ticket = taken, History = [.. HistoryOf(words), .. ChangesOf(words)] });
    }

    private static IEnumerable<(string Name, Letter Letter)> OfPersons(Letter letter, SampleWords words)
    {
        IReadOnlyList<PersonChangeLine> changes =
            [new(PersonChangeKind.Add, "boris@romashka.example", words.Colleague), new(PersonChangeKind.Remove, "former@romashka.example")];
        yield return ("not-authorised-outsider", letter with { Kind = LetterKind.NotAuthorised, Ticket = null, HeldReason = HeldReason.NotInRequest });
        yield return ("person-change-asked", letter with { Kind = LetterKind.PersonChangeAsked, PersonChanges = changes });
        yield return ("person-change-to-confirm", letter with { Kind = LetterKind.PersonChangeToConfirm, PersonChanges = changes, Author = words.Client });
        yield return ("person-change-decided", letter with
        {
            Kind = LetterKind.PersonChangeDecided,
            PersonChanges = changes,
            Author = words.Engineer,
            PersonChangeOutcome = PersonChangeOutcome.Done,
        });
        yield return ("person-change-refused", letter with
        {
            Kind = LetterKind.PersonChangeDecided,
            PersonChanges = changes,
            Author = words.Engineer,
            Reason = words.Remark,
            PersonChangeOutcome = PersonChangeOutcome.Refused,
        });
        yield return ("person-change-impossible", letter with
        {
            Kind = LetterKind.PersonChangeDecided,
            PersonChanges = [.. Enum.GetValues<PersonChangeProblem>().Select(problem => new PersonChangeLine(PersonChangeKind.Add, "boris@romashka.example", Problem: problem))],
            PersonChangeOutcome = PersonChangeOutcome.Impossible,
        });
    }

    private static Letter ForClient(string language, SampleWords words) => new()
    {
        Kind = LetterKind.Registered,
        Language = language,
        Role = LetterRole.Client,
        From = new("MailDesk", "support@desk.example"),
        To = new(words.Client, "anna@romashka.example"),
        ReplyTo = new("MailDesk", "support+1042.b3v9k7qd2m@desk.example"),
        MessageId = $"1042.k7.b3v9k7qd2m.{language}@desk.example",
        InReplyTo = "20260302154000.7f3a@romashka.example",
        References = ["20260302154000.7f3a@romashka.example"],
        Date = Monday.AddSeconds(12),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk"),
        Subject = words.Subject,
        Tag = "MD-1042",
        TextToken = "MD-1042·b3v9k7qd2m",
        Marker = "1; 1042; sample",
        Ticket = new()
        {
            Number = "MD-1042",
            State = TicketState.Registered,
            Category = Category.Incident,
            Priority = Priority.High,
            Impact = Impact.MajorLoss,
            Urgency = Urgency.High,
            Service = words.Service,
            Client = words.Organisation,
            Requester = $"{words.Client} <anna@romashka.example>",
            RegisteredAt = Monday,
            ReactionDue = Monday.AddHours(1),
            ExecutionDue = Monday.AddHours(4),
        },
    };

    private static Letter ForEngineer(string language, SampleWords words) => ForClient(language, words) with
    {
        Kind = LetterKind.NewRequest,
        Role = LetterRole.Engineer,
        To = new(words.Engineer, "ivan@desk.example"),
        ReplyTo = new("MailDesk", "support+1042.e5t1w8zc4p@desk.example"),
        MessageId = $"1042.e2.e5t1w8zc4p.{language}@desk.example",
        InReplyTo = null,
        References = [],
        TextToken = "MD-1042·e5t1w8zc4p",
    };
}
