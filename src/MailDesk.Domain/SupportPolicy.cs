using System.Collections.Immutable;

namespace MailDesk.Domain;

/// <summary>Everything in the rules that a configuration can change. The defaults are the rules'.</summary>
public sealed record SupportPolicy
{
    /// <summary>Rule 4.2.</summary>
    public ServiceLevels Levels { get; init; } = ServiceLevels.Standard;

    /// <summary>Standard working time (rule 2.1): working days are counted in it.</summary>
    public ServiceCalendar StandardTime { get; init; } = WorkingCalendar.Standard;

    /// <summary>What service levels are measured on where nothing else is said (rule 4.2).</summary>
    public ServiceCalendar DefaultCalendar { get; init; } = RoundTheClock.Utc;

    /// <summary>Other calendars for service levels, by category and priority.</summary>
    public ImmutableDictionary<(Category Category, Priority Priority), ServiceCalendar> Calendars { get; init; } =
        ImmutableDictionary<(Category Category, Priority Priority), ServiceCalendar>.Empty;

    /// <summary>What requests to start a service are measured on (rule 5.6); null for <see cref="StandardTime"/>.</summary>
    public ServiceCalendar? ServiceStartCalendar { get; init; }

    /// <summary>Whether the execution time stands still while a request waits for a third party (rule 4.2).</summary>
    public bool ThirdPartyPauses { get; init; }

    /// <summary>Standard working days that a client has to answer a question (rule 6.5).</summary>
    public int ClientAnswerDays { get; init; } = 1;

    /// <summary>The share of the client's time after which the reminder goes out (rule 6.5); 0 for none.</summary>
    public double ReminderShare { get; init; } = 0.5;

    /// <summary>Standard working days that a client has to confirm or to object (rule 7.2).</summary>
    public int ConfirmationDays { get; init; } = 2;

    /// <summary>Standard working days in which a complaint is to be answered (rule 8.2).</summary>
    public int ComplaintDays { get; init; } = 10;

    /// <summary>The share of the reaction time after which the engineers are warned; 0 for no warning.</summary>
    public double ReactionWarningShare { get; init; } = 0.5;

    /// <summary>The share of the execution time after which the engineer in charge is warned; 0 for no warning.</summary>
    public double ExecutionWarningShare { get; init; } = 0.75;

    /// <summary>The calendar that a request's service level is measured on (rules 4.2, 5.6).</summary>
    public ServiceCalendar CalendarOf(Category category, Priority priority, bool startsService) =>
        startsService ? ServiceStartCalendar ?? StandardTime : Calendars.GetValueOrDefault((category, priority), DefaultCalendar);

    /// <inheritdoc cref="CalendarOf(Category, Priority, bool)"/>
    public ServiceCalendar CalendarOf(Ticket ticket) => CalendarOf(ticket.Category, ticket.Priority, ticket.StartsService);

    /// <summary>Whether the execution time stands still in a state (rule 4.2).</summary>
    public bool Pauses(TicketState state) => state switch
    {
        TicketState.WaitingForClient or TicketState.Completed => true,
        TicketState.WaitingForThirdParty => ThirdPartyPauses,
        _ => false,
    };

    /// <summary>What makes these settings unusable, in words for an administrator; empty when nothing does.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var priority in Enum.GetValues<Priority>())
        {
            var level = Levels[priority];
            if (level.Reaction <= TimeSpan.Zero || level.Execution <= TimeSpan.Zero)
                yield return $"The times of priority {(int)priority} ({priority}) must be longer than nothing.";
            if (level.Execution < level.Reaction)
                yield return $"The execution time of priority {(int)priority} ({priority}) must not be shorter than its reaction time.";
        }

        if (ClientAnswerDays < 1)
            yield return $"A client must have at least one working day to answer a question; {nameof(ClientAnswerDays)} is {ClientAnswerDays}.";
        if (ConfirmationDays < 1)
            yield return $"A client must have at least one working day to confirm or object; {nameof(ConfirmationDays)} is {ConfirmationDays}.";
        foreach (var (name, share) in new[]
        {
            (nameof(ReminderShare), ReminderShare),
            (nameof(ReactionWarningShare), ReactionWarningShare),
            (nameof(ExecutionWarningShare), ExecutionWarningShare),
        })
        {
            if (share is not (>= 0 and < 1))
                yield return $"{name} must be 0 (none) or a share below 1, such as 0.5; it is {share}.";
        }
    }
}
