using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>Clients correct what was understood of their request (rules 3.1, 4.1, 5.9).</summary>
public sealed class CorrectionTests
{
    private static readonly DateTimeOffset Later = Sample.Monday.AddMinutes(30);

    private static readonly DueLetter ToClient = new(LetterKind.Corrected, Audience.Client);

    private static readonly DueLetter ToEngineer = new(LetterKind.ClientCorrected, Audience.Engineer);

    [Fact]
    public void A_correction_changes_what_it_names_and_both_sides_are_told()
    {
        var decision = Correct(Sample.In(TicketState.Registered), new Claim(Impact: Impact.ServiceDown, Urgency: Urgency.High));

        Assert.Equal((Category.Incident, Priority.Critical), (decision.Ticket.Category, decision.Ticket.Priority));
        Assert.Equal([ToEngineer, ToClient], decision.Letters);
        Assert.Equal(["SeverityChanged: MinorLoss × Normal → ServiceDown × High", "PriorityChanged: Medium → Critical"], decision.Events.Select(Line));
    }

    [Fact]
    public void Deadlines_count_from_registration()
    {
        var ticket = Correct(Sample.In(TicketState.Registered), new Claim(Priority: Priority.Critical)).Ticket;

        Assert.Equal(Sample.Monday.AddMinutes(10), ticket.Due(DeadlineKind.Reaction));
        Assert.Equal(Sample.Monday.AddHours(1), ticket.Due(DeadlineKind.Execution));
    }

    [Fact]
    public void Only_an_incident_can_be_critical()
    {
        var decision = Correct(Sample.In(TicketState.Registered), new Claim(Category.Service, Priority: Priority.Critical));

        Assert.Equal((Category.Service, Priority.Medium), (decision.Ticket.Category, decision.Ticket.Priority));
        Assert.Contains("PriorityLowered: Critical → Medium", decision.Events.Select(Line));
    }

    [Fact]
    public void A_critical_incident_that_its_client_calls_a_question_becomes_medium() =>
        Assert.Contains(
            "PriorityLowered: High → Medium",
            Correct(Sample.In(TicketState.Registered, priority: Priority.High), new Claim(Category.TechnicalSupport)).Events.Select(Line));

    [Fact]
    public void An_incident_and_its_priority_can_be_said_in_one()
    {
        var asked = Correct(Sample.In(TicketState.Registered), new Claim(Category.ServiceChange, StartsService: true)).Ticket;
        var decision = Correct(asked, new Claim(Category.Incident, Priority: Priority.High));

        Assert.Equal((Category.Incident, false, Priority.High), (decision.Ticket.Category, decision.Ticket.StartsService, decision.Ticket.Priority));
        Assert.DoesNotContain(decision.Events, e => e.Kind == TicketEventKind.PriorityLowered);
    }

    [Theory]
    [InlineData(TicketState.Registered)]
    [InlineData(TicketState.InProgress)]
    [InlineData(TicketState.WaitingForClient)]
    [InlineData(TicketState.WaitingForThirdParty)]
    public void A_correction_moves_nothing_else(TicketState state)
    {
        var before = Sample.In(state);
        var after = Correct(before, new Claim(Category.Service)).Ticket;

        Assert.Equal((before.State, before.Engineer, before.ReactedAt), (after.State, after.Engineer, after.ReactedAt));
        Assert.Empty(Legality.Faults(after, Sample.Policy));
    }

    [Fact]
    public void What_holds_already_is_answered_only_to_who_says_nothing_else()
    {
        var ticket = Sample.In(TicketState.Registered);

        Assert.Equal([ToClient], Correct(ticket, new Claim(Category.Incident)).Letters);
        Assert.Empty(Correct(ticket, new Claim(Category.Incident), alone: false).Letters);
    }

    [Fact]
    public void An_engineers_category_stays()
    {
        var set = Sample.In(TicketState.Registered).Decide(new ChangeCategory(Sample.Anna, Category.Service), Later).Ticket;
        var decision = Correct(set, new Claim(Category.Incident, Urgency: Urgency.Low));

        Assert.Equal((Category.Service, Urgency.Low), (decision.Ticket.Category, decision.Ticket.Urgency));
        Assert.Contains("CorrectionKept: Service → Incident", decision.Events.Select(Line));
        Assert.Equal([ToEngineer, ToClient], decision.Letters);
    }

    [Fact]
    public void An_engineers_priority_stays()
    {
        var set = Sample.In(TicketState.Registered).Decide(new ChangePriority(Sample.Anna, Priority.High), Later).Ticket;

        foreach (var claim in new[] { new Claim(Priority: Priority.Critical), new Claim(Impact: Impact.ServiceDown, Urgency: Urgency.High) })
        {
            var decision = Correct(set, claim);

            Assert.Equal(set, decision.Ticket with { Deadlines = set.Deadlines });
            Assert.Equal(["CorrectionKept: High → Critical"], decision.Events.Select(Line));
            Assert.Equal([ToEngineer, ToClient], decision.Letters);
        }
    }

    [Fact]
    public void A_category_that_would_take_an_engineers_priority_back_is_kept_out()
    {
        var set = Sample.In(TicketState.Registered).Decide(new ChangeSeverity(Sample.Anna, Impact.ServiceDown, Urgency.High), Later).Ticket;
        var decision = Correct(set, new Claim(Category.TechnicalSupport));

        Assert.Equal((Category.Incident, Priority.Critical), (decision.Ticket.Category, decision.Ticket.Priority));
        Assert.Equal(["CorrectionKept: Incident → TechnicalSupport"], decision.Events.Select(Line));
    }

    [Fact]
    public void Another_service_is_told_like_any_correction()
    {
        var decision = Sample.In(TicketState.Registered).Decide(
            new ClientReclassifies(Sample.Client, new Claim(), Alone: false, new Renaming(null, "Mail")), Later);

        Assert.Equal(["ServiceChanged:  → Mail"], decision.Events.Select(Line));
        Assert.Equal([ToEngineer, ToClient], decision.Letters);
    }

    private static TicketDecision Correct(Ticket ticket, Claim claim, bool alone = true) =>
        ticket.Decide(new ClientReclassifies(Sample.Client, claim, alone), Later);

    private static string Line(TicketEvent happened) => $"{happened.Kind}: {happened.From} → {happened.To}";
}
