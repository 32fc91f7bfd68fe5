using System.Collections.Immutable;
using MailDesk.Domain;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Storage;

/// <summary>A request with its number, its people and its conversation. The part that the rules decide on is <see cref="State"/> in whole.</summary>
public sealed class TicketRow
{
    public int Id { get; set; }

    public TicketKind Kind { get; set; }

    /// <summary>Within the series of its kind (rule 8.2).</summary>
    public int Number { get; set; }

    /// <summary>Kind and number: what people write.</summary>
    public TicketNumber FullNumber => new(Kind, Number);

    /// <summary>Raised with every change: a second writer notices and decides again.</summary>
    public int Version { get; set; }

    public TicketState State { get; set; }

    public Category Category { get; set; }

    public bool StartsService { get; set; }

    public Impact Impact { get; set; }

    public Urgency Urgency { get; set; }

    public Priority Priority { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }

    public string? Engineer { get; set; }

    public DateTimeOffset? ReactedAt { get; set; }

    public DateTimeOffset? PausedSince { get; set; }

    public TimeSpan Paused { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public Outcome? Outcome { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public ClosingReason? ClosingReason { get; set; }

    public int ReopenedCount { get; set; }

    public bool CategoryByEngineer { get; set; }

    public bool PriorityByEngineer { get; set; }

    public DateTimeOffset? PromisedAt { get; set; }

    public DateTimeOffset? TermFrom { get; set; }

    public DateTimeOffset? ToldAt { get; set; }

    public bool TermMissed { get; set; }

    public bool ReactionMissed { get; set; }

    public bool ExecutionMissed { get; set; }

    public ImmutableArray<Deadline> Deadlines { get; set; } = [];

    /// <summary>The earliest of <see cref="Deadlines"/>: what the schedule looks for.</summary>
    public DateTimeOffset? NextDeadlineAt { get; set; }

    /// <summary>The client's own subject, without tags and Re:.</summary>
    public required string Subject { get; set; }

    /// <summary>Name of the client in the directory; null for a stranger.</summary>
    public string? Client { get; set; }

    public string? Service { get; set; }

    /// <summary>Name of the team in the directory that it was routed to; null for everybody.</summary>
    public string? Team { get; set; }

    public required string RequesterAddress { get; set; }

    public string? RequesterName { get; set; }

    /// <summary>The requester has been on the client's list: who leaves the list leaves the request. False for whom an engineer let in.</summary>
    public bool RequesterListed { get; set; }

    /// <summary>ru, en or be.</summary>
    public required string Language { get; set; }

    /// <summary>The mailbox that it came to; letters go out from there.</summary>
    public required string Mailbox { get; set; }

    /// <summary>Message-IDs of the conversation with the client, oldest first, as References names them.</summary>
    public ImmutableArray<string> Thread { get; set; } = [];

    /// <summary>An incident of a service in its planned unavailability: reports count it apart.</summary>
    public bool DuringPlannedWork { get; set; }

    /// <summary>The closed request that this one answers (rule 7.3), a number of the same kind; null for a request of its own.</summary>
    public int? Follows { get; set; }

    /// <summary>Which way it came in.</summary>
    public RequestOrigin Origin { get; set; }

    /// <summary>The request that it joined, where its mail goes from then on (rule 5.5).</summary>
    public TicketRow? MergedInto { get; set; }

    public int? MergedIntoId { get; set; }

    /// <summary>Related requests; each of a pair has the other one.</summary>
    public List<LinkRow> Links { get; set; } = [];

    /// <summary>The kind of <see cref="Follows"/> where this one was moved to the other series since (rule 8.4).</summary>
    public TicketKind? FollowsKind { get; set; }

    /// <summary>Its number in the other series, when it was moved (rule 8.4): letters with it still find their way.</summary>
    public int? FormerNumber { get; set; }

    /// <summary>The request that a complaint names (rule 8.2), of the same client.</summary>
    public TicketRow? About { get; set; }

    public int? AboutId { get; set; }

    public List<ParticipantRow> Participants { get; set; } = [];

    public Ticket ToTicket() => new()
    {
        Kind = Kind,
        State = State,
        Category = Category,
        StartsService = StartsService,
        Impact = Impact,
        Urgency = Urgency,
        Priority = Priority,
        RegisteredAt = RegisteredAt,
        Engineer = Engineer,
        ReactedAt = ReactedAt,
        PausedSince = PausedSince,
        Paused = Paused,
        CompletedAt = CompletedAt,
        Outcome = Outcome,
        ClosedAt = ClosedAt,
        ClosingReason = ClosingReason,
        ReopenedCount = ReopenedCount,
        CategoryByEngineer = CategoryByEngineer,
        PriorityByEngineer = PriorityByEngineer,
        PromisedAt = PromisedAt,
        TermFrom = TermFrom,
        ToldAt = ToldAt,
        TermMissed = TermMissed,
        ReactionMissed = ReactionMissed,
        ExecutionMissed = ExecutionMissed,
        Deadlines = Deadlines,
    };

    public void Take(Ticket ticket)
    {
        Version++;
        Kind = ticket.Kind;
        State = ticket.State;
        Category = ticket.Category;
        StartsService = ticket.StartsService;
        Impact = ticket.Impact;
        Urgency = ticket.Urgency;
        Priority = ticket.Priority;
        RegisteredAt = ticket.RegisteredAt;
        Engineer = ticket.Engineer;
        ReactedAt = ticket.ReactedAt;
        PausedSince = ticket.PausedSince;
        Paused = ticket.Paused;
        CompletedAt = ticket.CompletedAt;
        Outcome = ticket.Outcome;
        ClosedAt = ticket.ClosedAt;
        ClosingReason = ticket.ClosingReason;
        ReopenedCount = ticket.ReopenedCount;
        CategoryByEngineer = ticket.CategoryByEngineer;
        PriorityByEngineer = ticket.PriorityByEngineer;
        PromisedAt = ticket.PromisedAt;
        TermFrom = ticket.TermFrom;
        ToldAt = ticket.ToldAt;
        TermMissed = ticket.TermMissed;
        ReactionMissed = ticket.ReactionMissed;
        ExecutionMissed = ticket.ExecutionMissed;
        Deadlines = ticket.Deadlines;
        NextDeadlineAt = ticket.Deadlines.IsEmpty ? null : ticket.Deadlines.Min(deadline => deadline.DueAt);
    }
}

/// <summary>A colleague of the requester who takes part in the conversation (MAIL.md §3).</summary>
public sealed class ParticipantRow
{
    public int TicketId { get; set; }

    public required string Address { get; set; }

    public string? Name { get; set; }

    /// <summary>As <see cref="TicketRow.RequesterListed"/>.</summary>
    public bool Listed { get; set; }
}

/// <summary>One direction of the tie between two requests (rule 5.5).</summary>
public sealed class LinkRow
{
    public int TicketId { get; set; }

    public TicketRow? Other { get; set; }

    public int OtherId { get; set; }
}

/// <summary>One line of the append-only history (rules 6.3, 6.4).</summary>
public sealed class EventRow
{
    public int Id { get; set; }

    public TicketRow? Ticket { get; set; }

    public int TicketId { get; set; }

    public DateTimeOffset At { get; set; }

    public TicketEventKind Kind { get; set; }

    /// <summary>An address, or "desk" when it was time that acted.</summary>
    public required string Actor { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>The writer's words of why or how.</summary>
    public string? Detail { get; set; }

    /// <summary>The mail that caused it; null when it was time.</summary>
    public MailRow? Mail { get; set; }

    public int? MailId { get; set; }
}

/// <summary>The last number given in a series.</summary>
public sealed class SeriesRow
{
    public TicketKind Kind { get; set; }

    public int Last { get; set; }
}
