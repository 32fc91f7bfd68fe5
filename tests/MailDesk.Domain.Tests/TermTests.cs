using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>Dates promised for planned requests, reminders of third parties, and warnings in several steps (rules 4.1, 4.2, 6.7).</summary>
public sealed class TermTests
{
    private static TicketDecision Pass(Ticket ticket, DeadlineKind kind, SupportPolicy? policy = null) =>
        ticket.Decide(new DeadlinePassed(kind), ticket.Due(kind)!.Value, policy);

    [Fact]
    public void The_date_of_a_planned_request_is_a_deadline_of_its_own()
    {
        var promised = In(TicketState.InProgress, priority: Priority.Planned).Decide(new Promise(Anna, At("2026-12-03 18:00")), Monday.AddHours(1));

        Assert.Equal([new DueLetter(LetterKind.DatePromised, Audience.Client)], promised.Letters);
        Assert.Equal(
            [new Deadline(DeadlineKind.TermAhead, At("2026-12-02 18:00")), new Deadline(DeadlineKind.Term, At("2026-12-03 18:00"))],
            promised.Ticket.Deadlines);

        Assert.Equal([new DueLetter(LetterKind.DeadlineAhead, Audience.Engineer)], Pass(promised.Ticket, DeadlineKind.TermAhead).Letters);
        var missed = Pass(promised.Ticket, DeadlineKind.Term);
        Assert.Equal(
            [new DueLetter(LetterKind.DeadlineMissed, Audience.Engineer), new DueLetter(LetterKind.DeadlineMissed, Audience.Managers)], missed.Letters);
        Assert.Empty(missed.Ticket.Deadlines);

        var anew = missed.Ticket.Decide(new Promise(Anna, At("2026-12-10 18:00")), At("2026-12-04 10:00"));
        Assert.Contains(new TicketEvent(TicketEventKind.DatePromised, "2026-12-03T15:00:00Z", "2026-12-10T15:00:00Z"), anew.Events);
        Assert.Equal(At("2026-12-10 18:00"), anew.Ticket.Due(DeadlineKind.Term));
    }

    [Fact]
    public void To_promise_a_date_is_to_answer_and_ends_the_reaction_time()
    {
        var promised = In(TicketState.Registered, priority: Priority.Planned).Decide(new Promise(Anna, At("2026-12-03 18:00")), Monday.AddHours(1)).Ticket;

        Assert.Equal((TicketState.InProgress, Monday.AddHours(1), Anna), (promised.State, promised.ReactedAt, promised.Engineer));
        Assert.Null(promised.Due(DeadlineKind.Reaction));
    }

    [Fact]
    public void What_is_planned_by_its_impact_can_have_a_date_as_well()
    {
        var planned = In(TicketState.InProgress).Decide(new ChangeSeverity(Anna, Impact.Planned, Urgency.High), Monday.AddHours(1)).Ticket;

        Assert.Equal(Priority.Low, planned.Priority);
        Assert.Equal(At("2026-12-03 18:00"), planned.Decide(new Promise(Anna, At("2026-12-03 18:00")), Monday.AddHours(1)).Ticket.Due(DeadlineKind.Term));
    }

    [Fact]
    public void Any_other_request_has_its_service_level_and_no_date() => Assert.Equal(
        new Refusal(RefusalReason.DateForPlannedOnly, "4.1"),
        In(TicketState.InProgress).Refuse(new Promise(Anna, At("2026-12-03 18:00")), Monday.AddHours(1)));

    [Fact]
    public void An_objection_ends_the_promise()
    {
        var objected = In(TicketState.InProgress, priority: Priority.Planned)
            .Decide(new Promise(Anna, At("2026-12-03 18:00")), Monday.AddHours(1)).Ticket
            .Decide(new Complete(Anna, Outcome.Answered), Monday.AddHours(2)).Ticket
            .Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddHours(3)).Ticket;

        Assert.Null(objected.PromisedAt);
        Assert.Empty(objected.Deadlines);
    }

    [Fact]
    public void A_third_party_is_brought_to_mind_again_and_again_until_the_request_moves_on()
    {
        var waiting = In(TicketState.WaitingForThirdParty);
        Assert.Equal(At("2026-11-25 10:02"), waiting.Due(DeadlineKind.ThirdPartyReminder));

        var reminded = Pass(waiting, DeadlineKind.ThirdPartyReminder);
        Assert.Equal([new DueLetter(LetterKind.ThirdPartyReminder, Audience.Engineer)], reminded.Letters);
        Assert.Equal([new TicketEvent(TicketEventKind.ThirdPartyReminded)], reminded.Events);
        Assert.Equal(At("2026-11-27 10:02"), reminded.Ticket.Due(DeadlineKind.ThirdPartyReminder));

        Assert.Null(reminded.Ticket.Decide(new Take(Anna), At("2026-11-26 10:00")).Ticket.Due(DeadlineKind.ThirdPartyReminder));
    }

    [Fact]
    public void Nobody_is_reminded_where_the_setting_says_so() =>
        Assert.Null(In(TicketState.WaitingForThirdParty, new SupportPolicy { ThirdPartyReminderDays = 0 }).Due(DeadlineKind.ThirdPartyReminder));

    [Fact]
    public void Warnings_come_one_after_the_other()
    {
        var policy = new SupportPolicy { ReactionWarnings = [0.8, 0.5], ExecutionWarnings = [0.5, 0.75] };
        var ticket = In(TicketState.Registered, policy);
        Assert.Equal(Monday.AddHours(1), ticket.Due(DeadlineKind.ReactionAhead));

        var first = Pass(ticket, DeadlineKind.ReactionAhead, policy);
        Assert.Equal([new DueLetter(LetterKind.DeadlineAhead, Audience.Engineer)], first.Letters);
        Assert.Equal(Monday.AddHours(1.6), first.Ticket.Due(DeadlineKind.ReactionAhead));

        var second = Pass(first.Ticket, DeadlineKind.ReactionAhead, policy);
        Assert.Single(second.Letters);
        Assert.Null(second.Ticket.Due(DeadlineKind.ReactionAhead));
        Assert.Equal(Monday.AddHours(6), second.Ticket.Due(DeadlineKind.ExecutionAhead));
    }

    [Fact]
    public void A_warning_that_came_late_takes_the_place_of_those_that_were_due_before_it()
    {
        var policy = new SupportPolicy { ReactionWarnings = [0.5, 0.6, 0.9] };
        var late = In(TicketState.Registered, policy).Decide(new DeadlinePassed(DeadlineKind.ReactionAhead), Monday.AddHours(1.3), policy);

        Assert.Single(late.Letters);
        Assert.Equal(Monday.AddHours(1.8), late.Ticket.Due(DeadlineKind.ReactionAhead));
    }

    [Theory]
    [InlineData("2026-12-07 10:00", "2026-12-04 10:00")]
    [InlineData("2026-12-04 18:00", "2026-12-03 18:00")]
    [InlineData("2026-12-07 09:00", "2026-12-03 18:00")] // all of Friday
    [InlineData("2026-12-06 12:00", "2026-12-03 18:00")]
    [InlineData("2027-01-08 12:00", "2027-01-06 12:00")] // Christmas between
    public void One_working_day_before_is_counted_in_working_time(string to, string from) =>
        Assert.Equal(At(from), Policy.StandardTime.Back(At(to), Policy.StandardTime.StandardDay));

    [Fact]
    public void A_recorded_new_service_is_news_only_when_it_is_another()
    {
        var ticket = In(TicketState.InProgress);

        Assert.Equal([new TicketEvent(TicketEventKind.ServiceChanged, null, "Mail")], ticket.Decide(new NameService(Anna, null, "Mail"), Monday.AddHours(1)).Events);
        Assert.Empty(ticket.Decide(new NameService(Anna, "Mail", "Mail"), Monday.AddHours(1)).Events);
    }
}
