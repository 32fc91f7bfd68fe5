using MailDesk.Domain;

namespace MailDesk.Worker.Configuration;

/// <summary>What of the rules an operator can change; the defaults are the published rules.</summary>
public sealed class RulesOptions
{
    /// <summary>Service levels that differ from rule 4.2, by priority name.</summary>
    public Dictionary<Priority, LevelOptions> Levels { get; init; } = [];

    public WorkingTimeOptions WorkingTime { get; init; } = new();

    /// <summary>Standard working days that a client has to answer a question (rule 6.5).</summary>
    public int ClientAnswerDays { get; init; } = 1;

    /// <summary>Working days that a client has to object to a completion (rule 7.2).</summary>
    public int ConfirmationDays { get; init; } = 2;

    /// <summary>Whether execution time stands still while a third party is waited for (rule 6.7).</summary>
    public bool ThirdPartyPausesExecution { get; init; }

    /// <summary>Rules that tell category, impact, urgency and service from the words of a new request, in their order (rule 3.1).</summary>
    public List<ClassificationRuleOptions> Classification { get; init; } = [];

    /// <summary>Whether the shipped words of Russian, Belarusian and English tell the category where no rule of <see cref="Classification"/> does.</summary>
    public bool ShippedClassification { get; init; } = true;

    /// <summary>The share of the reaction time after which the engineers are warned.</summary>
    public double ReactionWarning { get; init; } = 0.5;

    /// <summary>The share of the execution time after which the engineer in charge is warned.</summary>
    public double ExecutionWarning { get; init; } = 0.75;
}

public sealed class LevelOptions
{
    public TimeSpan Reaction { get; init; }

    /// <summary>Null where execution is not regulated.</summary>
    public TimeSpan? Execution { get; init; }
}

/// <summary>Standard working time (rule 2.1), in the desk's time zone.</summary>
public sealed class WorkingTimeOptions
{
    public TimeOnly From { get; init; } = new(9, 0);

    public TimeOnly To { get; init; } = new(18, 0);

    /// <summary>Belarus's fixed holidays and Radunitsa.</summary>
    public bool BelarusianHolidays { get; init; } = true;

    public List<DateOnly> Holidays { get; init; } = [];

    /// <summary>Days that are worked although they are weekends or holidays.</summary>
    public List<DateOnly> WorkingDays { get; init; } = [];
}
