using MailDesk.Domain;

namespace MailDesk.Worker.Letters;

/// <summary>What letters say of a request. A due time that is null is not said; all times are UTC.</summary>
public sealed record TicketFacts
{
    /// <summary>As people write it, such as "MD-1042".</summary>
    public required string Number { get; init; }

    public required TicketState State { get; init; }

    public required Category Category { get; init; }

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

    /// <summary>Until when a question can be answered (rule 6.5).</summary>
    public DateTimeOffset? ClientAnswerDue { get; init; }

    /// <summary>Until when a completion can be objected to (rule 7.2).</summary>
    public DateTimeOffset? ConfirmationDue { get; init; }

    public Outcome? Outcome { get; init; }
}
