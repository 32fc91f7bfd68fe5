using static MailDesk.Domain.Tests.Sample;

namespace MailDesk.Domain.Tests;

/// <summary>A check that finds nothing proves nothing: each of these is found.</summary>
public sealed class LegalityTests
{
    public static TheoryData<TicketState> States() => [.. Enum.GetValues<TicketState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void Every_sample_is_legal(TicketState state) => Assert.Empty(Legality.Faults(In(state), Policy));

    [Theory]
    [MemberData(nameof(States))]
    public void A_deadline_that_a_state_does_not_have_is_found(TicketState state)
    {
        var ticket = In(state);
        foreach (var kind in Enum.GetValues<DeadlineKind>().Where(kind => ticket.Due(kind) is null))
        {
            var wrong = ticket with { Deadlines = [.. ticket.Deadlines.Add(new(kind, Monday)).OrderBy(d => d.DueAt).ThenBy(d => d.Kind)] };
            Assert.Contains($"{state} has no deadline {kind}.", Legality.Faults(wrong, Policy));
        }
    }

    [Theory]
    [InlineData(TicketState.Registered, DeadlineKind.Reaction)]
    [InlineData(TicketState.Registered, DeadlineKind.Execution)]
    [InlineData(TicketState.InProgress, DeadlineKind.Execution)]
    [InlineData(TicketState.WaitingForThirdParty, DeadlineKind.Execution)]
    [InlineData(TicketState.WaitingForClient, DeadlineKind.ClientAnswer)]
    [InlineData(TicketState.Completed, DeadlineKind.Confirmation)]
    public void A_deadline_that_a_state_needs_is_missed(TicketState state, DeadlineKind kind)
    {
        var ticket = In(state);
        var wrong = ticket with { Deadlines = ticket.Deadlines.RemoveAll(d => d.Kind == kind) };

        Assert.Contains($"{state} needs a deadline {kind}.", Legality.Faults(wrong, Policy));
    }

    [Theory]
    [InlineData(DeadlineKind.Term)]
    [InlineData(DeadlineKind.Progress)]
    public void A_complaint_needs_its_terms(DeadlineKind kind)
    {
        var complaint = Complaint();
        Assert.Empty(Legality.Faults(complaint, Policy));

        Assert.Contains($"Registered needs a deadline {kind}.", Legality.Faults(complaint with { Deadlines = complaint.Deadlines.RemoveAll(d => d.Kind == kind) }, Policy));
        Assert.Contains("Registered has no deadline Reaction.", Legality.Faults(complaint with { Deadlines = [new(DeadlineKind.Reaction, Monday), .. complaint.Deadlines] }, Policy));
    }

    [Fact]
    public void Other_faults_are_found()
    {
        var work = In(TicketState.InProgress);
        Ticket[] wrong =
        [
            work with { Deadlines = [.. work.Deadlines, .. work.Deadlines] },
            work with { Deadlines = [.. work.Deadlines.Reverse()] },
            work with { ReactedAt = null },
            work with { Engineer = null },
            work with { Outcome = Outcome.Answered },
            work with { ClosedAt = Monday },
            work with { ReactedAt = Monday.AddDays(-1) },
            work with { Paused = TimeSpan.FromHours(-1) },
            work with { Category = Category.Service, Priority = Priority.High },
            work with { TermFrom = Monday, ToldAt = Monday },
            work with { TermMissed = true },
            Complaint() with { TermFrom = null },
            Complaint() with { ToldAt = null },
            Complaint() with { ToldAt = Monday.AddDays(-1) },
            Complaint() with { TermFrom = Monday.AddDays(-1) },
            In(TicketState.Completed) with { Outcome = null },
            In(TicketState.Completed) with { PausedSince = null },
            In(TicketState.Closed) with { ClosingReason = null },
            In(TicketState.Registered) with { ReactedAt = Monday },
        ];

        Assert.All(wrong, ticket => Assert.NotEmpty(Legality.Faults(ticket, Policy)));
    }
}
