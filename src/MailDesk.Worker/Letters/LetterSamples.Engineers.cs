using System.Text.Json;
using MailDesk.Domain;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Letters;

/// <summary>What engineers get, and the letters about changes of persons.</summary>
public static partial class LetterSamples
{
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
}
