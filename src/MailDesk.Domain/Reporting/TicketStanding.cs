using System.Collections.Immutable;

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

    /// <summary>When the last objection put it back to work; null where there was none.</summary>
    public DateTimeOffset? ReopenedAt { get; init; }

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
        TicketEventKind.Reopened => this with { CompletedAt = null, Outcome = null, ReopenedAt = at },
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

    private static T Read<T>(string? name, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) ? value : otherwise;
}
