using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MailDesk.Domain;

/// <summary>One arrow of the state diagram.</summary>
/// <param name="Rule">The clause that draws it.</param>
public sealed record Transition(TicketState From, TicketState To, string Rule);

/// <summary>
/// The arrows of the state diagram in one table; what is not here does not happen. A request begins as Registered or Held.
/// </summary>
public static class TransitionTable
{
    public static ImmutableArray<Transition> Arrows { get; } =
    [
        //  from                             to                               rule
        new(TicketState.Held,                 TicketState.Registered,           "5.7"), // an engineer accepts it
        new(TicketState.Held,                 TicketState.Rejected,             "5.7"), // an engineer drops it

        new(TicketState.Registered,           TicketState.InProgress,           "6.1"), // an engineer takes it or answers
        new(TicketState.InProgress,           TicketState.WaitingForClient,     "6.5"), // an engineer asks
        new(TicketState.WaitingForClient,     TicketState.InProgress,           "6.5"), // the client answers, or an engineer goes on without
        new(TicketState.InProgress,           TicketState.WaitingForThirdParty, "6.7"), // an engineer says for whom it waits
        new(TicketState.WaitingForThirdParty, TicketState.InProgress,           "6.7"), // an engineer goes on

        new(TicketState.Registered,           TicketState.Completed,            "7.1"), // the answer was delivered: from every open state
        new(TicketState.InProgress,           TicketState.Completed,            "7.1"),
        new(TicketState.WaitingForClient,     TicketState.Completed,            "7.1"), // or the client's term has passed (6.5)
        new(TicketState.WaitingForThirdParty, TicketState.Completed,            "7.1"),

        new(TicketState.Completed,            TicketState.InProgress,           "7.1"), // objection
        new(TicketState.Completed,            TicketState.Closed,               "7.2"), // confirmation, or two working days

        new(TicketState.Registered,           TicketState.Closed,               "5.5"), // it joins another request: from every open state, and from Completed
        new(TicketState.InProgress,           TicketState.Closed,               "5.5"),
        new(TicketState.WaitingForClient,     TicketState.Closed,               "5.5"),
        new(TicketState.WaitingForThirdParty, TicketState.Closed,               "5.5"),
    ];

    private static FrozenSet<(TicketState From, TicketState To)> Pairs { get; } = Arrows.Select(a => (a.From, a.To)).ToFrozenSet();

    public static bool Allows(TicketState from, TicketState to) => Pairs.Contains((from, to));

    /// <summary>No arrow leaves it.</summary>
    public static bool IsFinal(TicketState state) => Arrows.All(a => a.From != state);
}
