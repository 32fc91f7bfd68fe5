namespace MailDesk.Domain;

/// <summary>
/// When the service level of a request falls due (rule 4.2). Both times count from registration on the level's calendar; the execution
/// deadline moves by the pauses. A deadline exists while its clock runs and it has not been missed; a warning exists while it is ahead,
/// or due and not yet given. Complaints have a term of their own (rule 8.2; <see cref="TermClock"/>) and none of these.
/// </summary>
public static class ServiceClock
{
    /// <summary>When work must have begun at the latest, whether or not it has; null for a complaint.</summary>
    public static DateTimeOffset? ReactionDue(Ticket ticket, SupportPolicy policy) =>
        ticket.Kind is TicketKind.Complaint ? null : Due(ticket, policy, policy.Levels[ticket.Priority].Reaction);

    /// <summary>
    /// When work must be done at the latest, by the pauses that are over; null where the level does not regulate it, and for a complaint.
    /// </summary>
    public static DateTimeOffset? ExecutionDue(Ticket ticket, SupportPolicy policy) =>
        ticket.Kind is not TicketKind.Complaint && policy.Levels[ticket.Priority].Execution is { } execution
            ? Due(ticket, policy, execution + ticket.Paused)
            : null;

    /// <summary>The deadlines of the service level that the ticket must have as it is now.</summary>
    internal static IEnumerable<Deadline> Deadlines(Ticket ticket, SupportPolicy policy, DateTimeOffset now)
    {
        if (ticket.State is TicketState.Held || ticket.IsFinal || ticket.Kind is TicketKind.Complaint)
            yield break;

        var level = policy.Levels[ticket.Priority];
        if (ticket.ReactedAt is null && !ticket.ReactionMissed)
        {
            yield return new(DeadlineKind.Reaction, Due(ticket, policy, level.Reaction));
            if (NextWarning(DeadlineKind.ReactionAhead, policy.ReactionWarnings, share => level.Reaction * share) is { } warning)
                yield return warning;
        }

        if (ticket.PausedSince is null && !ticket.ExecutionMissed && level.Execution is { } execution)
        {
            yield return new(DeadlineKind.Execution, Due(ticket, policy, execution + ticket.Paused));
            if (NextWarning(DeadlineKind.ExecutionAhead, policy.ExecutionWarnings, share => (execution * share) + ticket.Paused) is { } warning)
                yield return warning;
        }

        // One at a time: the next takes its place when it has been given.
        Deadline? NextWarning(DeadlineKind kind, IEnumerable<double> shares, Func<double, TimeSpan> time) => shares
            .Order()
            .Select(share => new Deadline(kind, Due(ticket, policy, time(share))))
            .FirstOrDefault(warning => IsStillToGive(warning, ticket, now));
    }

    /// <summary>A warning is ahead, or due and not yet given.</summary>
    internal static bool IsStillToGive(Deadline warning, Ticket ticket, DateTimeOffset now) => warning.DueAt > now || ticket.Deadlines.Contains(warning);

    /// <summary>The ticket on another service level: what is no miss on it is forgotten, and pauses are measured on its calendar.</summary>
    /// <param name="changed">The ticket with the new category or priority.</param>
    internal static Ticket Relevel(Ticket ticket, Ticket changed, SupportPolicy policy, DateTimeOffset now)
    {
        var stoppedAt = ticket.PausedSince ?? now;
        changed = changed with { Paused = ConvertPaused(ticket.Paused, policy.CalendarOf(ticket), policy.CalendarOf(changed), ticket.RegisteredAt, stoppedAt) };
        return changed with
        {
            ReactionMissed = changed.ReactionMissed && ReactionDue(changed, policy) <= (changed.ReactedAt ?? now),
            ExecutionMissed = changed.ExecutionMissed && ExecutionDue(changed, policy) <= stoppedAt,
        };
    }

    // Only the sum of the pauses is kept. On another calendar it stays the same share of the time since registration.
    private static TimeSpan ConvertPaused(TimeSpan paused, ServiceCalendar from, ServiceCalendar to, DateTimeOffset registeredAt, DateTimeOffset stoppedAt) =>
        paused == TimeSpan.Zero || ReferenceEquals(from, to)
            ? paused
            : to.Elapsed(registeredAt, stoppedAt) * (paused / from.Elapsed(registeredAt, stoppedAt));

    private static DateTimeOffset Due(Ticket ticket, SupportPolicy policy, TimeSpan time) =>
        policy.CalendarOf(ticket).Add(ticket.RegisteredAt, time);
}
