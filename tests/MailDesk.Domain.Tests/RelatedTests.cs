using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>Requests that engineers register, split and merge (rules 5.3, 5.5).</summary>
public sealed class RelatedTests
{
    [Fact]
    public void What_is_critical_is_registered_by_phone_and_the_history_says_so()
    {
        var decision = Assert.IsType<TicketDecision>(TicketDecider.RegisterByPhone(Incident(Monday, Priority.Critical), Policy, Monday));

        Assert.Equal([new TicketEvent(TicketEventKind.Registered, To: "Registered", Detail: "Phone")], decision.Events);
        Assert.Equal([new DueLetter(LetterKind.Registered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)], decision.Letters);
        Assert.Equal(Monday.AddMinutes(10), decision.Ticket.Due(DeadlineKind.Reaction));
    }

    [Theory]
    [InlineData(Category.Incident, Priority.High)]
    [InlineData(Category.Incident, Priority.Planned)]
    [InlineData(Category.Service, Priority.Critical)] // lowered to 3
    public void What_is_not_critical_is_refused_by_phone_with_rule_5_3(Category category, Priority priority) =>
        Assert.Equal(
            new Refusal(RefusalReason.PhoneForCriticalOnly, "5.3"),
            TicketDecider.RegisterByPhone(Incident(Monday, priority) with { Category = category }, Policy, Monday));

    [Fact]
    public void A_complaint_is_refused_by_phone() =>
        Assert.Equal(
            new Refusal(RefusalReason.PhoneForCriticalOnly, "5.3"),
            TicketDecider.RegisterByPhone(Incident(Monday, Priority.Critical) with { Kind = TicketKind.Complaint }, Policy, Monday));

    [Fact]
    public void Who_has_no_contract_in_force_is_refused_by_phone_with_rule_5_7() =>
        Assert.Equal(
            new Refusal(RefusalReason.NotServed, "5.7"),
            TicketDecider.RegisterByPhone(Incident(Monday, Priority.Critical) with { Held = true }, Policy, Monday));

    [Fact]
    public void A_part_of_a_request_that_nobody_has_taken_is_registered_at_the_time_of_the_whole()
    {
        var part = TicketDecider.RegisterPart(In(TicketState.Registered), Incident(Monday.AddHours(1)) with { PartOf = "MD-1001" }, Policy, Monday.AddHours(1));

        Assert.Equal((TicketState.Registered, Monday), (part.Ticket.State, part.Ticket.RegisteredAt));
        Assert.Equal(Monday.AddHours(2), part.Ticket.Due(DeadlineKind.Reaction));
        Assert.Equal([new TicketEvent(TicketEventKind.Registered, To: "Registered", Detail: "Split"), new TicketEvent(TicketEventKind.Linked, To: "MD-1001")], part.Events);
        Assert.Equal([new DueLetter(LetterKind.Split, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)], part.Letters);
        Assert.Empty(Legality.Faults(part.Ticket, Policy));
    }

    [Fact]
    public void A_part_of_a_request_at_work_is_at_work_too_with_the_same_engineer_and_reaction()
    {
        var first = In(TicketState.InProgress);
        var part = TicketDecider.RegisterPart(first, Incident(Monday), Policy, Monday.AddHours(3));

        Assert.Equal((TicketState.InProgress, Anna, first.ReactedAt), (part.Ticket.State, part.Ticket.Engineer, part.Ticket.ReactedAt));
        Assert.Null(part.Ticket.Due(DeadlineKind.Reaction));
        Assert.Equal(Monday.AddHours(12), part.Ticket.Due(DeadlineKind.Execution));
        Assert.DoesNotContain(part.Events, e => e.Kind is TicketEventKind.DeadlineMissed);
        Assert.Empty(Legality.Faults(part.Ticket, Policy));
    }

    [Fact]
    public void The_time_that_the_whole_has_stood_still_does_not_count_for_the_part()
    {
        var first = In(TicketState.WaitingForClient);
        var waited = first.PausedSince!.Value.AddHours(5);
        var part = TicketDecider.RegisterPart(first, Incident(Monday), Policy, waited);

        Assert.Equal(TimeSpan.FromHours(5), part.Ticket.Paused);
        Assert.Equal(Monday.AddHours(12 + 5), part.Ticket.Due(DeadlineKind.Execution));
    }

    [Theory]
    [InlineData(TicketState.Registered)]
    [InlineData(TicketState.WaitingForClient)]
    [InlineData(TicketState.Completed)]
    public void A_merged_request_is_closed_without_deadlines_and_its_client_told_where_it_goes_on(TicketState state)
    {
        var decision = In(state).Decide(new Merge(Anna, "MD-1001"), Monday.AddHours(1));

        Assert.Equal((TicketState.Closed, ClosingReason.Merged), (decision.Ticket.State, decision.Ticket.ClosingReason!.Value));
        Assert.Empty(decision.Ticket.Deadlines);
        Assert.Equal([new DueLetter(LetterKind.Merged, Audience.Client)], decision.Letters);
        Assert.Contains(new TicketEvent(TicketEventKind.Merged, To: "MD-1001"), decision.Events);
        Assert.Empty(Legality.Faults(decision.Ticket, Policy));
    }

    [Fact]
    public void The_right_requester_of_a_held_request_lets_it_in()
    {
        var decision = In(TicketState.Held).Decide(new CorrectRequester(Anna, "a@x.example", Client), Monday.AddHours(1));

        Assert.Equal((TicketState.Registered, Monday.AddHours(1)), (decision.Ticket.State, decision.Ticket.RegisteredAt));
        Assert.Equal([new DueLetter(LetterKind.Registered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)], decision.Letters);
    }
}
