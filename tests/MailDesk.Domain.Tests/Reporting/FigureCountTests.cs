using MailDesk.Domain.Reporting;

namespace MailDesk.Domain.Tests.Reporting;

/// <summary>The figures of generated months against two other ways of counting: by hand from the events alone, and from what the decider said.</summary>
public sealed class FigureCountTests
{
    private static readonly ReportPeriod[] Months = [.. Enumerable.Range(10, 3).Select(month => ReportPeriod.Of(new DateOnly(2026, month, 15), WorkingCalendar.Standard))];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void The_figures_are_those_that_a_count_by_hand_gives(int seed, bool thirdPartyPauses)
    {
        var policy = new SupportPolicy { ThirdPartyPauses = thirdPartyPauses };
        var lives = new GeneratedMonths(seed, policy, 300, [], oneCalendar: false);

        foreach (var month in Months)
        {
            var figures = FigureCount.Of(month, lives.Reported, policy, Sample.At("2027-02-01 00:00"));
            var byHand = new NaiveCount(lives.Reported, month.From, month.To, policy);

            Assert.Equal(new Volume(byHand.CarriedOver, byHand.Registered, byHand.Completed, byHand.Open), figures.Requests);
            Assert.Equal(byHand.Reaction, figures.OfNew.Reaction + figures.OfCarriedOver.Reaction);
            Assert.Equal(byHand.Execution, figures.OfNew.Execution + figures.OfCarriedOver.Execution);
            Assert.Equal(byHand.Reopened, figures.Reopened);
            Assert.Equal(new HeldMail(byHand.HeldCame, byHand.HeldAccepted, byHand.HeldRejected, byHand.HeldWaiting), RequestsOnly(figures, lives, month).Held);
            Assert.Equal(byHand.Outcomes, figures.ByOutcome.Where(o => o.Count > 0).ToDictionary(o => o.Outcome.ToString(), o => o.Count));
            Assert.Equal(byHand.Missed.Order(), figures.Misses.Where(m => m.Kind is TicketKind.Request && !m.DuringPlannedWork).Select(m => m.Number).Order());
            AssertTimes(byHand.ReactionTimes, figures.ReactionTimes);
            AssertTimes(byHand.ExecutionTimes, figures.ExecutionTimes);
            Assert.True(figures.Requests is { Registered: > 20, Completed: > 20, Open: > 0 } && byHand.Missed.Count > 10, "the months are too quiet to prove anything");
            Assert.True(month == Months[0] || figures.Requests.CarriedOver > 0, "nothing was carried over");
        }
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void The_verdicts_are_those_of_the_decider(int seed, bool thirdPartyPauses)
    {
        var policy = new SupportPolicy { ThirdPartyPauses = thirdPartyPauses };
        var lives = new GeneratedMonths(seed, policy, 400, [.. Months.Select(m => m.To)], oneCalendar: true);

        foreach (var month in Months)
        {
            var lines = FigureCount.Of(month, lives.Reported, policy, Sample.At("2027-02-01 00:00")).Lines.ToDictionary(l => (l.Kind, l.Number));
            foreach (var (reported, snapshots) in lives.Tickets)
            {
                // A mail that waited over the month's end while the desk was down has no snapshot.
                if (!lines.TryGetValue((reported.Kind, reported.Number), out var line) || !snapshots.TryGetValue(month.To, out var ticket)) continue;
                Assert.Equal(
                    (ticket.State, ticket.Category, ticket.Priority, ticket.Engineer, ticket.ReactedAt, ticket.CompletedAt, ticket.Outcome),
                    (line.State, line.Category, line.Priority, line.Engineer, line.ReactedAt, line.CompletedAt, line.Outcome));
                if (ticket.Kind is TicketKind.Complaint) continue;

                var stopped = ticket.PausedSince ?? month.To;
                Assert.Equal(ticket.ReactionMissed || ServiceClock.ReactionDue(ticket, policy) < (ticket.ReactedAt ?? month.To), line.Reaction is LevelVerdict.Missed);
                Assert.Equal(ticket.ExecutionMissed || ServiceClock.ExecutionDue(ticket, policy) < stopped, line.Execution is LevelVerdict.Missed);
                Assert.Equal(ServiceClock.ExecutionDue(ticket, policy), line.ExecutionDue);
                if (ticket.CompletedAt is not null) Assert.Equal(stopped - ticket.RegisteredAt - ticket.Paused, line.ExecutionTime);
            }
        }
    }

    [Fact]
    public void A_report_made_later_says_the_same()
    {
        var policy = new SupportPolicy();
        var lives = new GeneratedMonths(5, policy, 200, [], oneCalendar: false);
        var month = Months[1];

        var later = FigureCount.Of(month, lives.Reported, policy, Sample.At("2027-02-01 00:00"));
        var atOnce = FigureCount.Of(month, lives.Reported.Where(t => t.Events[0].At < month.To || t.RegisteredAt < month.To).Select(t => Until(t, month.To)), policy, month.To);

        Assert.Equivalent(later, atOnce, strict: true);
    }

    [Fact]
    public void The_parts_make_up_the_whole_and_a_client_sees_only_its_own()
    {
        var policy = new SupportPolicy();
        var lives = new GeneratedMonths(6, policy, 200, [], oneCalendar: false);
        var all = FigureCount.Of(Months[0], lives.Reported, policy, Months[2].To);
        var one = FigureCount.Of(Months[0], lives.Reported, policy, Months[2].To, "Ромашка");

        Assert.Equal(all.Requests, Sum(all.ByCategory.Select(r => r.Volume)));
        Assert.Equal(all.Requests, Sum(all.ByPriority.Select(r => r.Volume)));
        Assert.Equal(all.Requests, Sum(all.ByClient.Select(r => r.Volume)));
        Assert.Equal(all.Requests.Completed, all.ByOutcome.Sum(o => o.Count));
        Assert.Equal(all.OfNew.Reaction + all.OfCarriedOver.Reaction, all.Levels.Aggregate(new Tally(0, 0, 0), (sum, row) => sum + row.Tally.Reaction));
        Assert.Equal(all.ByClient.Single(r => r.Key == "Ромашка").Volume, one.Requests);
        Assert.All(one.Lines, line => Assert.Equal("Ромашка", line.Client));
    }

    [Fact]
    public void A_month_in_which_nothing_happened_is_empty()
    {
        var figures = FigureCount.Of(Months[0], [], new SupportPolicy(), Months[0].To);

        Assert.True(figures.IsEmpty);
        Assert.Equal((0, null, null), (figures.ReactionTimes.Count, figures.ReactionTimes.Median, figures.ReactionTimes.Percentile95));
        Assert.Null(figures.OfNew.Reaction.MetShare);
    }

    private static ReportFigures RequestsOnly(ReportFigures figures, GeneratedMonths lives, ReportPeriod month) =>
        FigureCount.Of(month, lives.Reported.Where(t => t.Kind is TicketKind.Request), new SupportPolicy(), figures.CountedTo);

    private static ReportedTicket Until(ReportedTicket ticket, DateTimeOffset end)
    {
        var events = ticket.Events.Where((e, i) => i == 0 || e.At < end).ToList();
        var later = ticket.Events.Skip(events.Count).Select(e => e.Event).ToList();
        var category = later.Find(e => e.Kind == TicketEventKind.CategoryChanged)?.From;
        return ticket with
        {
            Events = events,
            Priority = later.Find(e => e.Kind == TicketEventKind.PriorityChanged)?.From is { } priority ? Enum.Parse<Priority>(priority) : ticket.Priority,
            Category = category is null ? ticket.Category : Enum.Parse<Category>(category.Split(',')[0]),
            StartsService = category is null ? ticket.StartsService : category.Contains(',', StringComparison.Ordinal),
        };
    }

    private static Volume Sum(IEnumerable<Volume> volumes) => volumes.Aggregate(
        new Volume(0, 0, 0, 0),
        (sum, v) => new(sum.CarriedOver + v.CarriedOver, sum.Registered + v.Registered, sum.Completed + v.Completed, sum.Open + v.Open));

    private static void AssertTimes(List<TimeSpan> times, TimesRow row)
    {
        times.Sort();
        Assert.Equal(times.Count, row.Count);
        Assert.Equal(times.Count % 2 == 1 ? times[times.Count / 2] : (times[(times.Count / 2) - 1] + times[times.Count / 2]) / 2, row.Median);
        Assert.Equal(times.First(t => times.Count(other => other <= t) >= 0.95 * times.Count), row.Percentile95);
    }
}
