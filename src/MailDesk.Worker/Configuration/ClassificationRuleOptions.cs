using MailDesk.Domain;

namespace MailDesk.Worker.Configuration;

/// <summary>Where a classification rule looks.</summary>
public enum ClassificationField
{
    Both,
    Subject,
    Text,
}

/// <summary>When the pattern matches, the rule says what else it holds (rule 3.1). For each fact the first rule that says it wins.</summary>
public sealed class ClassificationRuleOptions
{
    /// <summary>A .NET regular expression without look-around and back-references; letter case does not matter.</summary>
    public string Pattern { get; init; } = "";

    public ClassificationField In { get; init; }

    public Category? Category { get; init; }

    public Impact? Impact { get; init; }

    public Urgency? Urgency { get; init; }

    public string? Service { get; init; }

    /// <summary>A service is to be started (rule 5.6); the category is then a service change.</summary>
    public bool StartsService { get; init; }
}
