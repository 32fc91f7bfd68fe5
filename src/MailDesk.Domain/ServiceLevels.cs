namespace MailDesk.Domain;

/// <summary>One row of rule 4.2.</summary>
/// <param name="Reaction">Registration → work begins; time of the calendar that the level is measured on.</param>
/// <param name="Execution">Registration → work done; null where it is not regulated.</param>
public sealed record ServiceLevel(TimeSpan Reaction, TimeSpan? Execution);

/// <summary>The table of rule 4.2: a level for each priority.</summary>
public sealed record ServiceLevels(ServiceLevel Critical, ServiceLevel High, ServiceLevel Medium, ServiceLevel Low, ServiceLevel Planned)
{
    /// <summary>The table as rule 4.2 prints it.</summary>
    public static ServiceLevels Standard { get; } = new(
        Critical: new(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)),
        High: new(TimeSpan.FromHours(1), TimeSpan.FromHours(4)),
        Medium: new(TimeSpan.FromHours(2), TimeSpan.FromHours(12)),
        Low: new(TimeSpan.FromHours(4), TimeSpan.FromHours(72)),
        Planned: new(TimeSpan.FromHours(8), Execution: null));

    public ServiceLevel this[Priority priority] => priority switch
    {
        Priority.Critical => Critical,
        Priority.High => High,
        Priority.Medium => Medium,
        Priority.Low => Low,
        Priority.Planned => Planned,
        _ => throw new ArgumentOutOfRangeException(nameof(priority), priority, "Not a priority."),
    };
}
