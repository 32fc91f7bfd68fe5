using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>Tickets that live through thousands of random actions, timers and pauses; what must always hold is checked after each.</summary>
public sealed class RandomWalkTests
{
    public static TheoryData<int, bool, bool> Walks() => new()
    {
        { 1, false, false },
        { 2, true, false },
        { 3, false, true },
        { 4, true, true },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void What_must_hold_holds_after_every_step(int seed, bool thirdPartyPauses, bool workingTimeOnly)
    {
        var random = new Random(seed);
        var policy = new SupportPolicy
        {
            ThirdPartyPauses = thirdPartyPauses,
            DefaultCalendar = workingTimeOnly ? WorkingCalendar.Standard : RoundTheClock.Utc,
        };
        HashSet<TicketState> seen = [];

        for (var i = 0; i < 400; i++)
        {
            var now = Sample.Monday.AddMinutes(random.Next(0, 400 * 24 * 60));
            var registration = RandomRegistration(random, now);
            var registered = TicketDecider.Register(registration, policy, now);
            AssertSame(registered, TicketDecider.Register(registration, policy, now));
            var ticket = registered.Ticket;

            for (var step = 0; step < 60; step++)
            {
                Assert.Empty(Legality.Faults(ticket, policy));
                seen.Add(ticket.State);

                // As the daemon does: what is due comes first, most of the time.
                var next = ticket.Deadlines.FirstOrDefault();
                TicketAction action;
                if (next is not null && random.Next(3) == 0)
                {
                    now = next.DueAt > now ? next.DueAt : now;
                    action = new DeadlinePassed(next.Kind);
                }
                else
                {
                    now = now.AddMinutes(random.Next(4) == 0 ? random.Next(3000) : random.Next(90));
                    action = RandomAction(random, ticket, now);
                }
                ticket = Step(ticket, action, policy, now);
            }
        }

        Assert.Equal(Enum.GetValues<TicketState>(), seen.Order());
    }

    private static Ticket Step(Ticket before, TicketAction action, SupportPolicy policy, DateTimeOffset now)
    {
        var verdict = TicketDecider.Decide(before, action, policy, now);
        if (verdict is Refusal refusal)
        {
            Assert.Equal(refusal, TicketDecider.Decide(before, action, policy, now));
            Assert.NotEmpty(refusal.Rule);
            return before;
        }

        var decision = Assert.IsType<TicketDecision>(verdict);
        AssertSame(decision, Assert.IsType<TicketDecision>(TicketDecider.Decide(before, action, policy, now)));
        var after = decision.Ticket;

        if (before.IsFinal)
        {
            Assert.Same(before, after);
            Assert.Empty(decision.Events);
            Assert.Empty(decision.Letters);
        }
        AssertExplained(before, decision);
        AssertForward(before, after, now);
        return after;
    }

    /// <summary>The events, applied to the ticket before, give the ticket after.</summary>
    private static void AssertExplained(Ticket before, TicketDecision decision)
    {
        var after = decision.Ticket;
        var (state, engineer, priority) = (before.State.ToString(), before.Engineer, before.Priority.ToString());
        foreach (var change in decision.Events)
        {
            switch (change.Kind)
            {
                case TicketEventKind.StateChanged:
                    Assert.Equal(state, change.From);
                    Assert.True(TransitionTable.Allows(Enum.Parse<TicketState>(change.From!), Enum.Parse<TicketState>(change.To!)));
                    state = change.To!;
                    break;
                case TicketEventKind.EngineerChanged:
                    Assert.Equal(engineer, change.From);
                    engineer = change.To;
                    break;
                case TicketEventKind.PriorityChanged:
                    Assert.Equal(priority, change.From);
                    priority = change.To!;
                    break;
            }
        }

        Assert.Equal((after.State.ToString(), after.Engineer, after.Priority.ToString()), (state, engineer, priority));
        Assert.Equal(Has(TicketEventKind.Reacted), before.ReactedAt != after.ReactedAt);
        Assert.Equal(Has(TicketEventKind.CategoryChanged), (before.Category, before.StartsService) != (after.Category, after.StartsService));
        Assert.Equal(Has(TicketEventKind.SeverityChanged), (before.Impact, before.Urgency) != (after.Impact, after.Urgency));
        Assert.Equal(Has(TicketEventKind.Reopened), after.ReopenedCount == before.ReopenedCount + 1);
        Assert.Equal(Has(TicketEventKind.Closed), before.ClosedAt != after.ClosedAt);
        Assert.True(Has(TicketEventKind.Completed) || Has(TicketEventKind.Reopened) || before.Outcome == after.Outcome);
        Assert.Equal(Has(TicketEventKind.KindChanged), before.Kind != after.Kind);
        Assert.True(before.PromisedAt == after.PromisedAt || Has(TicketEventKind.DatePromised) || Has(TicketEventKind.Reopened) || Has(TicketEventKind.KindChanged));
        Assert.True(before.TermMissed == after.TermMissed || Has(TicketEventKind.DeadlineMissed)
            || Has(TicketEventKind.DatePromised) || Has(TicketEventKind.Reopened) || Has(TicketEventKind.KindChanged));
        AssertTold(before, decision);
        Assert.True(Has(TicketEventKind.DeadlineMissed) || (before.ReactionMissed, before.ExecutionMissed) == (after.ReactionMissed, after.ExecutionMissed)
            || Has(TicketEventKind.PriorityChanged) || Has(TicketEventKind.CategoryChanged));
        Assert.Equal(Has(TicketEventKind.PriorityChanged) && !Told(LetterKind.Corrected), Told(LetterKind.PriorityChanged));
        Assert.Equal((true, true), (!before.CategoryByEngineer || after.CategoryByEngineer, !before.PriorityByEngineer || after.PriorityByEngineer));
        Assert.True(before.RegisteredAt == after.RegisteredAt || before.State is TicketState.Held || Has(TicketEventKind.KindChanged));

        bool Told(LetterKind kind) => decision.Letters.Contains(new(kind, Audience.Client));
        bool Has(TicketEventKind kind) => decision.Events.Any(e => e.Kind == kind);
    }

    /// <summary>An open complaint never stays without a word longer than rule 8.3 allows: its clock runs from the last one.</summary>
    private static void AssertTold(Ticket before, TicketDecision decision)
    {
        var after = decision.Ticket;
        if (before.Kind != after.Kind || after.Kind is not TicketKind.Complaint || after.State is TicketState.Held or TicketState.Rejected)
            return;
        var told = decision.Letters.Any(l => l is { Audience: Audience.Client, Kind: LetterKind.Answer or LetterKind.Question or LetterKind.ThirdParty or LetterKind.ComplaintProgress });
        Assert.True(before.ToldAt == after.ToldAt || told || before.State is TicketState.Held || decision.Events.Any(e => e.Kind is TicketEventKind.Reopened));
        Assert.DoesNotContain(decision.Letters, l => l.Kind is LetterKind.Completed or LetterKind.PriorityChanged or LetterKind.DatePromised);
    }

    private static void AssertForward(Ticket before, Ticket after, DateTimeOffset now)
    {
        Assert.True(after.RegisteredAt >= before.RegisteredAt);
        Assert.True(before.ReactedAt is null || after.ReactedAt == before.ReactedAt);
        Assert.True(after.ReopenedCount >= before.ReopenedCount);
        Assert.True(Sample.LastMoment(after) <= now);
        Assert.True(after.Paused <= now - after.RegisteredAt);
    }

    private static void AssertSame(TicketDecision one, TicketDecision other)
    {
        Assert.Equal(one.Ticket.Deadlines, other.Ticket.Deadlines);
        Assert.Equal(one.Ticket, other.Ticket with { Deadlines = one.Ticket.Deadlines });
        Assert.Equal(one.Events, other.Events);
        Assert.Equal(one.Letters, other.Letters);
    }

    private static Registration RandomRegistration(Random random, DateTimeOffset now) => new(
        random.Next(4) == 0 ? TicketKind.Complaint : TicketKind.Request,
        Any<Category>(random),
        StartsService: random.Next(5) == 0,
        Any<Impact>(random),
        Any<Urgency>(random),
        random.Next(3) == 0 ? Any<Priority>(random) : null,
        now.AddMinutes(-random.Next(0, 3) * random.Next(0, 300)),
        Held: random.Next(5) == 0,
        Silent: random.Next(5) == 0,
        RepliesToClosed: random.Next(5) == 0,
        Origin: random.Next(3) == 0 ? Any<RequestOrigin>(random) : RequestOrigin.Mail,
        InCharge: random.Next(5) == 0 ? Sample.Boris : null,
        ChangesPersons: random.Next(20) == 0);

    private static TicketAction RandomAction(Random random, Ticket ticket, DateTimeOffset now)
    {
        var engineer = random.Next(2) == 0 ? Sample.Anna : Sample.Boris;
        return random.Next(34) switch
        {
            0 => new Take(engineer),
            1 => new Assign(engineer, random.Next(2) == 0 ? Sample.Anna : Sample.Boris),
            2 => new Answer(engineer),
            3 or 4 => new Ask(engineer),
            5 => new Note(engineer),
            6 or 7 => new WaitForThirdParty(engineer, "vendor"),
            8 => new Complete(engineer, Any<Outcome>(random)),
            9 or 10 => new ChangePriority(engineer, Any<Priority>(random)),
            11 => new ChangeSeverity(engineer, random.Next(2) == 0 ? Any<Impact>(random) : null, random.Next(2) == 0 ? Any<Urgency>(random) : null),
            12 => new ChangeCategory(engineer, Any<Category>(random), random.Next(2) == 0),
            13 => new Accept(engineer),
            14 => new Reject(engineer, null),
            15 => new DeadlinePassed(Any<DeadlineKind>(random)),
            16 => new ClientReclassifies(Sample.Client, RandomClaim(random), Alone: random.Next(2) == 0),
            17 => new Split(engineer, "MD-1"),
            18 => random.Next(4) == 0 ? new Merge(engineer, "MD-1") : new Absorb(engineer, "MD-1"),
            19 => new Link(engineer, "MD-1"),
            20 => new CorrectRequester(engineer, Sample.Client, "other@firm.example"),
            21 => new NameService(engineer, random.Next(2) == 0 ? "Mail" : null, "Mail"),
            22 or 23 => new Promise(engineer, now.AddMinutes(random.Next(-1000, 30000))),
            24 => new ChangeKind(engineer, random.Next(3) == 0 ? ticket.Kind : Any<TicketKind>(random), random.Next(3) == 0 ? Sample.Boris : null),
            25 or 26 => new ClientWrites(Sample.Client, ClientWords.Text),
            27 => new OutsiderWrites("stranger@elsewhere.example"),
            28 => random.Next(2) == 0 ? new AcceptWriter(engineer, "stranger@elsewhere.example") : new RejectWriter(engineer, "stranger@elsewhere.example", null),
            29 => new Settle(engineer),
            _ => new ClientWrites(Sample.Client, random.Next(4) == 0 ? ClientWords.Confirmation : Any<ClientWords>(random)),
        };
    }

    private static Claim RandomClaim(Random random) => new(
        Maybe<Category>(random), random.Next(4) == 0, Maybe<Impact>(random), Maybe<Urgency>(random), random.Next(3) == 0 ? Any<Priority>(random) : null);

    private static T? Maybe<T>(Random random)
        where T : struct, Enum => random.Next(2) == 0 ? Any<T>(random) : null;

    private static T Any<T>(Random random)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return values[random.Next(values.Length)];
    }
}
