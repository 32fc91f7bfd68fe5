using static MailDesk.Domain.Tests.Sample;

namespace MailDesk.Domain.Tests;

public sealed class RegistrationTests
{
    private static Registration Question(DateTimeOffset at) =>
        new(TicketKind.Request, Category.TechnicalSupport, StartsService: false, Impact.MinorLoss, Urgency.Normal, Priority: null, at);

    [Fact]
    public void A_request_of_which_nothing_is_said_has_priority_4_and_its_deadlines()
    {
        var decision = TicketDecider.Register(Question(Monday), Policy, Monday);

        Assert.Equal(Priority.Low, decision.Ticket.Priority);
        Assert.Equal(
            [
                new Deadline(DeadlineKind.ReactionAhead, Monday.AddHours(2)),
                new Deadline(DeadlineKind.Reaction, Monday.AddHours(4)),
                new Deadline(DeadlineKind.ExecutionAhead, Monday.AddHours(54)),
                new Deadline(DeadlineKind.Execution, Monday.AddHours(72)),
            ],
            decision.Ticket.Deadlines);
        Assert.Equal([new TicketEvent(TicketEventKind.Registered, To: "Registered")], decision.Events);
        Assert.Equal([new DueLetter(LetterKind.Registered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)], decision.Letters);
    }

    [Theory]
    [InlineData(Category.Incident, Priority.Critical, Priority.Critical)]
    [InlineData(Category.TechnicalSupport, Priority.Critical, Priority.Medium)]
    [InlineData(Category.ServiceChange, Priority.High, Priority.Medium)]
    [InlineData(Category.Service, Priority.Medium, Priority.Medium)]
    [InlineData(Category.Service, Priority.Planned, Priority.Planned)]
    public void A_claim_that_only_an_incident_may_make_is_lowered_and_said_so(Category category, Priority claim, Priority given)
    {
        var decision = TicketDecider.Register(Question(Monday) with { Category = category, Priority = claim }, Policy, Monday);

        Assert.Equal(given, decision.Ticket.Priority);
        Assert.Equal(
            claim == given ? [] : [new TicketEvent(TicketEventKind.PriorityLowered, claim.ToString(), given.ToString())],
            decision.Events.Where(e => e.Kind is TicketEventKind.PriorityLowered));
    }

    [Fact]
    public void Impact_and_urgency_that_only_an_incident_has_are_lowered_as_well()
    {
        var decision = TicketDecider.Register(Question(Monday) with { Impact = Impact.ServiceDown, Urgency = Urgency.High }, Policy, Monday);

        Assert.Equal(Priority.Medium, decision.Ticket.Priority);
        Assert.Contains(new TicketEvent(TicketEventKind.PriorityLowered, "Critical", "Medium"), decision.Events);
    }

    [Theory]
    [InlineData(false, false, false, LetterKind.Registered)]
    [InlineData(false, false, true, LetterKind.ReplyToClosed)]
    [InlineData(true, false, false, LetterKind.NotAuthorised)]
    [InlineData(true, false, true, LetterKind.NotAuthorised)]
    [InlineData(false, true, false, null)]
    [InlineData(true, true, false, null)]
    public void The_sender_gets_one_letter_or_none(bool held, bool silent, bool repliesToClosed, LetterKind? expected)
    {
        var decision = TicketDecider.Register(
            Question(Monday) with { Held = held, Silent = silent, RepliesToClosed = repliesToClosed }, Policy, Monday);

        Assert.Equal(expected, decision.Letters.SingleOrDefault(l => l.Audience is Audience.Client)?.Kind);
        Assert.Contains(new DueLetter(held ? LetterKind.HeldSender : LetterKind.NewRequest, Audience.Engineer), decision.Letters);
        Assert.Equal(held ? TicketState.Held : TicketState.Registered, decision.Ticket.State);
        Assert.Equal(held, decision.Ticket.Deadlines.IsEmpty);
    }

    [Fact]
    public void A_mail_that_waited_while_the_desk_was_down_keeps_its_deadlines_and_is_not_warned_of_late()
    {
        var ticket = TicketDecider.Register(Incident(Monday), Policy, now: Monday.AddHours(3)).Ticket;

        Assert.Equal(Monday.AddHours(2), ticket.Due(DeadlineKind.Reaction));
        Assert.Null(ticket.Due(DeadlineKind.ReactionAhead));
        Assert.Equal(Monday.AddHours(9), ticket.Due(DeadlineKind.ExecutionAhead));
        Assert.Equal(Monday.AddHours(12), ticket.Due(DeadlineKind.Execution));

        var missed = ticket.Decide(new TicketAction.DeadlinePassed(DeadlineKind.Reaction), Monday.AddHours(3));
        Assert.Equal([new TicketEvent(TicketEventKind.DeadlineMissed, To: "Reaction")], missed.Events);
    }

    [Fact]
    public void A_registration_time_in_the_future_is_now() =>
        Assert.Equal(Monday, TicketDecider.Register(Question(Monday.AddDays(1)), Policy, Monday).Ticket.RegisteredAt);

    [Fact]
    public void A_request_to_start_a_service_is_measured_in_standard_working_time()
    {
        var saturday = At("2026-11-21 12:00");
        var ticket = TicketDecider.Register(Question(saturday) with { Category = Category.Service, StartsService = true }, Policy, saturday).Ticket;

        Assert.Equal(At("2026-11-23 13:00"), ticket.Due(DeadlineKind.Reaction));
        Assert.Equal(At("2026-12-02 18:00"), ticket.Due(DeadlineKind.Execution)); // 72 hours of work are eight days
        Assert.Equal(new DateOnly(2026, 11, 23), Policy.StandardTime.ProcessingDay(saturday));
    }

    [Fact]
    public void A_planned_request_has_no_execution_deadline()
    {
        var ticket = TicketDecider.Register(Question(Monday) with { Priority = Priority.Planned }, Policy, Monday).Ticket;

        Assert.Equal([DeadlineKind.ReactionAhead, DeadlineKind.Reaction], ticket.Deadlines.Select(d => d.Kind));
    }

    [Fact]
    public void Without_warning_shares_there_are_no_warnings()
    {
        var policy = new SupportPolicy { ReactionWarnings = [], ExecutionWarnings = [] };

        Assert.Equal(
            [DeadlineKind.Reaction, DeadlineKind.Execution],
            TicketDecider.Register(Question(Monday), policy, Monday).Ticket.Deadlines.Select(d => d.Kind));
    }

    [Fact]
    public void A_held_request_is_registered_when_it_is_accepted()
    {
        var accepted = In(TicketState.Held).Decide(new TicketAction.Accept(Anna), Monday.AddDays(1));

        Assert.Equal(Monday.AddDays(1), accepted.Ticket.RegisteredAt);
        Assert.Equal(Monday.AddDays(1).AddHours(2), accepted.Ticket.Due(DeadlineKind.Reaction));
        Assert.Equal([new DueLetter(LetterKind.Registered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)], accepted.Letters);
        Assert.Null(accepted.Ticket.Engineer);
    }

    [Fact]
    public void A_rejected_request_records_the_reason_and_tells_nobody()
    {
        var rejected = In(TicketState.Held).Decide(new TicketAction.Reject(Anna, "spam"), Monday);

        Assert.Contains(new TicketEvent(TicketEventKind.NoteAdded, Detail: "spam"), rejected.Events);
        Assert.Empty(rejected.Letters);
    }
}
