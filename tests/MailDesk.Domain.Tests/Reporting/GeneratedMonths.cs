using MailDesk.Domain.Reporting;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests.Reporting;

/// <summary>Tickets that lived random lives through the decider from October to January, with their histories and how they stood at some moments.</summary>
internal sealed class GeneratedMonths
{
    private static readonly string?[] Clients = ["Ромашка", "Василёк", null];

    private readonly Random _random;
    private readonly SupportPolicy _policy;

    /// <param name="moments">When to keep what the decider says of each ticket.</param>
    /// <param name="oneCalendar">Leaves out what moves a ticket to another calendar: the decider keeps only the sum of its pauses.</param>
    public GeneratedMonths(int seed, SupportPolicy policy, int count, IReadOnlyList<DateTimeOffset> moments, bool oneCalendar)
    {
        (_random, _policy) = (new Random(seed), policy);
        for (var number = 1; number <= count; number++) Tickets.Add(Live(number, moments, oneCalendar));
    }

    public List<(ReportedTicket Reported, Dictionary<DateTimeOffset, Ticket> Snapshots)> Tickets { get; } = [];

    public IEnumerable<ReportedTicket> Reported => Tickets.Select(t => t.Reported);

    private (ReportedTicket, Dictionary<DateTimeOffset, Ticket>) Live(int number, IReadOnlyList<DateTimeOffset> moments, bool oneCalendar)
    {
        var now = Sample.At("2026-10-01 00:00").AddMinutes(_random.Next(0, 100 * 24 * 60));
        var registered = TicketDecider.Register(
            new(
                _random.Next(8) == 0 ? TicketKind.Complaint : TicketKind.Request,
                Any<Category>(),
                StartsService: !oneCalendar && _random.Next(4) == 0,
                Any<Impact>(),
                Any<Urgency>(),
                _random.Next(3) == 0 ? Any<Priority>() : null,
                now.AddMinutes(-_random.Next(0, 3) * _random.Next(0, 300)),
                Held: _random.Next(5) == 0),
            _policy,
            now);
        List<(DateTimeOffset, TicketEvent)> events = [.. registered.Events.Select(e => (now, e))];
        Dictionary<DateTimeOffset, Ticket> snapshots = [];
        var ticket = registered.Ticket;
        var end = Sample.At("2027-01-20 00:00");
        while (!ticket.IsFinal && now < end)
        {
            TicketAction action;
            var before = now;
            if (ticket.Deadlines.FirstOrDefault() is { } next && _random.Next(2) == 0)
                (now, action) = (next.DueAt > now ? next.DueAt : now, new DeadlinePassed(next.Kind));
            else
                (now, action) = (now.AddMinutes(_random.Next(4) == 0 ? _random.Next(9000) : _random.Next(90)), AnyAction(oneCalendar));
            foreach (var moment in moments.Where(m => m > before && m <= now)) snapshots[moment] = ticket;
            if (TicketDecider.Decide(ticket, action, _policy, now) is not TicketDecision decision) continue;
            events.AddRange(decision.Events.Select(e => (now, e)));
            ticket = decision.Ticket;
        }
        foreach (var moment in moments.Where(m => m > now)) snapshots[moment] = ticket;

        return (new(ticket.Kind, number, $"Subject {number}", Clients[_random.Next(3)], ticket.Category, ticket.StartsService, ticket.Priority, ticket.RegisteredAt, _random.Next(12) == 0, events), snapshots);
    }

    private TicketAction AnyAction(bool oneCalendar) => _random.Next(18) switch
    {
        0 or 1 => new Take(Sample.Anna),
        2 => new Assign(Sample.Anna, Sample.Boris),
        3 => new Answer(Sample.Boris),
        4 => new Ask(Sample.Anna),
        5 => new WaitForThirdParty(Sample.Anna, "vendor"),
        6 or 7 => new Complete(Sample.Boris, Any<Outcome>()),
        8 => new ChangePriority(Sample.Anna, Any<Priority>()),
        9 => new ChangeCategory(Sample.Anna, Any<Category>(), !oneCalendar && _random.Next(2) == 0),
        10 => new Accept(Sample.Anna),
        11 => new Reject(Sample.Anna, null),
        12 => new Note(Sample.Boris),
        _ => new ClientWrites(Sample.Client, _random.Next(3) == 0 ? ClientWords.Confirmation : ClientWords.Text),
    };

    private T Any<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return values[_random.Next(values.Length)];
    }
}
