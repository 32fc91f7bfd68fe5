using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>What time does (rules 4.2, 6.5, 7.2).</summary>
public sealed class DeadlineTests
{
    private static DueLetter[] MissedLetters =>
        [new(LetterKind.DeadlineMissed, Audience.Engineer), new(LetterKind.DeadlineMissed, Audience.Managers)];

    private static TicketDecision Pass(Ticket ticket, DeadlineKind kind, SupportPolicy? policy = null) =>
        ticket.Decide(new DeadlinePassed(kind), ticket.Due(kind)!.Value, policy);

    [Fact]
    public void A_missed_reaction_is_told_once_to_the_engineers_and_managers()
    {
        var missed = Pass(In(TicketState.Registered), DeadlineKind.Reaction);

        Assert.True(missed.Ticket.ReactionMissed);
        Assert.Equal([new TicketEvent(TicketEventKind.DeadlineMissed, To: "Reaction")], missed.Events);
        Assert.Equal(MissedLetters, missed.Letters);

        var late = missed.Ticket.Decide(new Take(Anna), Monday.AddHours(5));
        Assert.DoesNotContain(late.Events, e => e.Kind is TicketEventKind.DeadlineMissed);
        Assert.True(late.Ticket.ReactionMissed);
    }

    [Fact]
    public void A_missed_execution_is_told_once_and_work_goes_on()
    {
        var missed = Pass(In(TicketState.InProgress), DeadlineKind.Execution);

        Assert.True(missed.Ticket.ExecutionMissed);
        Assert.Equal(MissedLetters, missed.Letters);
        Assert.Empty(missed.Ticket.Deadlines);

        var later = missed.Ticket.RegisteredAt.AddDays(3);
        var asked = missed.Ticket.Decide(new Ask(Anna), later).Ticket;
        var back = asked.Decide(new ClientWrites(Client, ClientWords.Text), later.AddHours(1)).Ticket;
        Assert.Empty(back.Deadlines);
    }

    [Fact]
    public void Work_that_begins_or_ends_between_the_deadline_and_its_timer_is_late_all_the_same()
    {
        var late = In(TicketState.Registered).Decide(new Complete(Anna, Outcome.Answered), Monday.AddHours(13));

        Assert.Equal(["Reaction", "Execution"], late.Events.Where(e => e.Kind is TicketEventKind.DeadlineMissed).Select(e => e.To));
        Assert.True(late.Ticket is { ReactionMissed: true, ExecutionMissed: true });
    }

    [Fact]
    public void Work_at_the_deadline_itself_is_in_time()
    {
        var inTime = In(TicketState.Registered).Decide(new Take(Anna), Monday.AddHours(2));

        Assert.False(inTime.Ticket.ReactionMissed);
        Assert.DoesNotContain(inTime.Events, e => e.Kind is TicketEventKind.DeadlineMissed);
    }

    [Theory]
    [InlineData(DeadlineKind.ReactionAhead, "Reaction", 60)]
    [InlineData(DeadlineKind.ExecutionAhead, "Execution", 9 * 60)]
    public void A_warning_goes_to_the_engineer_when_its_share_has_passed(DeadlineKind kind, string of, int minutes)
    {
        var ticket = In(TicketState.Registered);
        if (kind is DeadlineKind.ExecutionAhead)
            ticket = ticket.Decide(new Take(Anna), Monday).Ticket;
        Assert.Equal(Monday.AddMinutes(minutes), ticket.Due(kind));

        var warned = Pass(ticket, kind);

        Assert.Equal([new TicketEvent(TicketEventKind.DeadlineAhead, To: of)], warned.Events);
        Assert.Equal([new DueLetter(LetterKind.DeadlineAhead, Audience.Engineer)], warned.Letters);
        Assert.Null(warned.Ticket.Due(kind));
    }

    [Fact]
    public void A_warning_that_comes_with_the_deadline_itself_is_not_given()
    {
        var ticket = In(TicketState.Registered);
        var late = ticket.Decide(new DeadlinePassed(DeadlineKind.ReactionAhead), Monday.AddHours(2));

        Assert.Empty(late.Letters);
        Assert.Null(late.Ticket.Due(DeadlineKind.ReactionAhead));
        Assert.NotNull(late.Ticket.Due(DeadlineKind.Reaction));
    }

    [Fact]
    public void A_warning_that_is_due_is_not_lost_to_a_note_in_the_same_moment()
    {
        var noted = In(TicketState.Registered).Decide(new Note(Anna), Monday.AddMinutes(61)).Ticket;

        Assert.Equal(Monday.AddHours(1), noted.Due(DeadlineKind.ReactionAhead));
    }

    [Fact]
    public void The_reminder_goes_out_once()
    {
        var reminded = Pass(In(TicketState.WaitingForClient), DeadlineKind.ClientReminder);

        Assert.Equal([new TicketEvent(TicketEventKind.ClientReminded)], reminded.Events);
        Assert.Equal([new DueLetter(LetterKind.Reminder, Audience.Client)], reminded.Letters);
        Assert.Equal([DeadlineKind.ClientAnswer], reminded.Ticket.Deadlines.Select(d => d.Kind));
    }

    [Fact]
    public void A_reminder_that_comes_with_the_end_of_the_term_is_not_given()
    {
        var waiting = In(TicketState.WaitingForClient);

        Assert.Empty(waiting.Decide(new DeadlinePassed(DeadlineKind.ClientReminder), waiting.Due(DeadlineKind.ClientAnswer)!.Value).Letters);
    }

    [Fact]
    public void A_question_without_an_answer_completes_the_request()
    {
        var waiting = In(TicketState.WaitingForClient);
        var due = waiting.Due(DeadlineKind.ClientAnswer)!.Value;
        var completed = Pass(waiting, DeadlineKind.ClientAnswer);

        Assert.Equal((TicketState.Completed, Outcome.NoAnswerFromClient), (completed.Ticket.State, completed.Ticket.Outcome));
        Assert.Equal([new DueLetter(LetterKind.CompletedWithoutAnswer, Audience.Client)], completed.Letters);
        Assert.Equal([new Deadline(DeadlineKind.Confirmation, Policy.StandardTime.AddWorkingDays(due, 2))], completed.Ticket.Deadlines);
        Assert.Equal(waiting.PausedSince, completed.Ticket.PausedSince);
    }

    [Fact]
    public void A_completed_request_without_a_word_is_closed_after_two_working_days()
    {
        var completed = In(TicketState.Completed);
        var closed = Pass(completed, DeadlineKind.Confirmation);

        Assert.Equal(completed.CompletedAt!.Value.AddDays(2), closed.Ticket.ClosedAt); // Monday to Wednesday
        Assert.Equal((TicketState.Closed, ClosingReason.TermPassed), (closed.Ticket.State, closed.Ticket.ClosingReason));
        Assert.Equal([new DueLetter(LetterKind.Closed, Audience.Client)], closed.Letters);
    }

    [Fact]
    public void A_timer_that_is_early_does_nothing()
    {
        foreach (var state in Enum.GetValues<TicketState>())
        {
            var ticket = In(state);
            foreach (var deadline in ticket.Deadlines)
            {
                var early = ticket.Decide(new DeadlinePassed(deadline.Kind), deadline.DueAt.AddTicks(-1));
                Assert.Same(ticket, early.Ticket);
                Assert.Empty(early.Events);
            }
        }
    }

    [Fact]
    public void Waiting_for_the_client_moves_the_execution_deadline_by_its_length()
    {
        var asked = In(TicketState.InProgress).Decide(new Ask(Anna), Monday.AddHours(2)).Ticket;
        Assert.Null(asked.Due(DeadlineKind.Execution));

        var back = asked.Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddHours(5)).Ticket;

        Assert.Equal(TimeSpan.FromHours(3), back.Paused);
        Assert.Equal(Monday.AddHours(15), back.Due(DeadlineKind.Execution));
        Assert.Equal(Monday.AddHours(12), back.Due(DeadlineKind.ExecutionAhead));
    }

    [Fact]
    public void Being_completed_moves_the_execution_deadline_as_well()
    {
        var reopened = In(TicketState.InProgress)
            .Decide(new Complete(Anna, Outcome.Answered), Monday.AddHours(10)).Ticket
            .Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddHours(34)).Ticket;

        Assert.Equal(Monday.AddHours(36), reopened.Due(DeadlineKind.Execution));
        Assert.Null(reopened.Due(DeadlineKind.ExecutionAhead)); // it was ahead before the completion
    }

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 18)]
    public void Waiting_for_a_third_party_moves_it_by_a_setting(bool pauses, int dueAfterHours)
    {
        var policy = new SupportPolicy { ThirdPartyPauses = pauses };
        var waiting = In(TicketState.InProgress, policy).Decide(new WaitForThirdParty(Anna, "vendor"), Monday.AddHours(1), policy).Ticket;
        Assert.Equal(pauses, waiting.Due(DeadlineKind.Execution) is null);

        var back = waiting.Decide(new Take(Anna), Monday.AddHours(7), policy).Ticket;

        Assert.Equal(Monday.AddHours(dueAfterHours), back.Due(DeadlineKind.Execution));
    }

    [Fact]
    public void A_pause_is_measured_on_the_calendar_of_the_service_level()
    {
        var policy = new SupportPolicy { DefaultCalendar = WorkingCalendar.Standard };
        var back = In(TicketState.InProgress, policy)
            .Decide(new Ask(Anna), At("2026-11-23 17:00"), policy).Ticket
            .Decide(new ClientWrites(Client, ClientWords.Text), At("2026-11-24 10:00"), policy).Ticket;

        Assert.Equal(TimeSpan.FromHours(2), back.Paused); // 17–18 and 9–10
        Assert.Equal(At("2026-11-24 15:00"), back.Due(DeadlineKind.Execution)); // 7 hours on Monday, 5 on Tuesday from 10
    }

    [Fact]
    public void A_pause_keeps_its_share_of_the_time_when_the_calendar_changes()
    {
        // Round the clock, 24 of 48 hours were a pause; in working time, 9 of 18.
        var back = In(TicketState.InProgress, priority: Priority.Low)
            .Decide(new Ask(Anna), Monday.AddHours(12)).Ticket
            .Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddHours(36)).Ticket
            .Decide(new ChangeCategory(Anna, Category.Service, StartsService: true), Monday.AddHours(48)).Ticket;

        Assert.Equal(TimeSpan.FromHours(9), back.Paused);
        Assert.Equal(WorkingCalendar.Standard.Add(Monday, TimeSpan.FromHours(81)), back.Due(DeadlineKind.Execution));
    }

    [Fact]
    public void A_miss_of_a_stricter_level_is_forgotten_on_a_milder_one()
    {
        var missed = Pass(In(TicketState.Registered), DeadlineKind.Reaction).Ticket;

        var milder = missed.Decide(new ChangePriority(Anna, Priority.Low), Monday.AddHours(3)).Ticket;
        Assert.False(milder.ReactionMissed);
        Assert.Equal(Monday.AddHours(4), milder.Due(DeadlineKind.Reaction));

        var stricter = missed.Decide(new ChangePriority(Anna, Priority.Critical), Monday.AddHours(3)).Ticket;
        Assert.True(stricter.ReactionMissed);
        Assert.Null(stricter.Due(DeadlineKind.Reaction));
    }

    [Fact]
    public void A_level_that_is_missed_already_when_it_is_set_falls_due_at_once()
    {
        var stricter = In(TicketState.InProgress).Decide(new ChangePriority(Anna, Priority.Critical), Monday.AddHours(3));

        Assert.Equal(Monday.AddHours(1), stricter.Ticket.Due(DeadlineKind.Execution));
        Assert.DoesNotContain(stricter.Events, e => e.Kind is TicketEventKind.DeadlineMissed);
        var missed = stricter.Ticket.Decide(new DeadlinePassed(DeadlineKind.Execution), Monday.AddHours(3));
        Assert.True(missed.Ticket.ExecutionMissed);
    }

    [Fact]
    public void A_clock_that_was_set_back_stands_at_the_last_moment_of_the_ticket()
    {
        var back = In(TicketState.WaitingForClient).Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddDays(-1)).Ticket;

        Assert.Equal(TimeSpan.Zero, back.Paused);
        Assert.Empty(Legality.Faults(back, Policy));
    }
}
