using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>What engineers do (rules 6 and 7.1).</summary>
public sealed class WorkTests
{
    public static TheoryData<TicketAction, bool> FirstActs() => new()
    {
        { new Take(Anna), true },
        { new Answer(Anna), true },
        { new Ask(Anna), true },
        { new WaitForThirdParty(Anna, "vendor"), true },
        { new Complete(Anna, Outcome.Answered), true },
        { new NameService(Anna, null, "Mail"), false },
        { new Note(Anna), false },
        { new Assign(Boris, Anna), false },
        { new ChangePriority(Anna, Priority.Low), false },
        { new ChangeSeverity(Anna, Impact.Planned, null), false },
        { new ChangeCategory(Anna, Category.Service), false },
    };

    [Theory]
    [MemberData(nameof(FirstActs))]
    public void The_first_work_ends_the_reaction_time_and_nothing_else_does(TicketAction action, bool isWork)
    {
        var now = Monday.AddMinutes(30);
        var decision = In(TicketState.Registered).Decide(action, now);

        Assert.Equal(isWork ? now : null, decision.Ticket.ReactedAt);
        Assert.Equal(isWork ? 1 : 0, decision.Events.Count(e => e.Kind is TicketEventKind.Reacted));
        Assert.Equal(isWork, decision.Ticket.Due(DeadlineKind.Reaction) is null);
        if (isWork)
            Assert.Equal(Anna, decision.Ticket.Engineer);

        var again = decision.Ticket.Decide(new Answer(Boris), now.AddMinutes(30));
        Assert.Equal(isWork ? now : now.AddMinutes(30), again.Ticket.ReactedAt);
        Assert.Equal(isWork || action is Assign ? Anna : Boris, again.Ticket.Engineer);
    }

    [Fact]
    public void Assigning_tells_the_assignee_once_and_not_oneself()
    {
        var assigned = In(TicketState.InProgress).Decide(new Assign(Anna, Boris), Monday);
        Assert.Equal([new DueLetter(LetterKind.Assigned, Audience.Assignee)], assigned.Letters);
        Assert.Equal([new TicketEvent(TicketEventKind.EngineerChanged, Anna, Boris)], assigned.Events);

        var again = assigned.Ticket.Decide(new Assign(Anna, Boris.ToUpperInvariant()), Monday);
        Assert.Empty(again.Letters);
        Assert.Empty(again.Events);

        Assert.Empty(assigned.Ticket.Decide(new Assign(Anna, Anna), Monday).Letters);
    }

    [Fact]
    public void A_question_asked_on_monday_at_15_is_due_on_tuesday_at_15_with_a_reminder_half_way()
    {
        var asked = In(TicketState.InProgress).Decide(new Ask(Anna), At("2026-11-23 15:00"));

        Assert.Equal(At("2026-11-24 15:00"), asked.Ticket.Due(DeadlineKind.ClientAnswer));
        Assert.Equal(At("2026-11-24 10:30"), asked.Ticket.Due(DeadlineKind.ClientReminder));
        Assert.Equal([new DueLetter(LetterKind.Question, Audience.Client)], asked.Letters);
    }

    [Fact]
    public void A_question_asked_on_saturday_is_due_at_the_end_of_monday() =>
        Assert.Equal(
            At("2026-11-30 18:00"),
            In(TicketState.InProgress).Decide(new Ask(Anna), At("2026-11-28 12:00")).Ticket.Due(DeadlineKind.ClientAnswer));

    [Fact]
    public void A_second_question_begins_the_term_anew()
    {
        var asked = In(TicketState.WaitingForClient).Decide(new Ask(Anna), At("2026-11-24 09:30"));

        Assert.Equal(At("2026-11-25 09:30"), asked.Ticket.Due(DeadlineKind.ClientAnswer));
        Assert.Equal(In(TicketState.WaitingForClient).PausedSince, asked.Ticket.PausedSince);
    }

    [Fact]
    public void An_answer_while_waiting_leaves_the_waiting_as_it_is()
    {
        var waiting = In(TicketState.WaitingForClient);
        var answered = waiting.Decide(new Answer(Anna), Monday.AddHours(1));

        Assert.Equal(waiting.Deadlines, answered.Ticket.Deadlines);
        Assert.Equal([new DueLetter(LetterKind.Answer, Audience.Client)], answered.Letters);
    }

    [Fact]
    public void Waiting_goes_by_way_of_work()
    {
        var decision = In(TicketState.Registered).Decide(new WaitForThirdParty(Anna, "vendor"), Monday);

        Assert.Equal(
            [("Registered", "InProgress"), ("InProgress", "WaitingForThirdParty")],
            decision.Events.Where(e => e.Kind is TicketEventKind.StateChanged).Select(e => (e.From!, e.To!)));
        Assert.Contains(new TicketEvent(TicketEventKind.EngineerWrote, To: nameof(LetterKind.ThirdParty), Detail: "vendor"), decision.Events);
        Assert.Equal([new DueLetter(LetterKind.ThirdParty, Audience.Client)], decision.Letters);
    }

    [Theory]
    [InlineData(Outcome.Answered, LetterKind.Completed)]
    [InlineData(Outcome.NotSupported, LetterKind.Completed)]
    [InlineData(Outcome.NoAnswerFromClient, LetterKind.CompletedWithoutAnswer)]
    public void Completing_says_how_and_gives_two_working_days_to_object(Outcome outcome, LetterKind letter)
    {
        var friday = At("2026-11-27 16:00");
        var completed = TicketDecider.Register(Incident(friday), Policy, friday).Ticket.Decide(new Complete(Anna, outcome, "phone"), friday);

        Assert.Equal(outcome, completed.Ticket.Outcome);
        Assert.Equal(friday, completed.Ticket.CompletedAt);
        Assert.Contains(new TicketEvent(TicketEventKind.Completed, To: outcome.ToString(), Detail: "phone"), completed.Events);
        Assert.Equal([new DueLetter(letter, Audience.Client)], completed.Letters);
        Assert.Equal([new Deadline(DeadlineKind.Confirmation, At("2026-12-01 16:00"))], completed.Ticket.Deadlines);
    }

    [Fact]
    public void A_corrected_answer_begins_the_confirmation_term_anew()
    {
        var completed = In(TicketState.Completed);
        var corrected = completed.Decide(new Complete(Anna, Outcome.NotSupported), At("2026-11-24 12:00"));

        Assert.Equal(TicketState.Completed, corrected.Ticket.State);
        Assert.Equal(Outcome.NotSupported, corrected.Ticket.Outcome);
        Assert.Equal(completed.CompletedAt, corrected.Ticket.CompletedAt);
        Assert.Equal(At("2026-11-26 12:00"), corrected.Ticket.Due(DeadlineKind.Confirmation));
        Assert.Equal([new DueLetter(LetterKind.Completed, Audience.Client)], corrected.Letters);
    }

    [Fact]
    public void A_new_priority_moves_the_deadlines_counted_from_registration_and_tells_the_client()
    {
        var changed = In(TicketState.InProgress).Decide(new ChangePriority(Anna, Priority.High, "spreads"), Monday.AddHours(1));

        Assert.Equal(Monday.AddHours(4), changed.Ticket.Due(DeadlineKind.Execution));
        Assert.Equal(Monday.AddHours(3), changed.Ticket.Due(DeadlineKind.ExecutionAhead));
        Assert.Equal([new TicketEvent(TicketEventKind.PriorityChanged, "Medium", "High", "spreads")], changed.Events);
        Assert.Equal([new DueLetter(LetterKind.PriorityChanged, Audience.Client)], changed.Letters);
    }

    [Fact]
    public void The_same_priority_again_is_no_news()
    {
        var same = In(TicketState.InProgress).Decide(new ChangePriority(Anna, Priority.Medium), Monday);

        Assert.Empty(same.Events);
        Assert.Empty(same.Letters);
    }

    [Fact]
    public void Impact_or_urgency_gives_the_priority_of_the_matrix()
    {
        var changed = In(TicketState.InProgress).Decide(new ChangeSeverity(Anna, Impact.ServiceDown, null), Monday);

        Assert.Equal((Impact.ServiceDown, Urgency.Normal, Priority.High), (changed.Ticket.Impact, changed.Ticket.Urgency, changed.Ticket.Priority));
        Assert.Contains(new TicketEvent(TicketEventKind.SeverityChanged, "MinorLoss × Normal", "ServiceDown × Normal"), changed.Events);
        Assert.Contains(new TicketEvent(TicketEventKind.PriorityChanged, "Medium", "High"), changed.Events);
    }

    [Fact]
    public void An_engineer_cannot_make_critical_what_is_no_incident()
    {
        var ticket = In(TicketState.InProgress).Decide(new ChangeCategory(Anna, Category.Service), Monday).Ticket;

        Assert.Equal(new Refusal(RefusalReason.PriorityForIncidentsOnly, "4.1"), ticket.Refuse(new ChangePriority(Anna, Priority.Critical), Monday));
        Assert.Equal(
            new Refusal(RefusalReason.PriorityForIncidentsOnly, "4.1"),
            ticket.Refuse(new ChangeSeverity(Anna, Impact.ServiceDown, Urgency.High), Monday));
    }

    [Fact]
    public void A_critical_incident_that_is_none_becomes_medium_and_the_client_is_told()
    {
        var changed = In(TicketState.InProgress, priority: Priority.Critical).Decide(new ChangeCategory(Anna, Category.TechnicalSupport), Monday.AddMinutes(5));

        Assert.Equal(Priority.Medium, changed.Ticket.Priority);
        Assert.Equal(
            [
                new TicketEvent(TicketEventKind.CategoryChanged, "Incident", "TechnicalSupport"),
                new TicketEvent(TicketEventKind.PriorityChanged, "Critical", "Medium"),
            ],
            changed.Events);
        Assert.Equal([new DueLetter(LetterKind.PriorityChanged, Audience.Client)], changed.Letters);
        Assert.Equal(Monday.AddHours(12), changed.Ticket.Due(DeadlineKind.Execution));
    }

    [Fact]
    public void A_new_category_alone_tells_nobody()
    {
        var changed = In(TicketState.Registered).Decide(new ChangeCategory(Anna, Category.Service, StartsService: true), Monday);

        Assert.Equal([new TicketEvent(TicketEventKind.CategoryChanged, "Incident", "Service, StartsService")], changed.Events);
        Assert.Empty(changed.Letters);
        Assert.Equal(At("2026-11-24 13:00"), changed.Ticket.Due(DeadlineKind.Execution)); // 12 hours of working time
    }

    [Fact]
    public void Every_action_on_a_closed_request_is_refused_with_rule_7_3()
    {
        Assert.Equal(new Refusal(RefusalReason.Closed, "7.3"), In(TicketState.Closed).Refuse(new Note(Anna), Monday));
        Assert.Equal(new Refusal(RefusalReason.Rejected, "7.3"), In(TicketState.Rejected).Refuse(new Accept(Anna), Monday));
    }
}
