using MailDesk.Domain;

namespace MailDesk.Worker.Intake;

/// <summary>What was said or found out of a request, each with its source. The first that says a fact wins: a later one changes nothing.</summary>
public sealed class Claims
{
    private readonly List<string> _sources = [];

    public Category? Category { get; private set; }

    /// <summary>A service is to be started (rule 5.6): said together with the category.</summary>
    public bool StartsService { get; private set; }

    public Impact? Impact { get; private set; }

    public Urgency? Urgency { get; private set; }

    public Priority? Priority { get; private set; }

    public string? Service { get; private set; }

    public string? Organisation { get; private set; }

    /// <summary>For the record, such as "category: tag, urgency: header"; null when nothing was said. What it does not name was shipped words or the default.</summary>
    public string? Sources => _sources.Count == 0 ? null : string.Join(", ", _sources);

    /// <summary>Whether anything is said that a correction can change (rules 3.1, 5.9).</summary>
    public bool Classify => Category is not null || Impact is not null || Urgency is not null || Priority is not null;

    public bool Say(Category? category, string source)
    {
        if (category is null) return false;
        if (Category is null) Note(nameof(Category), source);
        Category ??= category;
        return true;
    }

    /// <summary>Starting a service changes what the client is served with (rules 3.1, 5.6).</summary>
    public void SayStart(string source)
    {
        if (Category is not null) return;
        StartsService = true;
        Say(Domain.Category.ServiceChange, source);
    }

    public bool Say(Impact? impact, string source)
    {
        if (impact is null) return false;
        if (Impact is null) Note(nameof(Impact), source);
        Impact ??= impact;
        return true;
    }

    public bool Say(Urgency? urgency, string source)
    {
        if (urgency is null) return false;
        if (Urgency is null) Note(nameof(Urgency), source);
        Urgency ??= urgency;
        return true;
    }

    public bool Say(Priority? priority, string source)
    {
        if (priority is null) return false;
        if (Priority is null) Note(nameof(Priority), source);
        Priority ??= priority;
        return true;
    }

    public bool SayService(string? service, string source)
    {
        if (service is null) return false;
        if (Service is null) Note(nameof(Service), source);
        Service ??= service;
        return true;
    }

    public bool SayOrganisation(string? organisation)
    {
        Organisation ??= organisation;
        return organisation is not null;
    }

    private void Note(string fact, string source) => _sources.Add($"{fact.ToLowerInvariant()}: {source}");
}
