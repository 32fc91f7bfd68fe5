namespace MailDesk.Domain;

/// <summary>
/// What a ticket must be like in each state, written down a second time and apart from the code that decides: what is said here is what
/// every decision is tested against, and what a ticket read from storage can be checked with.
/// </summary>
public static class Legality
{
    private enum Need
    {
        Never,
        May,
        Must,
    }

    /// <summary>What is wrong with the ticket, in words for an administrator; empty when nothing is.</summary>
    public static IEnumerable<string> Faults(Ticket ticket, SupportPolicy policy)
    {
        foreach (var kind in Enum.GetValues<DeadlineKind>())
        {
            var count = ticket.Deadlines.Count(d => d.Kind == kind);
            var need = NeedOf(kind, ticket, policy);
            if (count > 1)
                yield return $"{count} deadlines {kind}.";
            if (count > 0 && need is Need.Never)
                yield return $"{ticket.State} has no deadline {kind}.";
            if (count == 0 && need is Need.Must)
                yield return $"{ticket.State} needs a deadline {kind}.";
        }

        foreach (var fault in FaultsOfState(ticket))
            yield return fault;
        foreach (var fault in FaultsOfTime(ticket))
            yield return fault;
        if (!PriorityMatrix.Allows(ticket.Category, ticket.Priority))
            yield return $"{ticket.Category} cannot be {ticket.Priority}.";
    }

    private static Need NeedOf(DeadlineKind kind, Ticket ticket, SupportPolicy policy) => (kind, ticket.State) switch
    {
        // A deadline is missing while its clock runs only after it was missed; a warning is missing after it was given, or where none is wanted.
        (DeadlineKind.Reaction or DeadlineKind.ReactionAhead, TicketState.Registered)
            when IsMeasured(ticket) && !ticket.ReactionMissed => MustUnlessWarning(kind),

        (DeadlineKind.Execution or DeadlineKind.ExecutionAhead, TicketState.Registered or TicketState.InProgress or TicketState.WaitingForThirdParty)
            when IsMeasured(ticket) && !ticket.ExecutionMissed && ticket.PausedSince is null && policy.Levels[ticket.Priority].Execution is not null
            => MustUnlessWarning(kind),

        (DeadlineKind.ClientAnswer, TicketState.WaitingForClient) => Need.Must,
        (DeadlineKind.ClientReminder, TicketState.WaitingForClient) => Need.May,
        (DeadlineKind.Confirmation, TicketState.Completed) => Need.Must,
        (DeadlineKind.ThirdPartyReminder, TicketState.WaitingForThirdParty) => Need.May, // how often is a setting that may have changed since

        (DeadlineKind.Term or DeadlineKind.TermAhead, TicketState.Registered or TicketState.InProgress or TicketState.WaitingForClient or TicketState.WaitingForThirdParty)
            when !ticket.TermMissed && (ticket.Kind is TicketKind.Complaint || ticket.PromisedAt is not null)
            => kind is DeadlineKind.Term ? Need.Must : Need.May,

        (DeadlineKind.Progress or DeadlineKind.ProgressAhead, TicketState.Registered or TicketState.InProgress or TicketState.WaitingForClient or TicketState.WaitingForThirdParty)
            when ticket.Kind is TicketKind.Complaint
            => kind is DeadlineKind.Progress ? Need.Must : Need.May,

        _ => Need.Never,
    };

    private static Need MustUnlessWarning(DeadlineKind kind) =>
        kind is DeadlineKind.Reaction or DeadlineKind.Execution ? Need.Must : Need.May;

    private static bool IsMeasured(Ticket ticket) => ticket.Kind is TicketKind.Request;

    private static IEnumerable<string> FaultsOfState(Ticket ticket)
    {
        var worked = ticket.State is not (TicketState.Registered or TicketState.Held or TicketState.Rejected);
        var done = ticket.State is TicketState.Completed or TicketState.Closed;
        var closed = ticket.State is TicketState.Closed;
        if (closed && ticket.ClosingReason is ClosingReason.Merged) // rule 5.5: from wherever it stood
        {
            if (ticket.ClosedAt is null)
                yield return $"{ticket.State} needs time of closing.";
            yield break;
        }

        if (worked != ticket.ReactedAt is not null)
            yield return $"{ticket.State} {(worked ? "needs" : "has no")} time of reaction.";
        if (worked && ticket.Engineer is null)
            yield return $"{ticket.State} needs an engineer in charge.";
        if (done != ticket.Outcome is not null || done != ticket.CompletedAt is not null)
            yield return $"{ticket.State} {(done ? "needs" : "has no")} outcome and time of completion.";
        if (closed != ticket.ClosingReason is not null || closed != ticket.ClosedAt is not null)
            yield return $"{ticket.State} {(closed ? "needs" : "has no")} reason and time of closing.";

        var complaint = ticket.Kind is TicketKind.Complaint;
        if (complaint != ticket.TermFrom is not null || complaint != ticket.ToldAt is not null)
            yield return $"A {ticket.Kind} {(complaint ? "needs" : "has no")} times of its term.";
        if (ticket.TermMissed && !complaint && ticket.PromisedAt is null)
            yield return "No date was promised that could be missed.";

        // Whether a third party pauses is a setting that may have changed since.
        var pauses = done || ticket.State is TicketState.WaitingForClient;
        if (pauses != ticket.PausedSince is not null && ticket.State is not TicketState.WaitingForThirdParty)
            yield return $"{ticket.State} {(pauses ? "stops" : "runs")} the execution time.";
    }

    private static IEnumerable<string> FaultsOfTime(Ticket ticket)
    {
        if (ticket.ReactedAt < ticket.RegisteredAt || ticket.CompletedAt < ticket.ReactedAt || ticket.ClosedAt < ticket.CompletedAt)
            yield return "Its times are out of order.";
        if (ticket.PausedSince < ticket.ReactedAt || ticket.Paused < TimeSpan.Zero)
            yield return "Its pauses are out of order.";
        if (ticket.TermFrom < ticket.RegisteredAt || ticket.ToldAt < ticket.TermFrom)
            yield return "The times of its term are out of order.";
        if (!ticket.Deadlines.SequenceEqual(ticket.Deadlines.OrderBy(d => d.DueAt).ThenBy(d => d.Kind)))
            yield return "Its deadlines are out of order.";
    }
}
