using System.Globalization;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain;

/// <summary>Promised dates, the terms of complaints, and the way from one series to the other (rules 4.1, 6.7, 8.2 to 8.4).</summary>
public static partial class TicketDecider
{
    /// <summary>The client is told the date: that is an answer, and begins the work.</summary>
    private static TicketVerdict Give(TicketChange change, Promise promise)
    {
        var ticket = change.Ticket;
        if (ticket.Kind is TicketKind.Request && ticket is { Priority: not Priority.Planned, Impact: not Impact.Planned })
            return new Refusal(RefusalReason.DateForPlannedOnly, RuleOf(RefusalReason.DateForPlannedOnly));
        if (promise.At <= change.Now || promise.At - change.Now > SupportPolicy.LongestPromise)
            return new Refusal(RefusalReason.DateOutOfRange, RuleOf(RefusalReason.DateOutOfRange));

        var letter = ticket.Kind is TicketKind.Complaint ? LetterKind.ComplaintProgress : LetterKind.DatePromised;
        change.BeginWork(promise.Engineer);
        if (ticket.State is TicketState.Registered)
            change.MoveTo(TicketState.InProgress);
        if (change.IsOver(DeadlineKind.Term))
            change.Miss(DeadlineKind.Term);
        change.Record(TicketEventKind.DatePromised, Iso(ticket.PromisedAt), Iso(promise.At));
        change.Set(change.Ticket with { PromisedAt = promise.At, TermMissed = false });
        change.Record(TicketEventKind.EngineerWrote, to: letter);
        change.Tell(letter);
        return change.Decision();

        static string? Iso(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Rule 8.4: it is registered in the other series now, and its term counts from now. A service level counts from now only where the mail came
    /// as a complaint and nobody has begun: what once was a request keeps its time.
    /// </summary>
    private static void Move(TicketChange change, ChangeKind moved)
    {
        var before = change.Ticket;
        change.Record(TicketEventKind.KindChanged, before.Kind, moved.Kind);
        change.Set(moved.Kind is TicketKind.Complaint ? before with { Kind = moved.Kind } : before with
        {
            Kind = moved.Kind,
            RegisteredAt = before.ReactedAt is null && before.TermFrom == before.RegisteredAt ? change.Now : before.RegisteredAt,
        });
        BeginTerm(change);
        if (moved.InCharge is { } engineer)
            change.PutInCharge(engineer);
        change.Send(ConfirmationOf(moved.Kind), Audience.Client);
        change.Send(LetterKind.NewRequest, moved.Kind is TicketKind.Complaint ? Audience.Managers : Audience.Engineer);
    }

    /// <summary>A complaint's term begins, and no date is promised.</summary>
    private static void BeginTerm(TicketChange change)
    {
        DateTimeOffset? from = change.Ticket.Kind is TicketKind.Complaint ? change.Now : null;
        change.Set(change.Ticket with { TermFrom = from, ToldAt = from, PromisedAt = null, TermMissed = false });
    }

    private static LetterKind ConfirmationOf(TicketKind kind) => kind is TicketKind.Complaint ? LetterKind.ComplaintRegistered : LetterKind.Registered;

    private static Deadline[] ThirdPartyReminder(TicketChange change) => change.Policy.ThirdPartyReminderDays > 0
        ? [new(DeadlineKind.ThirdPartyReminder, change.Policy.StandardTime.AddWorkingDays(change.Now, change.Policy.ThirdPartyReminderDays))]
        : [];
}
