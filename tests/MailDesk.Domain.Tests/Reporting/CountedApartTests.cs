using MailDesk.Domain.Reporting;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests.Reporting;

/// <summary>What is no work done by the desk, and terms that were promised anew.</summary>
public sealed class CountedApartTests
{
    private static readonly ReportPeriod November = ReportPeriod.Of(new DateOnly(2026, 11, 1), WorkingCalendar.Standard);
    private static readonly ReportPeriod December = ReportPeriod.Of(new DateOnly(2026, 12, 1), WorkingCalendar.Standard);
    private static readonly DateTimeOffset Later = Sample.At("2027-02-01 00:00");

    private readonly List<(DateTimeOffset At, TicketEvent Event)> _events = [];
    private Ticket _ticket = null!;

    [Fact]
    public void A_merged_request_is_neither_done_nor_open_nor_a_verdict()
    {
        Register(Sample.Incident(Sample.Monday), Sample.Monday);
        Do(new Merge(Sample.Anna, "MD-1"), Sample.Monday.AddMinutes(10));

        var figures = Count(November);

        Assert.Equal(new Volume(0, 1, 0, 0), figures.Requests);
        Assert.Equal(1, figures.Merged);
        Assert.Equal((new Tally(0, 0, 0), new Tally(0, 0, 0)), (figures.OfNew.Reaction, figures.OfNew.Execution));
        Assert.All(figures.ByOutcome, outcome => Assert.Equal(0, outcome.Count));
        Assert.Equal((0, 0), (figures.ReactionTimes.Count, figures.ExecutionTimes.Count));
        Assert.Empty(figures.Misses);
        Assert.Equal(ClosingReason.Merged, Assert.Single(figures.Lines).Closing);
        Assert.True(Count(December).IsEmpty);
    }

    [Fact]
    public void What_a_request_had_missed_before_it_was_merged_stays_a_miss()
    {
        Register(Sample.Incident(Sample.Monday), Sample.Monday);
        Do(new DeadlinePassed(DeadlineKind.Reaction), Sample.Monday.AddHours(2));
        Do(new Merge(Sample.Anna, "MD-1"), Sample.Monday.AddHours(3));

        var figures = Count(November);

        Assert.Equal((new Tally(0, 1, 0), new Tally(0, 0, 0)), (figures.OfNew.Reaction, figures.OfNew.Execution));
        Assert.Equal(MissedTerm.Reaction, Assert.Single(figures.Misses).Term);
    }

    [Fact]
    public void A_change_of_persons_is_in_no_figure_but_its_own()
    {
        Register(Sample.Incident(Sample.Monday) with { Category = Category.Service, Priority = null, Held = true, ChangesPersons = true }, Sample.Monday);
        _events.Add((Sample.Monday, new(TicketEventKind.PersonChangeAsked, Detail: "Add petr@client.example")));
        Assert.Equal(new HeldMail(1, 0, 0, 1), Count(November).PersonChanges);

        Do(new Settle("boris@client.example"), Sample.Monday.AddDays(3));
        var figures = Count(November);

        Assert.Equal(new HeldMail(1, 1, 0, 0), figures.PersonChanges);
        Assert.Equal((new Volume(0, 0, 0, 0), new HeldMail(0, 0, 0, 0)), (figures.Requests, figures.Held));
        Assert.Equal(0, figures.ReactionTimes.Count + figures.ExecutionTimes.Count + figures.OfNew.Reaction.Met + figures.Lines.Count);
        Assert.False(figures.IsEmpty);
    }

    [Fact]
    public void A_promise_in_time_moves_the_term_and_nobody_was_late()
    {
        Register(Sample.Incident(Sample.Monday) with { Kind = TicketKind.Complaint }, Sample.Monday);
        Do(new Promise(Sample.Anna, Sample.At("2026-12-15 18:00")), Sample.Monday.AddDays(1));
        Do(new Complete(Sample.Anna, Outcome.Answered), Sample.At("2026-12-14 12:00"));

        Assert.Equal(new Tally(0, 0, 1), Count(November).ComplaintTerms);
        Assert.Equal(new Tally(1, 0, 0), Count(December).ComplaintTerms);
        Assert.Empty(Count(December).Misses);
    }

    [Fact]
    public void Misses_of_a_complaint_are_those_that_managers_were_told_of()
    {
        Register(Sample.Incident(Sample.At("2026-11-09 10:00")) with { Kind = TicketKind.Complaint }, Sample.At("2026-11-09 10:00"));
        PassUntil(Sample.At("2026-11-25 09:00")); // the term ended on 23 November
        Do(new Promise(Sample.Anna, Sample.At("2026-12-01 18:00")), Sample.At("2026-11-25 09:00"));
        PassUntil(Sample.At("2026-12-03 09:00"));
        Do(new Promise(Sample.Anna, Sample.At("2026-12-20 18:00")), Sample.At("2026-12-03 09:00"));
        Do(new Complete(Sample.Anna, Outcome.Answered), Sample.At("2026-12-08 12:00"));
        var told = _events.Count(e => e.Event is { Kind: TicketEventKind.DeadlineMissed, To: nameof(DeadlineKind.Term) });

        Assert.Equal(2, told);
        Assert.Equal(Sample.At("2026-11-23 10:00"), Assert.Single(Count(November).Misses).Due);
        Assert.Equal(Sample.At("2026-12-01 18:00"), Assert.Single(Count(December).Misses).Due);
        Assert.Equal((new Tally(0, 1, 0), new Tally(0, 1, 0)), (Count(November).ComplaintTerms, Count(December).ComplaintTerms));
    }

    private void Register(Registration registration, DateTimeOffset at) => Take(TicketDecider.Register(registration, Sample.Policy, at), at);

    private void Do(TicketAction action, DateTimeOffset at) => Take(_ticket.Decide(action, at), at);

    /// <summary>Every deadline acts when it is due.</summary>
    private void PassUntil(DateTimeOffset end)
    {
        while (_ticket.Deadlines.FirstOrDefault() is { } next && next.DueAt < end) Do(new DeadlinePassed(next.Kind), next.DueAt);
    }

    private void Take(TicketDecision decision, DateTimeOffset at)
    {
        _ticket = decision.Ticket;
        _events.AddRange(decision.Events.Select(e => (at, e)));
    }

    private ReportFigures Count(ReportPeriod period) => FigureCount.Of(
        period,
        [new(_ticket.Kind, 7, "Subject", "Ромашка", _ticket.Category, _ticket.StartsService, _ticket.Priority, _ticket.RegisteredAt, false, _events)],
        Sample.Policy,
        Later);
}
