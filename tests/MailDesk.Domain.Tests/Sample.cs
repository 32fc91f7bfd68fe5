using System.Globalization;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>Sample requests, made by the decider itself. A week without holidays: Monday is 23 November 2026; times are Minsk's.</summary>
internal static class Sample
{
    public const string Anna = "anna@desk.example";
    public const string Boris = "boris@desk.example";
    public const string Client = "client@firm.example";

    public static readonly SupportPolicy Policy = new();

    public static readonly DateTimeOffset Monday = At("2026-11-23 10:00");

    public static DateTimeOffset At(string minsk) =>
        new DateTimeOffset(DateTime.Parse(minsk, CultureInfo.InvariantCulture), TimeSpan.FromHours(3)).ToUniversalTime();

    public static Registration Incident(DateTimeOffset at, Priority priority = Priority.Medium) =>
        new(TicketKind.Request, Category.Incident, StartsService: false, Impact.MinorLoss, Urgency.Normal, priority, at);

    /// <summary>An incident of priority 3, registered on Monday at ten and brought to the state, a minute a step.</summary>
    public static Ticket In(TicketState state, SupportPolicy? policy = null, Priority priority = Priority.Medium)
    {
        policy ??= Policy;
        return state switch
        {
            TicketState.Registered => TicketDecider.Register(Incident(Monday, priority), policy, Monday).Ticket,
            TicketState.Held => TicketDecider.Register(Incident(Monday, priority) with { Held = true }, policy, Monday).Ticket,
            TicketState.Rejected => After(TicketState.Held, new Reject(Anna, "unknown")),
            TicketState.InProgress => After(TicketState.Registered, new Take(Anna)),
            TicketState.WaitingForClient => After(TicketState.InProgress, new Ask(Anna)),
            TicketState.WaitingForThirdParty => After(TicketState.InProgress, new WaitForThirdParty(Anna, "vendor")),
            TicketState.Completed => After(TicketState.InProgress, new Complete(Anna, Outcome.Answered)),
            TicketState.Closed => After(TicketState.Completed, new ClientWrites(Client, ClientWords.Confirmation)),
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

        Ticket After(TicketState before, TicketAction action)
        {
            var ticket = In(before, policy, priority);
            return ticket.Decide(action, LastMoment(ticket).AddMinutes(1), policy).Ticket;
        }
    }

    /// <summary>A complaint that came on Monday at ten.</summary>
    public static Ticket Complaint(SupportPolicy? policy = null) =>
        TicketDecider.Register(Incident(Monday) with { Kind = TicketKind.Complaint }, policy ?? Policy, Monday).Ticket;

    public static TicketDecision Decide(this Ticket ticket, TicketAction action, DateTimeOffset now, SupportPolicy? policy = null) =>
        Assert.IsType<TicketDecision>(TicketDecider.Decide(ticket, action, policy ?? Policy, now));

    public static Refusal Refuse(this Ticket ticket, TicketAction action, DateTimeOffset now, SupportPolicy? policy = null) =>
        Assert.IsType<Refusal>(TicketDecider.Decide(ticket, action, policy ?? Policy, now));

    public static DateTimeOffset? Due(this Ticket ticket, DeadlineKind kind) => ticket.Deadlines.SingleOrDefault(d => d.Kind == kind)?.DueAt;

    public static DateTimeOffset LastMoment(Ticket ticket) =>
        new[] { ticket.RegisteredAt, ticket.TermFrom, ticket.ToldAt, ticket.ReactedAt, ticket.PausedSince, ticket.CompletedAt, ticket.ClosedAt }.Max()!.Value;
}
