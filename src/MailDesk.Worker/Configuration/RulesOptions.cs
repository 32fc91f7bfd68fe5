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

    /// <summary>The shares of the reaction time after which the engineers are warned; none for no warning, null for 0.5.</summary>
    public List<double>? ReactionWarnings { get; set; }

    /// <summary>The shares of the execution time after which the engineer in charge is warned; none for no warning, null for 0.75.</summary>
    public List<double>? ExecutionWarnings { get; set; }

    /// <summary>Standard working days in which a complaint is handled (rule 8.2).</summary>
    public int ComplaintDays { get; init; } = 10;

    /// <summary>The address of who answers for complaints from the beginning; all managers are told where empty.</summary>
    public string ComplaintManager { get; init; } = "";

    /// <summary>Standard working days after which an engineer is reminded of a third party, again and again (rule 6.7); 0 for never.</summary>
    public int ThirdPartyReminderDays { get; init; } = 2;

    /// <summary>When which service is down by plan.</summary>
    public List<PlannedWorkOptions> PlannedWork { get; init; } = [];
}

/// <summary>A service will not work for a while, and everybody who reports it is told so.</summary>
public sealed class PlannedWorkOptions
{
    /// <summary>As the directory calls it.</summary>
    public string Service { get; init; } = "";

    /// <summary>Such as 2026-03-07T01:00, in the desk's time zone, or with an offset: 2026-03-07T01:00+03:00.</summary>
    public string From { get; init; } = "";

    /// <summary>As <see cref="From"/>; not included.</summary>
    public string To { get; init; } = "";

    /// <summary>Which work it is, where <see cref="Titles"/> does not say it in the reader's language.</summary>
    public string Title { get; init; } = "";

    /// <summary>By language: ru, en, be.</summary>
    public Dictionary<string, string> Titles { get; init; } = [];
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
