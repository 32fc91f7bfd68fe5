using MailDesk.Domain;

namespace MailDesk.Worker.Letters;

/// <summary>What letters say of a request. A due time that is null is not said; all times are UTC.</summary>
public sealed record TicketFacts
{
    /// <summary>As people write it, such as "MD-1042".</summary>
    public required string Number { get; init; }

    /// <summary>A complaint has a term in the place of category, priority and service level (rule 8.2).</summary>
    public bool IsComplaint { get; init; }

    public required TicketState State { get; init; }

    public required Category Category { get; init; }

    /// <summary>A service is to be started (rule 5.6).</summary>
    public bool StartsService { get; init; }

    public required Priority Priority { get; init; }

    public required Impact Impact { get; init; }

    public required Urgency Urgency { get; init; }

    public string? Service { get; init; }

    /// <summary>The client organisation; null for an unknown sender.</summary>
    public string? Client { get; init; }

    /// <summary>As engineers read it: name and address.</summary>
    public required string Requester { get; init; }

    /// <summary>Name of the team that it was routed to; null for everybody.</summary>
    public string? Team { get; init; }

    /// <summary>Name of the engineer in charge; null while nobody is.</summary>
    public string? Engineer { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Null once work has begun.</summary>
    public DateTimeOffset? ReactionDue { get; init; }

    /// <summary>Null for priority 5 (rule 4.2) and while the time stands still.</summary>
    public DateTimeOffset? ExecutionDue { get; init; }

    /// <summary>The term of a complaint, or the date that was promised; null once it has passed.</summary>
    public DateTimeOffset? TermDue { get; init; }

    /// <summary>When the applicant of a complaint hears of it at the latest (rule 8.3).</summary>
    public DateTimeOffset? ProgressDue { get; init; }

    /// <summary>Until when a question can be answered (rule 6.5).</summary>
    public DateTimeOffset? ClientAnswerDue { get; init; }

    /// <summary>Until when a completion can be objected to (rule 7.2).</summary>
    public DateTimeOffset? ConfirmationDue { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary>Numbers of related requests; clients are never told.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The number of the request that this one has joined.</summary>
    public string? MergedInto { get; init; }
}
