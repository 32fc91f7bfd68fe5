namespace MailDesk.Domain.Reporting;

/// <summary>
/// Counts a period. What always holds:
/// everything is read from the histories, up to the period's end or now: a report made later says the same;
/// a verdict on a term is counted in the one period in which it fell, and again only where it has changed since (a level changed, an objection);
/// held mail, changes of persons, merged requests and requests in planned unavailability are in figures of their own;
/// the work is linear in the events.
/// </summary>
public static class FigureCount
{
    /// <param name="tickets">At least all that were open at some moment of the period or came in it; others change nothing.</param>
    /// <param name="client">Counts this client's only; null for all.</param>
    /// <param name="now">UTC; ends a period that still runs.</param>
    public static ReportFigures Of(ReportPeriod period, IEnumerable<ReportedTicket> tickets, SupportPolicy policy, DateTimeOffset now, string? client = null)
    {
        var countedTo = now < period.To ? now : period.To;
        var cases = tickets
            .Where(t => client is null || string.Equals(t.Client, client, StringComparison.Ordinal))
            .OrderBy(t => t.Kind).ThenBy(t => t.Number)
            .Select(t => ReportCase.Of(t, period, countedTo, policy))
            .OfType<ReportCase>()
            .ToList();
        var served = cases.Where(c => c.IsServed).ToList();
        var requests = served.Where(c => c.Ticket.Kind is TicketKind.Request).ToList();
        var complaints = served.Where(c => c.Ticket.Kind is TicketKind.Complaint).ToList();
        var measured = requests.Where(c => !c.Ticket.DuringPlannedWork).ToList();

        return new()
        {
            Period = period,
            CountedTo = countedTo,
            Client = client,
            Requests = VolumeOf(requests),
            ByCategory = [.. Enum.GetValues<Category>().Select(category => new VolumeRow<Category>(category, VolumeOf(requests.Where(c => c.End.Category == category))))],
            ByPriority = [.. Enum.GetValues<Priority>().Select(priority => new VolumeRow<Priority>(priority, VolumeOf(requests.Where(c => c.End.Priority == priority))))],
            ByClient = [.. requests.Where(c => c.IsReported).GroupBy(c => c.Ticket.Client ?? "", StringComparer.Ordinal)
                .Select(group => new VolumeRow<string>(group.Key, VolumeOf(group)))
                .OrderByDescending(row => row.Volume.Registered).ThenByDescending(row => row.Volume.CarriedOver).ThenBy(row => row.Key, StringComparer.Ordinal)],
            ByOutcome = [.. Enum.GetValues<Outcome>().Select(outcome => (outcome, requests.Count(c => c.IsCompleted && c.End.Outcome == outcome)))],
            Reopened = requests.Sum(c => c.Reopened),
            Merged = served.Count(c => c.IsMerged),
            Levels = [.. Enum.GetValues<Priority>().Select(priority => new LevelRow(priority, LevelsOf(measured.Where(c => c.End.Priority == priority))))],
            OfNew = LevelsOf(measured.Where(c => c.IsRegistered)),
            OfCarriedOver = LevelsOf(measured.Where(c => !c.IsRegistered)),
            ReactionTimes = TimesOf(measured.Where(c => c.HasReacted).Select(c => c.AtEnd.ReactionTime)),
            ExecutionTimes = TimesOf(measured.Where(c => c.IsCompleted).Select(c => c.AtEnd.ExecutionTime)),
            InPlannedWork = requests.Count(c => c.IsRegistered && c.Ticket.DuringPlannedWork),
            OfPlannedWork = LevelsOf(requests.Where(c => c.Ticket.DuringPlannedWork)),
            Held = HeldOf(cases.Where(c => !c.ChangesPersons), c => c.IsServed),
            PersonChanges = HeldOf(cases.Where(c => c.ChangesPersons), c => c.End.Closing is ClosingReason.Settled),
            Complaints = VolumeOf(complaints),
            ComplaintTerms = TallyOf(complaints.Select(c => c.Term)),
            Misses = [.. served.SelectMany(c => c.Misses)],
            Lines = [.. served.Where(c => c.IsReported).Select(c => c.Line)],
        };
    }

    private static Volume VolumeOf(IEnumerable<ReportCase> cases)
    {
        var (carried, registered, completed, open) = (0, 0, 0, 0);
        foreach (var one in cases)
        {
            carried += one.IsCarriedOver ? 1 : 0;
            registered += one.IsRegistered ? 1 : 0;
            completed += one.IsCompleted ? 1 : 0;
            open += one.End.IsOpen ? 1 : 0;
        }
        return new(carried, registered, completed, open);
    }

    private static LevelTally LevelsOf(IEnumerable<ReportCase> cases)
    {
        var all = cases.ToList();
        return new(TallyOf(all.Select(c => c.Reaction)), TallyOf(all.Select(c => c.Execution)));
    }

    private static Tally TallyOf(IEnumerable<LevelVerdict> verdicts)
    {
        var count = verdicts.CountBy(v => v).ToDictionary();
        return new(count.GetValueOrDefault(LevelVerdict.Met), count.GetValueOrDefault(LevelVerdict.Missed), count.GetValueOrDefault(LevelVerdict.Running));
    }

    private static TimesRow TimesOf(IEnumerable<TimeSpan?> times)
    {
        var sorted = times.OfType<TimeSpan>().Order().ToArray();
        if (sorted.Length == 0)
            return new(0, null, null);
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new(sorted.Length, median, sorted[(((sorted.Length * 95) + 99) / 100) - 1]);
    }

    private static HeldMail HeldOf(IEnumerable<ReportCase> cases, Func<ReportCase, bool> accepted)
    {
        var held = cases.Where(c => c.CameAsHeld).ToList();
        return new(held.Count, held.Count(accepted), held.Count(c => c.End.State is TicketState.Rejected), held.Count(c => c.End.State is TicketState.Held));
    }
}
