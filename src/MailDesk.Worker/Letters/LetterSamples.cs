using System.Text;
using System.Text.Json;
using MailDesk.Domain;

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
