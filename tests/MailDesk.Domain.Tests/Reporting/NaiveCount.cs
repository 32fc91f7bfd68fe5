using MailDesk.Domain.Reporting;

namespace MailDesk.Domain.Tests.Reporting;

/// <summary>
/// Counts a month from nothing but the events, as one would by hand: minute by minute, with the state written down for each. Slow and plain,
/// and it shares no line with what it checks. All moments of the generated months are whole minutes.
/// </summary>
internal sealed class NaiveCount
{
    private static readonly DateTimeOffset Zero = Sample.At("2026-09-20 00:00");
    private static readonly bool[] Working = [.. Enumerable.Range(0, 130 * 24 * 60).Select(m => IsWorking(Zero.AddMinutes(m).ToOffset(TimeSpan.FromHours(3))))];

    public int Registered, CarriedOver, Completed, Open, Reopened, HeldCame, HeldAccepted, HeldRejected, HeldWaiting;
    public Tally Reaction = new(0, 0, 0), Execution = new(0, 0, 0);
    public readonly List<TimeSpan> ReactionTimes = [], ExecutionTimes = [];
    public readonly SortedDictionary<string, int> Outcomes = new(StringComparer.Ordinal);
    public readonly List<int> Missed = [];

    public NaiveCount(IEnumerable<ReportedTicket> tickets, DateTimeOffset from, DateTimeOffset to, SupportPolicy policy)
    {
        foreach (var ticket in tickets.Where(t => t.Kind is TicketKind.Request)) Count(ticket, from, to, policy);
    }

    private void Count(ReportedTicket ticket, DateTimeOffset from, DateTimeOffset to, SupportPolicy policy)
    {
        var held = string.Equals(ticket.Events[0].Event.To, "Held", StringComparison.Ordinal);
        var arrived = held || ticket.Events[0].At < ticket.RegisteredAt ? ticket.Events[0].At : ticket.RegisteredAt;
        if (arrived >= to) return;
        var state = StateAt(ticket, to);
        if (held && arrived >= from)
        {
            HeldCame++;
            if (state is "Held") HeldWaiting++;
            else if (state is "Rejected") HeldRejected++;
            else HeldAccepted++;
        }

        if (state is "Held" or "Rejected") return;
        if (In(ticket.RegisteredAt)) Registered++;
        var before = arrived < from ? StateAt(ticket, from) : "";
        if (IsOpen(before)) CarriedOver++;
        if (IsOpen(state)) Open++;
        Reopened += ticket.Events.Count(e => e.Event.Kind == TicketEventKind.Reopened && In(e.At));
        var completed = CompletedAt(ticket, to);
        if (completed is { } at && In(at))
        {
            Completed++;
            var outcome = ticket.Events.Last(e => e.Event.Kind == TicketEventKind.Completed && e.At < to).Event.To!;
            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        }

        if (ticket.DuringPlannedWork) return;
        var wasServed = before is not ("" or "Held" or "Rejected");
        Reaction = Add(Reaction, wasServed ? ReactionOf(ticket, from, policy) : 0, ReactionOf(ticket, to, policy), ticket.Number);
        Execution = Add(Execution, wasServed ? ExecutionOf(ticket, from, policy).Verdict : 0, ExecutionOf(ticket, to, policy).Verdict, ticket.Number);
        if (ReactedAt(ticket, to) is { } reacted && In(reacted)) ReactionTimes.Add(TimeSpan.FromMinutes(Minutes(ticket, to, ticket.RegisteredAt, reacted)));
        if (completed is { } done && In(done)) ExecutionTimes.Add(TimeSpan.FromMinutes(ExecutionOf(ticket, to, policy).Minutes));

        bool In(DateTimeOffset moment) => moment >= from && moment < to;
    }

    /// <param name="now">0 none, 1 running, 2 met, 3 missed.</param>
    private Tally Add(Tally tally, int before, int now, int number)
    {
        if (now == before && now != 1) return tally;
        if (now == 3) Missed.Add(number);
        return now switch
        {
            1 => tally with { Running = tally.Running + 1 },
            2 => tally with { Met = tally.Met + 1 },
            3 => tally with { Missed = tally.Missed + 1 },
            _ => tally,
        };
    }

    private static int ReactionOf(ReportedTicket ticket, DateTimeOffset at, SupportPolicy policy)
    {
        var level = policy.Levels[PriorityAt(ticket, at)];
        var reacted = ReactedAt(ticket, at);
        var over = IsOver(ticket, at, level.Reaction, ticket.RegisteredAt, reacted ?? at, _ => true);
        return over ? 3 : reacted is null ? 1 : 2;
    }

    private static (int Verdict, int Minutes) ExecutionOf(ReportedTicket ticket, DateTimeOffset at, SupportPolicy policy)
    {
        var state = StateAt(ticket, at);
        var minutes = 0;
        var starts = StartsServiceAt(ticket, at);
        var changes = ticket.Events.Where(e => e.Event.Kind == TicketEventKind.StateChanged && e.At < at).ToList();
        for (var i = -1; i < changes.Count; i++)
        {
            var (begins, now) = i < 0 ? (ticket.RegisteredAt, "Registered") : (changes[i].At, changes[i].Event.To!);
            if (now is "WaitingForClient" or "Completed" or "Closed" or "Held" or "Rejected" || (now is "WaitingForThirdParty" && policy.ThirdPartyPauses)) continue;
            minutes += Between(begins, i + 1 < changes.Count ? changes[i + 1].At : at, starts);
        }

        if (policy.Levels[PriorityAt(ticket, at)].Execution is not { } limit) return (0, minutes);
        var over = IsOver(ticket, at, limit, ticket.RegisteredAt, at, moment => StateAt(ticket, moment.AddTicks(1)) is "Registered" or "InProgress"
            || (StateAt(ticket, moment.AddTicks(1)) is "WaitingForThirdParty" && !policy.ThirdPartyPauses));
        return (over ? 3 : IsOpen(state) ? 1 : 2, minutes);
    }

    /// <summary>Walks the minutes; over where one more running minute begins after the limit is used up.</summary>
    private static bool IsOver(ReportedTicket ticket, DateTimeOffset at, TimeSpan limit, DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, bool> runs)
    {
        var (left, starts) = ((int)limit.TotalMinutes, StartsServiceAt(ticket, at));
        var moments = ticket.Events.Select(e => e.At).ToHashSet();
        var running = runs(from);
        for (var minute = from; minute < to; minute = minute.AddMinutes(1))
        {
            if (moments.Contains(minute)) running = runs(minute);
            if (!running) continue;
            if (left == 0) return true;
            if (!starts || Working[Index(minute)]) left--;
        }
        return false;
    }

    private static int Minutes(ReportedTicket ticket, DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) => Between(from, to, StartsServiceAt(ticket, at));

    private static int Between(DateTimeOffset from, DateTimeOffset to, bool workingTime) =>
        workingTime ? Working.AsSpan(Index(from), Index(to) - Index(from)).Count(true) : (int)(to - from).TotalMinutes;

    private static string StateAt(ReportedTicket ticket, DateTimeOffset at) =>
        ticket.Events.LastOrDefault(e => e.Event.Kind == TicketEventKind.StateChanged && e.At < at).Event?.To ?? ticket.Events[0].Event.To!;

    private static bool IsOpen(string state) => state is "Registered" or "InProgress" or "WaitingForClient" or "WaitingForThirdParty";

    private static DateTimeOffset? ReactedAt(ReportedTicket ticket, DateTimeOffset at) =>
        ticket.Events.Where(e => e.Event.Kind == TicketEventKind.Reacted && e.At < at).Select(e => (DateTimeOffset?)e.At).FirstOrDefault();

    private static DateTimeOffset? CompletedAt(ReportedTicket ticket, DateTimeOffset at)
    {
        var since = ticket.Events.Where(e => e.At < at).Select(e => e.Event.Kind).ToList().LastIndexOf(TicketEventKind.Reopened);
        return ticket.Events.Skip(since + 1).Where(e => e.Event.Kind == TicketEventKind.Completed && e.At < at).Select(e => (DateTimeOffset?)e.At).FirstOrDefault();
    }

    private static Priority PriorityAt(ReportedTicket ticket, DateTimeOffset at)
    {
        var changes = ticket.Events.Where(e => e.Event.Kind == TicketEventKind.PriorityChanged).ToList();
        var before = changes.Where(e => e.At < at).ToList();
        return before.Count > 0 ? Enum.Parse<Priority>(before[^1].Event.To!) : changes.Count > 0 ? Enum.Parse<Priority>(changes[0].Event.From!) : ticket.Priority;
    }

    private static bool StartsServiceAt(ReportedTicket ticket, DateTimeOffset at)
    {
        var changes = ticket.Events.Where(e => e.Event.Kind == TicketEventKind.CategoryChanged).ToList();
        var before = changes.Where(e => e.At < at).ToList();
        return before.Count > 0 ? before[^1].Event.To!.Contains("StartsService", StringComparison.Ordinal)
            : changes.Count > 0 ? changes[0].Event.From!.Contains("StartsService", StringComparison.Ordinal)
            : ticket.StartsService;
    }

    private static int Index(DateTimeOffset at) => (int)(at - Zero).TotalMinutes;

    /// <summary>7 November, 25 December and 1 January are the holidays of these months.</summary>
    private static bool IsWorking(DateTimeOffset minsk) => minsk.Hour is >= 9 and < 18
        && minsk.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && (minsk.Month, minsk.Day) is not ((11, 7) or (12, 25) or (1, 1) or (1, 2) or (1, 7));
}
