using MailDesk.Domain;

namespace MailDesk.Worker.Letters;

/// <summary>Letters about complaints, promised dates, third parties and planned work.</summary>
public static partial class LetterSamples
{
    private static IEnumerable<(string Name, Letter Letter)> OfTerms(Letter client, Letter engineer, SampleWords words)
    {
        var complaint = ComplaintFacts(client.Ticket!);
        var answered = complaint with { State = TicketState.Completed, Outcome = Outcome.Answered, ConfirmationDue = Monday.AddDays(2), TermDue = null, ProgressDue = null };
        var late = complaint with { State = TicketState.InProgress, Engineer = words.Engineer, TermDue = null, ProgressDue = Monday.AddDays(28) };
        client = client with { Tag = "MDC-1017", TextToken = "MDC-1017·b3v9k7qd2m" };

        yield return ("complaint-registered", client with { Kind = LetterKind.ComplaintRegistered, Ticket = complaint });
        yield return ("complaint-registered-about", client with { Kind = LetterKind.ComplaintRegistered, Ticket = complaint, AboutNumber = "MD-1042" });
        yield return ("complaint-registered-moved", client with
        {
            Kind = LetterKind.ComplaintRegistered,
            Ticket = complaint,
            FormerNumber = "MD-1042",
            ClosedNumber = "MDC-1009",
        });
        yield return ("complaint-progress", client with
        {
            Kind = LetterKind.ComplaintProgress,
            Ticket = late,
            Deadline = new(DeadlineKind.Term, Monday.AddDays(14)),
            ActionsDone =
            [
                new(Monday, ActionKind.Registered),
                new(Monday.AddDays(1), ActionKind.Taken, words.Engineer),
                new(Monday.AddDays(2), ActionKind.Waited),
                new(Monday.AddDays(3), ActionKind.DatePromised),
            ],
        });
        yield return ("complaint-progress-before-the-term", client with
        {
            Kind = LetterKind.ComplaintProgress,
            Ticket = complaint,
            Deadline = new(DeadlineKind.Progress, Monday.AddDays(14)),
        });
        yield return ("complaint-progress-promised", client with
        {
            Kind = LetterKind.ComplaintProgress,
            Ticket = complaint,
            Words = words.ThirdParty,
            Author = words.Engineer,
        });
        yield return ("complaint-answered", client with { Kind = LetterKind.ComplaintAnswered, Ticket = answered, Words = words.Answer, Author = words.Engineer });
        yield return ("complaint-answered-by-phone", client with { Kind = LetterKind.ComplaintAnswered, Ticket = answered, DeliveredBy = "phone" });
        yield return ("complaint-answered-in-person", client with { Kind = LetterKind.ComplaintAnswered, Ticket = answered, DeliveredBy = "Telegram" });
        yield return ("complaint-closed", client with { Kind = LetterKind.Closed, Ticket = answered with { State = TicketState.Closed }, ClosingReason = ClosingReason.ConfirmedByClient });
        yield return ("complaint-closed-by-term", client with { Kind = LetterKind.Closed, Ticket = answered with { State = TicketState.Closed }, ClosingReason = ClosingReason.TermPassed });
        foreach (var sample in OfComplaint(client, complaint, words)) yield return sample;
        foreach (var sample in OfPlans(client with { Tag = "MD-1042", TextToken = "MD-1042·b3v9k7qd2m" }, words)) yield return sample;
        foreach (var sample in TermsToEngineers(engineer, words)) yield return sample;
    }

    /// <summary>Letters that a complaint has in common with a request.</summary>
    private static IEnumerable<(string Name, Letter Letter)> OfComplaint(Letter client, TicketFacts complaint, SampleWords words)
    {
        var waiting = complaint with { State = TicketState.WaitingForClient, ClientAnswerDue = Monday.AddDays(1) };
        yield return ("complaint-question", client with { Kind = LetterKind.Question, Ticket = waiting, Words = words.Question, Author = words.Engineer });
        yield return ("complaint-reminder", client with { Kind = LetterKind.Reminder, Ticket = waiting, Words = words.Question });
        yield return ("complaint-answer", client with { Kind = LetterKind.Answer, Ticket = complaint, Words = words.Answer, Author = words.Engineer });
        yield return ("complaint-third-party", client with { Kind = LetterKind.ThirdParty, Ticket = complaint, Words = words.ThirdParty, Author = words.Engineer });
        yield return ("complaint-merged", client with { Kind = LetterKind.Merged, Ticket = complaint with { State = TicketState.Closed }, OtherNumber = "MDC-1009" });
        yield return ("complaint-completed-without-answer", client with
        {
            Kind = LetterKind.CompletedWithoutAnswer,
            Ticket = complaint with { State = TicketState.Completed, ConfirmationDue = Monday.AddDays(3) },
            ActionsDone = [new(Monday, ActionKind.Registered), new(Monday.AddHours(1), ActionKind.Asked)],
        });
    }

    private static IEnumerable<(string Name, Letter Letter)> OfPlans(Letter client, SampleWords words)
    {
        var planned = client.Ticket! with { Priority = Priority.Planned, Impact = Impact.Planned, ReactionDue = null, ExecutionDue = null, TermDue = Monday.AddDays(10) };
        yield return ("date-promised", client with { Kind = LetterKind.DatePromised, Ticket = planned, Words = words.ThirdParty, Author = words.Engineer });
        yield return ("registered-planned-work", client with { Kind = LetterKind.Registered, PlannedWork = new(words.PlannedWork, Monday.AddHours(3)) });
        yield return ("registered-planned-work-untitled", client with { Kind = LetterKind.Registered, PlannedWork = new(null, Monday.AddHours(3)) });
        yield return ("registered-moved", client with { Kind = LetterKind.Registered, FormerNumber = "MDC-1017" });
    }

    private static IEnumerable<(string Name, Letter Letter)> TermsToEngineers(Letter letter, SampleWords words)
    {
        var taken = letter.Ticket! with { State = TicketState.InProgress, Engineer = words.Engineer, ReactionDue = null };
        var complaint = ComplaintFacts(letter.Ticket!);
        var ofComplaint = letter with { Tag = "MDC-1017", TextToken = "MDC-1017·e5t1w8zc4p" };
        yield return ("new-complaint", ofComplaint with { Kind = LetterKind.NewRequest, Ticket = complaint, Words = words.Objection, AboutNumber = "MD-1042" });
        yield return ("new-complaint-moved", ofComplaint with { Kind = LetterKind.NewRequest, Ticket = complaint, Words = words.Objection, FormerNumber = "MD-1042" });
        yield return ("new-request-planned-work", letter with { Kind = LetterKind.NewRequest, Words = words.Request, PlannedWork = new(words.PlannedWork, Monday.AddHours(3)) });
        foreach (var (name, kind) in ((string, LetterKind)[])[("deadline-ahead", LetterKind.DeadlineAhead), ("deadline-missed", LetterKind.DeadlineMissed)])
        {
            yield return ($"{name}-complaint", ofComplaint with { Kind = kind, Ticket = complaint, Deadline = new(DeadlineKind.Term, Monday.AddDays(14)) });
            yield return ($"{name}-progress", ofComplaint with { Kind = kind, Ticket = complaint, Deadline = new(DeadlineKind.Progress, Monday.AddDays(14)) });
            yield return ($"{name}-promise", letter with { Kind = kind, Ticket = taken, Deadline = new(DeadlineKind.Term, Monday.AddDays(14)) });
        }

        yield return ("third-party-reminder", letter with
        {
            Kind = LetterKind.ThirdPartyReminder,
            Ticket = taken with { State = TicketState.WaitingForThirdParty },
            Words = words.ThirdParty,
        });
    }

    private static TicketFacts ComplaintFacts(TicketFacts facts) => facts with
    {
        Number = "MDC-1017",
        IsComplaint = true,
        ReactionDue = null,
        ExecutionDue = null,
        TermDue = Monday.AddDays(14),
        ProgressDue = Monday.AddDays(14),
    };
}
