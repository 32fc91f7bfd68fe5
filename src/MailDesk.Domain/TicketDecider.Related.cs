using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain;

/// <summary>Requests that engineers register, and what ties requests to each other (rules 5.3, 5.5). None of it is work on the question yet.</summary>
public static partial class TicketDecider
{
    /// <summary>Registers what a client has told by phone (rule 5.3); nothing but what is critical, and for nobody who is not served.</summary>
    /// <param name="now">UTC.</param>
    public static TicketVerdict RegisterByPhone(Registration registration, SupportPolicy policy, DateTimeOffset now)
    {
        if (registration.Held)
            return new Refusal(RefusalReason.NotServed, RuleOf(RefusalReason.NotServed));
        var decision = Register(registration with { Origin = RequestOrigin.Phone }, policy, now);
        return decision.Ticket is { Kind: TicketKind.Request, Priority: Priority.Critical }
            ? decision
            : new Refusal(RefusalReason.PhoneForCriticalOnly, RuleOf(RefusalReason.PhoneForCriticalOnly));
    }

    /// <summary>
    /// Registers one question of a request that holds several (rule 5.5). The client asked it when the first one was registered: the service
    /// level counts from there, less the time that the first one stood still. Where work on the first one has begun, its engineer has this one too.
    /// </summary>
    /// <param name="first">The request that the question was asked in.</param>
    /// <param name="now">UTC.</param>
    public static TicketDecision RegisterPart(Ticket first, Registration registration, SupportPolicy policy, DateTimeOffset now)
    {
        now = NotBefore(first, now);
        var registered = Register(registration with { Origin = RequestOrigin.Split, RegisteredAt = first.RegisteredAt }, policy, now);
        if (first.Engineer is not { } engineer || first.ReactedAt is not { } reactedAt)
            return registered;

        var change = new TicketChange(registered.Ticket, policy, now);
        change.PutInCharge(engineer);
        change.Record(TicketEventKind.Reacted);
        change.Set(change.Ticket with { ReactedAt = reactedAt, Paused = PausedSoFar(first, change.Ticket, policy, now) });
        change.MoveTo(TicketState.InProgress);
        var begun = change.Decision();
        return new(begun.Ticket, [.. registered.Events, .. begun.Events], registered.Letters);
    }

    private static void Relate(TicketChange change, TicketAction action)
    {
        switch (action)
        {
            case Split split:
                change.Record(TicketEventKind.SplitOff, to: split.Parts);
                break;

            case Merge merge:
                change.Record(TicketEventKind.Merged, to: merge.Into);
                Close(change, ClosingReason.Merged);
                break;

            case Absorb absorb:
                change.Record(TicketEventKind.Absorbed, to: absorb.Merged);
                break;

            case Link link:
                change.Record(TicketEventKind.Linked, to: link.Other);
                break;

            case CorrectRequester correct:
                change.Record(TicketEventKind.RequesterChanged, correct.From, correct.To);
                RegisterNow(change);
                break;
        }
    }

    /// <summary>Whoever it is for now is told that it is registered; a held one is from now on (rule 5.7).</summary>
    private static void RegisterNow(TicketChange change)
    {
        change.Send(ConfirmationOf(change.Ticket.Kind), Audience.Client);
        if (change.Ticket.State is not TicketState.Held)
            return;
        change.Set(change.Ticket with { RegisteredAt = change.Now });
        BeginTerm(change);
        change.MoveTo(TicketState.Registered);
        change.Send(LetterKind.NewRequest, Audience.Engineer);
    }

    /// <summary>How long the first request has stood still, on the other one's calendar.</summary>
    private static TimeSpan PausedSoFar(Ticket first, Ticket part, SupportPolicy policy, DateTimeOffset now)
    {
        var running = first.PausedSince is { } since ? policy.CalendarOf(first).Elapsed(since, now) : TimeSpan.Zero;
        return ServiceClock.Relevel(first with { Paused = first.Paused + running, PausedSince = null }, part, policy, now).Paused;
    }
}
