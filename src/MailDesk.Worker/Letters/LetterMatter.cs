using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>What letters need to know beyond the request itself: the mail or the moment that caused them.</summary>
public sealed record LetterMatter
{
    /// <summary>The mail that caused the letters; null when it was time.</summary>
    public IncomingMail? Cause { get; init; }

    /// <summary>The words of a request that is registered now; null in letters about one that was before.</summary>
    public RequestWords? Request { get; init; }

    /// <summary>The engineer who wrote; null when a client did, or time acted.</summary>
    public Engineer? Author { get; init; }

    /// <summary>The engineer's text without commands.</summary>
    public string? Words { get; init; }

    public IReadOnlyList<MissingPart> Missing { get; init; } = [];

    public Priority? ClaimedPriority { get; init; }

    /// <summary>The category is what the desk made of the mail: its writer did not say it.</summary>
    public bool CategoryGuessed { get; init; }

    /// <summary>What a client has corrected; told by Corrected and ClientCorrected only.</summary>
    public CorrectionNews? Correction { get; init; }

    public HeldReason? HeldReason { get; init; }

    /// <summary>Whom <c>#accept</c> and <c>#reject</c> are to name (MAIL.md §3).</summary>
    public string? HeldWriter { get; init; }

    public IReadOnlyList<PersonChangeLine> PersonChanges { get; init; } = [];

    public PersonChangeOutcome? PersonChangeOutcome { get; init; }

    /// <summary>The name of a client's person who acted, where it is not whose mail it is; takes the place of the writer's.</summary>
    public string? Person { get; init; }

    public Priority? OldPriority { get; init; }

    public string? Reason { get; init; }

    /// <summary>The engineer who brought the request that is registered now.</summary>
    public Engineer? BroughtBy { get; init; }

    /// <summary>The request that this one was a part of, or that it has joined.</summary>
    public TicketRow? Other { get; init; }

    public string? DeliveredBy { get; init; }

    public Deadline? Deadline { get; init; }

    /// <summary>The number that it had in the other series until now (rule 8.4).</summary>
    public string? FormerNumber { get; init; }

    /// <summary>The number of the request that a complaint names (rule 8.2).</summary>
    public string? AboutNumber { get; init; }

    /// <summary>The planned work that an incident falls into.</summary>
    public PlannedOutage? PlannedWork { get; init; }

    /// <summary>The history so far, oldest first (rule 6.5).</summary>
    public IReadOnlyList<EventRow> Done { get; init; } = [];
}
