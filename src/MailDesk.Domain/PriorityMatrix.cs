namespace MailDesk.Domain;

/// <summary>The table of rule 4.1: what a request does to the client's business, and how soon, gives its priority.</summary>
public static class PriorityMatrix
{
    /// <summary>The highest priority of a request that is no incident (rule 4.1: the cells above it are headed "incidents").</summary>
    public const Priority HighestWithoutIncident = Priority.Medium;

    public static Priority Of(Impact impact, Urgency urgency) => (impact, urgency) switch
    {
        (Impact.ServiceDown, Urgency.High) => Priority.Critical,
        (Impact.ServiceDown, Urgency.Normal) => Priority.High,
        (Impact.ServiceDown, Urgency.Low) => Priority.Medium,

        (Impact.MajorLoss, Urgency.High) => Priority.High,
        (Impact.MajorLoss, Urgency.Normal) => Priority.Medium,
        (Impact.MajorLoss, Urgency.Low) => Priority.Low,

        (Impact.MinorLoss, Urgency.High) => Priority.Medium,
        (Impact.MinorLoss, Urgency.Normal) => Priority.Low,
        (Impact.MinorLoss, Urgency.Low) => Priority.Planned,

        (Impact.Planned, Urgency.High) => Priority.Low,
        (Impact.Planned, Urgency.Normal) => Priority.Planned,
        (Impact.Planned, Urgency.Low) => Priority.Planned,

        _ => throw new ArgumentOutOfRangeException(nameof(impact), (impact, urgency), "Not a cell of the matrix."),
    };

    /// <summary>Only an incident can be Critical or High.</summary>
    public static bool Allows(Category category, Priority priority) =>
        category is Category.Incident || priority >= HighestWithoutIncident;

    /// <summary>The claim itself, or the highest priority that the category can have where the claim is above it.</summary>
    public static Priority Limit(Category category, Priority claim) =>
        Allows(category, claim) ? claim : HighestWithoutIncident;
}
