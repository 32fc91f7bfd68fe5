using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>The terms of complaints (rules 8.1 to 8.4). Ten working days from Monday, 23 November, are Monday, 7 December 2026.</summary>
public sealed class ComplaintTests
{
    private static readonly DateTimeOffset Term = At("2026-12-07 10:00");

    private static TicketDecision Pass(Ticket ticket, DeadlineKind kind) => ticket.Decide(new DeadlinePassed(kind), ticket.Due(kind)!.Value);

    private static DueLetter[] MissedLetters =>
        [new(LetterKind.DeadlineMissed, Audience.Engineer), new(LetterKind.DeadlineMissed, Audience.Managers)];

    [Fact]
    public void A_complaint_has_a_term_of_ten_working_days_and_no_service_level() => Assert.Equal(
        [
            new Deadline(DeadlineKind.TermAhead, At("2026-12-04 10:00")),
            new Deadline(DeadlineKind.Term, Term),
            new Deadline(DeadlineKind.Progress, Term),
        ],
        Complaint().Deadlines);

    [Fact]
    public void It_is_confirmed_in_words_of_its_own()
    {
        var registration = Incident(Monday) with { Kind = TicketKind.Complaint };

        Assert.Equal(
            [new DueLetter(LetterKind.ComplaintRegistered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)],
            TicketDecider.Register(registration, Policy, Monday).Letters);
        Assert.Equal(LetterKind.NotAuthorised, TicketDecider.Register(registration with { Held = true }, Policy, Monday).Letters[0].Kind);
    }

    [Fact]
    public void A_held_complaint_counts_its_term_from_the_moment_of_acceptance()
    {
        var held = TicketDecider.Register(Incident(Monday) with { Kind = TicketKind.Complaint, Held = true }, Policy, Monday).Ticket;
        Assert.Empty(held.Deadlines);

        var accepted = held.Decide(new Accept(Anna), At("2026-11-25 10:00"));

        Assert.Equal(At("2026-12-09 10:00"), accepted.Ticket.Due(DeadlineKind.Term));
        Assert.Contains(new DueLetter(LetterKind.ComplaintRegistered, Audience.Client), accepted.Letters);
    }

    [Fact]
    public void Whoever_answers_for_complaints_is_in_charge_from_the_beginning()
    {
        var registered = TicketDecider.Register(Incident(Monday) with { Kind = TicketKind.Complaint, InCharge = Boris }, Policy, Monday);

        Assert.Equal(Boris, registered.Ticket.Engineer);
        Assert.Contains(new TicketEvent(TicketEventKind.EngineerChanged, To: Boris), registered.Events);
    }

    [Fact]
    public void The_person_in_charge_is_reminded_one_working_day_before()
    {
        var warned = Pass(Complaint(), DeadlineKind.TermAhead);

        Assert.Equal([new TicketEvent(TicketEventKind.DeadlineAhead, To: "Term")], warned.Events);
        Assert.Equal([new DueLetter(LetterKind.DeadlineAhead, Audience.Engineer)], warned.Letters);
    }

    [Fact]
    public void Where_nothing_was_sent_the_desk_itself_writes_at_the_term_and_ten_days_later_again()
    {
        var missed = Pass(Complaint(), DeadlineKind.Term);

        Assert.Equal([.. MissedLetters, new(LetterKind.ComplaintProgress, Audience.Client)], missed.Letters);
        Assert.True(missed.Ticket.TermMissed);
        Assert.Equal(
            [new Deadline(DeadlineKind.ProgressAhead, At("2026-12-18 10:00")), new Deadline(DeadlineKind.Progress, At("2026-12-21 10:00"))],
            missed.Ticket.Deadlines);

        var again = Pass(missed.Ticket, DeadlineKind.Progress);
        Assert.Equal([.. MissedLetters, new(LetterKind.ComplaintProgress, Audience.Client)], again.Letters);
        Assert.Equal(At("2027-01-06 10:00"), again.Ticket.Due(DeadlineKind.Progress)); // 25 December and 1 January are holidays
    }

    [Fact]
    public void Words_after_the_reminder_are_progress_and_the_desk_adds_none()
    {
        var told = Complaint().Decide(new Answer(Anna), At("2026-12-04 11:00")).Ticket;
        var missed = Pass(told, DeadlineKind.Term);

        Assert.Equal(MissedLetters, missed.Letters);
        Assert.Equal(At("2026-12-18 11:00"), missed.Ticket.Due(DeadlineKind.Progress));
    }

    [Fact]
    public void Words_before_the_reminder_do_not_save_the_applicant_the_news_at_the_term()
    {
        var told = Complaint().Decide(new Answer(Anna), At("2026-11-26 11:00")).Ticket;

        Assert.Contains(new DueLetter(LetterKind.ComplaintProgress, Audience.Client), Pass(told, DeadlineKind.Term).Letters);
    }

    [Fact]
    public void A_promised_date_moves_the_term_and_the_applicant_hears_of_it_every_ten_days_all_the_same()
    {
        var promised = Complaint().Decide(new Promise(Anna, At("2027-01-20 18:00")), At("2026-12-04 12:00"));

        Assert.Equal([new DueLetter(LetterKind.ComplaintProgress, Audience.Client)], promised.Letters);
        Assert.Contains(new TicketEvent(TicketEventKind.DatePromised, To: "2027-01-20T15:00:00Z"), promised.Events);
        Assert.Equal((TicketState.InProgress, Anna), (promised.Ticket.State, promised.Ticket.Engineer));
        Assert.Equal(At("2027-01-20 18:00"), promised.Ticket.Due(DeadlineKind.Term));
        Assert.Equal(At("2027-01-19 18:00"), promised.Ticket.Due(DeadlineKind.TermAhead));
        Assert.Equal(At("2026-12-18 12:00"), promised.Ticket.Due(DeadlineKind.Progress));
        Assert.False(promised.Ticket.TermMissed);

        var broken = Pass(promised.Ticket, DeadlineKind.Term);
        Assert.Equal([.. MissedLetters, new(LetterKind.ComplaintProgress, Audience.Client)], broken.Letters);
    }

    [Fact]
    public void A_date_promised_after_the_term_and_before_its_timer_does_not_hide_the_miss()
    {
        var promised = Complaint().Decide(new Promise(Anna, At("2026-12-10 18:00")), Term.AddMinutes(1));

        Assert.Equal(["Term"], promised.Events.Where(e => e.Kind is TicketEventKind.DeadlineMissed).Select(e => e.To));
        Assert.NotNull(promised.Ticket.Due(DeadlineKind.Term));
    }

    [Theory]
    [InlineData("2026-11-23 10:00")]
    [InlineData("2026-11-20 18:00")]
    [InlineData("2062-12-10 18:00")]
    public void A_date_that_does_not_lie_ahead_or_too_far_is_refused(string at) =>
        Assert.Equal(new Refusal(RefusalReason.DateOutOfRange, "8.3"), Complaint().Refuse(new Promise(Anna, At(at)), Monday));

    [Fact]
    public void The_answer_ends_the_term_and_an_objection_begins_it_anew()
    {
        var answered = Complaint().Decide(new Complete(Anna, Outcome.Answered), At("2026-11-30 10:00"));
        Assert.Equal([new DueLetter(LetterKind.ComplaintAnswered, Audience.Client)], answered.Letters);
        Assert.Equal([DeadlineKind.Confirmation], answered.Ticket.Deadlines.Select(d => d.Kind));

        var objected = answered.Ticket.Decide(new ClientWrites(Client, ClientWords.Text), At("2026-12-01 10:00"));
        Assert.Equal(At("2026-12-15 10:00"), objected.Ticket.Due(DeadlineKind.Term));
    }

    [Fact]
    public void An_answer_after_the_term_and_before_its_timer_is_late_all_the_same() =>
        Assert.True(Complaint().Decide(new Complete(Anna, Outcome.Answered), Term.AddMinutes(1)).Ticket.TermMissed);

    public static TheoryData<TicketAction> WhatNoComplaintHas() =>
    [
        new ChangePriority(Anna, Priority.Low),
        new ChangeSeverity(Anna, Impact.MajorLoss, null),
        new ChangeCategory(Anna, Category.Incident),
        new Complete(Anna, Outcome.NotSupported),
    ];

    [Theory]
    [MemberData(nameof(WhatNoComplaintHas))]
    public void A_complaint_has_no_priority_and_is_never_unsupported(TicketAction action) =>
        Assert.Equal(new Refusal(RefusalReason.NotForComplaints, "8.2"), Complaint().Refuse(action, Monday));

    [Fact]
    public void A_request_that_is_a_complaint_gets_a_term_from_now_and_loses_its_service_level()
    {
        var now = At("2026-11-24 10:00");
        var moved = In(TicketState.InProgress).Decide(new ChangeKind(Anna, TicketKind.Complaint), now);

        Assert.Equal([DeadlineKind.TermAhead, DeadlineKind.Term, DeadlineKind.Progress], moved.Ticket.Deadlines.Select(d => d.Kind));
        Assert.Equal(At("2026-12-08 10:00"), moved.Ticket.Due(DeadlineKind.Term));
        Assert.Equal([new TicketEvent(TicketEventKind.KindChanged, "Request", "Complaint")], moved.Events);
        Assert.Equal([new DueLetter(LetterKind.ComplaintRegistered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Managers)], moved.Letters);
    }

    [Fact]
    public void A_complaint_that_is_a_request_is_measured_from_now_but_a_request_never_gains_time_by_it()
    {
        var now = At("2026-11-24 10:00");
        var request = Complaint().Decide(new ChangeKind(Anna, TicketKind.Request), now);
        Assert.Equal(now.AddHours(2), request.Ticket.Due(DeadlineKind.Reaction));
        Assert.Equal([new DueLetter(LetterKind.Registered, Audience.Client), new DueLetter(LetterKind.NewRequest, Audience.Engineer)], request.Letters);

        var back = In(TicketState.Registered)
            .Decide(new ChangeKind(Anna, TicketKind.Complaint), now).Ticket
            .Decide(new ChangeKind(Anna, TicketKind.Request), now.AddHours(1)).Ticket;
        Assert.Equal(Monday.AddHours(2), back.Due(DeadlineKind.Reaction));
    }

    [Theory]
    [InlineData(TicketKind.Complaint)]
    [InlineData(TicketKind.Request)]
    public void What_is_in_the_series_already_is_not_moved(TicketKind kind) => Assert.Equal(
        new Refusal(RefusalReason.SameKind, "8.4"),
        (kind is TicketKind.Complaint ? Complaint() : In(TicketState.Registered)).Refuse(new ChangeKind(Anna, kind), Monday));
}
