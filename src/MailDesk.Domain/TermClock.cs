namespace MailDesk.Domain;

/// <summary>
/// The terms that are dates rather than service levels: that of a complaint (rules 8.2, 8.3), and the date that was promised to a client.
/// They run in standard working time and never stand still; they exist while the ticket is open.
/// <para>A complaint has two clocks. The term ends at the promised date, else <see cref="SupportPolicy.ComplaintDays"/> after registration; the
/// progress clock ends as many days after the applicant last heard of it. Each is warned of one working day ahead.</para>
/// </summary>
public static class TermClock
{
    /// <summary>When the work must be done by what the applicant was told; null where no date was.</summary>
    public static DateTimeOffset? TermDue(Ticket ticket, SupportPolicy policy) =>
        ticket.PromisedAt ?? (ticket.TermFrom is { } from ? policy.StandardTime.AddWorkingDays(from, policy.ComplaintDays) : null);

    /// <summary>When the applicant of a complaint must hear of it at the latest (rule 8.3); null for a request.</summary>
    public static DateTimeOffset? ProgressDue(Ticket ticket, SupportPolicy policy) =>
        ticket.ToldAt is { } told ? policy.StandardTime.AddWorkingDays(told, policy.ComplaintDays) : null;

    /// <summary>One working day before.</summary>
    internal static DateTimeOffset Ahead(DateTimeOffset due, SupportPolicy policy) => policy.StandardTime.Back(due, policy.StandardTime.StandardDay);

    /// <summary>The deadlines that the ticket must have as it is now.</summary>
    internal static IEnumerable<Deadline> Deadlines(Ticket ticket, SupportPolicy policy, DateTimeOffset now)
    {
        if (!IsRunning(ticket.State))
            yield break;

        var term = ticket.TermMissed ? null : TermDue(ticket, policy);
        if (term is { } termDue)
        {
            yield return new(DeadlineKind.Term, termDue);
            if (Warning(DeadlineKind.TermAhead, termDue) is { } warning)
                yield return warning;
        }

        if (ProgressDue(ticket, policy) is { } progressDue)
        {
            yield return new(DeadlineKind.Progress, progressDue);
            // One reminder is enough where both end together.
            if (progressDue != term && Warning(DeadlineKind.ProgressAhead, progressDue) is { } warning)
                yield return warning;
        }

        Deadline? Warning(DeadlineKind kind, DateTimeOffset due)
        {
            var warning = new Deadline(kind, Ahead(due, policy));
            return ServiceClock.IsStillToGive(warning, ticket, now) ? warning : null;
        }
    }

    internal static bool IsRunning(TicketState state) =>
        state is TicketState.Registered or TicketState.InProgress or TicketState.WaitingForClient or TicketState.WaitingForThirdParty;
}
