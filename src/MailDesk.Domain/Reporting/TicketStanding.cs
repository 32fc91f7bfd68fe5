using System.Collections.Immutable;
using System.Globalization;

namespace MailDesk.Domain.Reporting;

/// <summary>How a ticket stood at a moment, read from its history: what happened at that moment or later has not happened yet.</summary>
internal sealed record TicketStanding
{
    public required TicketState State { get; init; }

    public required Category Category { get; init; }

    public required bool StartsService { get; init; }

    public required Priority Priority { get; init; }

    public string? Engineer { get; init; }

    public DateTimeOffset? ReactedAt { get; init; }

    /// <summary>When the answer that still stands was first delivered; null where an objection followed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public Outcome? Outcome { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Null while it is not closed.</summary>
    public ClosingReason? Closing { get; init; }

    /// <summary>When the term began anew, by an objection or by a move to the complaints; null where it counts from registration (rule 8.2).</summary>
    public DateTimeOffset? TermFrom { get; init; }

    /// <summary>The date that the applicant was told last, in the place of the term; null where none was.</summary>
    public DateTimeOffset? PromisedAt { get; init; }

    /// <summary>The misses of the term or of a promised date that the managers were told of, in order.</summary>
    public ImmutableArray<TermMiss> TermMisses { get; init; } = [];

    /// <param name="At">When it was told.</param>
    /// <param name="TermFrom">As the standing had it.</param>
    /// <param name="PromisedAt">As the standing had it.</param>
    public sealed record TermMiss(DateTimeOffset At, DateTimeOffset? TermFrom, DateTimeOffset? PromisedAt);

    /// <summary>Where the execution time stood still, in order; the last without an end where it does now.</summary>
    public ImmutableArray<(DateTimeOffset From, DateTimeOffset? To)> Pauses { get; init; } = [];

    /// <summary>Serves a client and is not done.</summary>
    public bool IsOpen => State is not (TicketState.Held or TicketState.Rejected or TicketState.Completed or TicketState.Closed);

    /// <returns>Null where the ticket was not there yet.</returns>
    /// <param name="pauses">Whether the execution time stands still in a state (rule 4.2).</param>
    public static TicketStanding? At(ReportedTicket ticket, DateTimeOffset moment, Func<TicketState, bool> pauses)
    {
        TicketStanding? standing = null;
        foreach (var (at, happened) in ticket.Events)
        {
            if (standing is null)
                standing = Arrival(ticket) < moment ? AtRegistration(ticket, happened) : null;
            else if (at < moment)
                standing = standing.After(happened, at, pauses);
            if (standing is null || at >= moment)
                break;
        }
        return standing;
    }

    /// <summary>When the ticket began to be there: a mail that waited while the desk was down counts from when it came (rule 4.2).</summary>
    public static DateTimeOffset Arrival(ReportedTicket ticket) => ticket.Events switch
    {
        [var (at, first), ..] => IsHeld(first) || at < ticket.RegisteredAt ? at : ticket.RegisteredAt,
        _ => ticket.RegisteredAt,
    };

    /// <summary>It was a mail of somebody who is not authorised (rule 5.7), whatever became of it.</summary>
    public static bool CameAsHeld(ReportedTicket ticket) => ticket.Events is [var (_, first), ..] && IsHeld(first);

    private static bool IsHeld(TicketEvent registered) => string.Equals(registered.To, nameof(TicketState.Held), StringComparison.Ordinal);

    /// <summary>The history does not say how a ticket was classified at first, but every change says what it was before.</summary>
    private static TicketStanding AtRegistration(ReportedTicket ticket, TicketEvent registered)
    {
        var (category, startsService) = First(TicketEventKind.CategoryChanged) is { } changed ? ReadCategory(changed) : (ticket.Category, ticket.StartsService);
        return new()
        {
            State = Read(registered.To, TicketState.Registered),
            Category = category,
            StartsService = startsService,
            Priority = Read(First(TicketEventKind.PriorityChanged), ticket.Priority),
        };

        string? First(TicketEventKind kind) => ticket.Events.Select(e => e.Event).FirstOrDefault(e => e.Kind == kind)?.From;
    }

    private TicketStanding After(TicketEvent happened, DateTimeOffset at, Func<TicketState, bool> pauses) => happened.Kind switch
    {
        TicketEventKind.StateChanged => Moved(Read(happened.To, State), at, pauses),
        TicketEventKind.Reacted => this with { ReactedAt = at },
        TicketEventKind.EngineerChanged => this with { Engineer = happened.To },
        TicketEventKind.PriorityChanged => this with { Priority = Read(happened.To, Priority) },
        TicketEventKind.CategoryChanged when ReadCategory(happened.To!) is var (category, starts) => this with { Category = category, StartsService = starts },
        TicketEventKind.Completed => this with { CompletedAt = CompletedAt ?? at, Outcome = Read(happened.To, Domain.Outcome.Answered) },
        TicketEventKind.Reopened => this with { CompletedAt = null, Outcome = null, TermFrom = at, PromisedAt = null },
        TicketEventKind.KindChanged => this with { TermFrom = at, PromisedAt = null },
        TicketEventKind.DatePromised => this with { PromisedAt = ReadMoment(happened.To) },
        TicketEventKind.DeadlineMissed when happened.To is nameof(DeadlineKind.Term) => this with { TermMisses = TermMisses.Add(new(at, TermFrom, PromisedAt)) },
        TicketEventKind.Closed => this with { ClosedAt = at, Closing = Read(happened.To, ClosingReason.TermPassed) },
        _ => this,
    };

    private TicketStanding Moved(TicketState state, DateTimeOffset at, Func<TicketState, bool> pauses)
    {
        var stands = state is TicketState.Closed || pauses(state); // what is closed was completed before
        var stood = Pauses is [.., { To: null }];
        return this with
        {
            State = state,
            Pauses = stands == stood ? Pauses : stands ? Pauses.Add((at, null)) : Pauses.SetItem(Pauses.Length - 1, (Pauses[^1].From, at)),
        };
    }

    private static (Category Category, bool StartsService) ReadCategory(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return (Read(comma < 0 ? text : text[..comma], Category.TechnicalSupport), comma >= 0);
    }

    private static DateTimeOffset? ReadMoment(string? iso) =>
        DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static T Read<T>(string? name, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) ? value : otherwise;
}
