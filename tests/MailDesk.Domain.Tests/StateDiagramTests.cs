using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>Every action in every state, held against one table.</summary>
public sealed class StateDiagramTests
{
    // What becomes of the request: a state, "=" for none but the same, "!" for a refusal and its reason, "-" for what the state has no deadline of.
    private static string Table =>
        """
        .                  Registered            InProgress            WaitingForClient      WaitingForThirdParty  Completed   Closed   Held       Rejected
        Take               InProgress            =                     InProgress            InProgress            !Completed  !Closed  !Held      !Rejected
        Assign             =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        Answer             InProgress            =                     =                     =                     =           !Closed  !Held      !Rejected
        Ask                WaitingForClient      WaitingForClient      =                     WaitingForClient      !Completed  !Closed  !Held      !Rejected
        Note               =                     =                     =                     =                     =           !Closed  =          !Rejected
        WaitForThirdParty  WaitingForThirdParty  WaitingForThirdParty  WaitingForThirdParty  =                     !Completed  !Closed  !Held      !Rejected
        Complete           Completed             Completed             Completed             Completed             =           !Closed  !Held      !Rejected
        ChangePriority     =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        ChangeSeverity     =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        ChangeCategory     =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        ClientReclassifies =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        NameService        =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        Promise            InProgress            =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        ChangeKind         =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        Accept             !NotHeld              !NotHeld              !NotHeld              !NotHeld              !NotHeld    !Closed  Registered !Rejected
        Reject             !NotHeld              !NotHeld              !NotHeld              !NotHeld              !NotHeld    !Closed  Rejected   !Rejected
        Split              =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        Merge              Closed                Closed                Closed                Closed                Closed      !Closed  !Held      !Rejected
        Absorb             =                     =                     =                     =                     !Completed  !Closed  !Held      !Rejected
        Link               =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        CorrectRequester   =                     !WorkBegun            !WorkBegun            !WorkBegun            !WorkBegun  !Closed  Registered !Rejected
        OutsiderWrites     =                     =                     =                     =                     =           !Closed  =          !Rejected
        AcceptWriter       =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        RejectWriter       =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        Settle             !NotHeld              !NotHeld              !NotHeld              !NotHeld              !NotHeld    !Closed  Closed     !Rejected
        Text               =                     =                     InProgress            =                     InProgress  !Closed  !Held      !Rejected
        Confirmation       =                     =                     InProgress            =                     Closed      !Closed  !Held      !Rejected
        Correction         =                     =                     InProgress            =                     InProgress  !Closed  !Held      !Rejected
        Thanks             =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        Empty              =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        Automatic          =                     =                     =                     =                     =           !Closed  !Held      !Rejected
        Due:ReactionAhead  =                     -                     -                     -                     -           -        -          -
        Due:Reaction       =                     -                     -                     -                     -           -        -          -
        Due:ExecutionAhead =                     =                     -                     =                     -           -        -          -
        Due:Execution      =                     =                     -                     =                     -           -        -          -
        Due:ClientReminder -                     -                     =                     -                     -           -        -          -
        Due:ClientAnswer   -                     -                     Completed             -                     -           -        -          -
        Due:Confirmation   -                     -                     -                     -                     Closed      -        -          -
        Due:TermAhead      =                     =                     =                     =                     -           -        -          -
        Due:Term           =                     =                     =                     =                     -           -        -          -
        Due:ProgressAhead  -                     -                     -                     -                     -           -        -          -
        Due:Progress       -                     -                     -                     -                     -           -        -          -
        Due:ThirdPartyReminder -                 -                     -                     =                     -           -        -          -
        """;

    private static TicketAction[] Actions { get; } =
    [
        new Take(Sample.Boris),
        new Assign(Sample.Anna, Sample.Boris),
        new Answer(Sample.Anna),
        new Ask(Sample.Anna),
        new Note(Sample.Anna),
        new WaitForThirdParty(Sample.Anna, "vendor"),
        new Complete(Sample.Anna, Outcome.Answered),
        new ChangePriority(Sample.Anna, Priority.Low),
        new ChangeSeverity(Sample.Anna, Impact.ServiceDown, Urgency.High),
        new ChangeCategory(Sample.Anna, Category.Service),
        new ClientReclassifies(Sample.Client, new Claim(Category.TechnicalSupport), Alone: true),
        new NameService(Sample.Anna, null, "Mail"),
        new Promise(Sample.Anna, Sample.At("2026-12-10 18:00")),
        new ChangeKind(Sample.Anna, TicketKind.Complaint),
        new Accept(Sample.Anna),
        new Reject(Sample.Anna, "unknown"),
        new Split(Sample.Anna, "MD-1002"),
        new Merge(Sample.Anna, "MD-1002"),
        new Absorb(Sample.Anna, "MD-1002"),
        new Link(Sample.Anna, "MD-1002"),
        new CorrectRequester(Sample.Anna, Sample.Client, "other@firm.example"),
        new OutsiderWrites("stranger@elsewhere.example"),
        new AcceptWriter(Sample.Anna, "stranger@elsewhere.example"),
        new RejectWriter(Sample.Anna, "stranger@elsewhere.example", null),
        new Settle(Sample.Anna),
        .. Enum.GetValues<ClientWords>().Select(words => new ClientWrites(Sample.Client, words)),
        .. Enum.GetValues<DeadlineKind>().Select(kind => new DeadlinePassed(kind)),
    ];

    public static TheoryData<string, TicketState, string> Cells()
    {
        var rows = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        var data = new TheoryData<string, TicketState, string>();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
                data.Add(row[0], Enum.Parse<TicketState>(rows[0][column]), row[column]);
        }
        return data;
    }

    [Fact]
    public void The_table_has_every_action_and_every_state() =>
        Assert.Equal(Actions.Length * Enum.GetValues<TicketState>().Length, Cells().Count);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_action_in_every_state_does_what_the_table_says(string action, TicketState state, string expected)
    {
        var ticket = In(state, action);
        var done = Do(ticket, action);

        switch (expected)
        {
            case "-":
                var nothing = Assert.IsType<TicketDecision>(done);
                Assert.Same(ticket, nothing.Ticket);
                Assert.Empty(nothing.Events);
                Assert.Empty(nothing.Letters);
                break;
            case ['!', .. var reason]:
                Assert.Equal(Enum.Parse<RefusalReason>(reason), Assert.IsType<Refusal>(done).Reason);
                break;
            default:
                var decision = Assert.IsType<TicketDecision>(done);
                Assert.Equal(expected is "=" ? state : Enum.Parse<TicketState>(expected), decision.Ticket.State);
                Assert.NotEmpty(decision.Events);
                Assert.Empty(Legality.Faults(decision.Ticket, Sample.Policy));
                break;
        }
    }

    [Fact]
    public void The_arrows_of_the_diagram_are_the_changes_that_happen_and_no_others()
    {
        var happened =
            from state in Enum.GetValues<TicketState>()
            from action in Actions
            let verdict = Do(In(state, NameOf(action)), NameOf(action)) as TicketDecision
            where verdict is not null
            from change in verdict.Events
            where change.Kind is TicketEventKind.StateChanged
            select (Enum.Parse<TicketState>(change.From!), Enum.Parse<TicketState>(change.To!));

        Assert.Equal(TransitionTable.Arrows.Select(a => (a.From, a.To)).Order(), happened.Distinct().Order());
    }

    [Fact]
    public void The_arrows_are_those_of_the_rules()
    {
        TicketState[] open = [TicketState.Registered, TicketState.InProgress, TicketState.WaitingForClient, TicketState.WaitingForThirdParty];

        Assert.All(open, state => Assert.True(TransitionTable.Allows(state, TicketState.Completed)));
        Assert.True(TransitionTable.Allows(TicketState.Completed, TicketState.InProgress));
        Assert.Equal([TicketState.Registered, TicketState.Rejected], TransitionTable.Arrows.Where(a => a.From is TicketState.Held).Select(a => a.To));
        Assert.Equal([TicketState.Closed, TicketState.Rejected], Enum.GetValues<TicketState>().Where(TransitionTable.IsFinal));
        Assert.Equal([TicketState.Completed], TransitionTable.Arrows.Where(a => a.To is TicketState.Closed && a.Rule is not "5.5").Select(a => a.From));
        Assert.Equal(open, TransitionTable.Arrows.Where(a => a.Rule is "5.5").Select(a => a.From));
        Assert.Equal(TransitionTable.Arrows.Length, TransitionTable.Arrows.DistinctBy(a => (a.From, a.To)).Count());
    }

    /// <summary>A date is promised for planned requests only; its deadlines are those of a request that has one, or of a complaint.</summary>
    private static Ticket In(TicketState state, string action)
    {
        if (state is TicketState.Registered && action is ("Due:TermAhead" or "Due:Term"))
            return Sample.Complaint();
        if (action is not ("Promise" or "Due:TermAhead" or "Due:Term"))
            return Sample.In(state);
        var ticket = Sample.In(state, priority: Priority.Planned);
        return action is "Promise" || ticket.State is TicketState.Completed || ticket.IsFinal || ticket.State is TicketState.Held
            ? ticket
            : ticket.Decide(new Promise(Sample.Anna, Sample.At("2026-12-10 18:00")), Sample.LastMoment(ticket).AddMinutes(1)).Ticket;
    }

    private static TicketVerdict Do(Ticket ticket, string name)
    {
        var action = Actions.Single(a => NameOf(a) == name);
        var now = action is DeadlinePassed passed && ticket.Due(passed.Kind) is { } due ? due : Sample.LastMoment(ticket).AddMinutes(1);
        return TicketDecider.Decide(ticket, action, Sample.Policy, now);
    }

    private static string NameOf(TicketAction action) => action switch
    {
        ClientWrites writes => writes.Words.ToString(),
        DeadlinePassed passed => $"Due:{passed.Kind}",
        _ => action.GetType().Name,
    };
}
