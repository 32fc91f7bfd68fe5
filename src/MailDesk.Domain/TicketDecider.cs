using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain;

/// <summary>
/// The only place where a ticket changes. Pure: the same inputs give the same verdict; total: every action in every state has one.
/// What always holds:
/// a state changes only along an arrow of <see cref="TransitionTable"/>; a final state never changes;
/// what changes is in the events, each thing once; an action that is not allowed changes nothing and names the rule;
/// the deadlines are those that <see cref="Legality"/> asks for; a timer that is early or stale does nothing;
/// time does not run backwards: a clock that was set back is taken to stand at the ticket's last moment.
/// </summary>
public static partial class TicketDecider
{
    /// <summary>Registers a request (rules 5.10, 5.11).</summary>
    /// <param name="registration">What was understood of the mail.</param>
    /// <param name="now">UTC; a registration time after it is taken to be now.</param>
    public static TicketDecision Register(Registration registration, SupportPolicy policy, DateTimeOffset now)
    {
        var claim = registration.Priority ?? PriorityMatrix.Of(registration.Impact, registration.Urgency);
        var ticket = new Ticket
        {
            Kind = registration.Kind,
            State = registration.Held ? TicketState.Held : TicketState.Registered,
            Category = registration.Category,
            StartsService = registration.StartsService,
            Impact = registration.Impact,
            Urgency = registration.Urgency,
            Priority = PriorityMatrix.Limit(registration.Category, claim),
            RegisteredAt = registration.RegisteredAt <= now ? registration.RegisteredAt : now,
        };
        if (ticket.Kind is TicketKind.Complaint)
            ticket = ticket with { TermFrom = ticket.RegisteredAt, ToldAt = ticket.RegisteredAt }; // rule 8.2

        var change = new TicketChange(ticket, policy, now);
        change.Record(TicketEventKind.Registered, to: ticket.State, detail: DetailOf(registration));
        if (registration.PartOf is { } first)
            change.Record(TicketEventKind.Linked, to: first);
        if (!registration.Held && registration.InCharge is { } engineer)
            change.PutInCharge(engineer);
        if (ticket.Priority != claim && ticket.Kind is TicketKind.Request)
            change.Record(TicketEventKind.PriorityLowered, claim, ticket.Priority); // rule 4.1
        if (!registration.Silent)
            change.Send(Confirmation(registration), Audience.Client);
        if (registration.ChangesPersons)
            change.Send(LetterKind.PersonChangeToConfirm, Audience.Client);
        change.Send(registration.Held ? LetterKind.HeldSender : LetterKind.NewRequest, Audience.Engineer);
        return change.Decision();
    }

    /// <param name="now">UTC.</param>
    public static TicketVerdict Decide(Ticket ticket, TicketAction action, SupportPolicy policy, DateTimeOffset now)
    {
        if ((Forbids(ticket.State, action) ?? ForbidsKind(ticket.Kind, action)) is { } reason)
            return new Refusal(reason, RuleOf(reason));

        var change = new TicketChange(ticket, policy, NotBefore(ticket, now));
        return action switch
        {
            DeadlinePassed passed => Pass(change, passed.Kind),
            ClientWrites { Words: var words } => Hear(change, words),
            ClientReclassifies correction => Correct(change, correction),
            OutsiderWrites or AcceptWriter or RejectWriter or Settle => Admit(change, action),
            _ => Work(change, action),
        };
    }

    /// <summary>What may not be done in which state. Everything else may.</summary>
    private static RefusalReason? Forbids(TicketState state, TicketAction action) => (state, action) switch
    {
        (_, DeadlinePassed) => null,
        (TicketState.Closed, _) => RefusalReason.Closed,
        (TicketState.Rejected, _) => RefusalReason.Rejected,
        (TicketState.Registered or TicketState.Held, CorrectRequester) => null,
        (_, CorrectRequester) => RefusalReason.WorkBegun,
        (TicketState.Held, Accept or Reject or Settle or OutsiderWrites or Note) => null,
        (TicketState.Held, _) => RefusalReason.Held,
        (_, Accept or Reject or Settle) => RefusalReason.NotHeld,
        (TicketState.Completed, Take or Ask or WaitForThirdParty or ChangePriority or ChangeSeverity or ChangeCategory or ClientReclassifies or Absorb
            or NameService or Promise or ChangeKind) => RefusalReason.Completed,
        _ => null,
    };

    /// <summary>A complaint has its term and nothing of 3 and 4 (rule 8.2).</summary>
    private static RefusalReason? ForbidsKind(TicketKind kind, TicketAction action) => (kind, action) switch
    {
        (TicketKind.Complaint, ChangePriority or ChangeSeverity or ChangeCategory or ClientReclassifies or Complete { Outcome: Outcome.NotSupported }) => RefusalReason.NotForComplaints,
        (_, ChangeKind change) when change.Kind == kind => RefusalReason.SameKind,
        _ => null,
    };

    private static string RuleOf(RefusalReason reason) => reason switch
    {
        RefusalReason.Closed or RefusalReason.Rejected => "7.3",
        RefusalReason.Held or RefusalReason.NotHeld => "5.7",
        RefusalReason.PhoneForCriticalOnly => "5.3",
        RefusalReason.NotServed => "5.7",
        RefusalReason.WorkBegun => "5.11",
        RefusalReason.PriorityForIncidentsOnly => "4.1",
        RefusalReason.Completed => "7.1",
        RefusalReason.DateForPlannedOnly => "4.1",
        RefusalReason.DateOutOfRange => "8.3",
        RefusalReason.NotForComplaints => "8.2",
        RefusalReason.SameKind => "8.4",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    private static LetterKind Confirmation(Registration registration) => registration switch
    {
        { ChangesPersons: true } => LetterKind.PersonChangeAsked, // rule 5.7
        { Held: true } => LetterKind.NotAuthorised,         // rule 5.7
        { Kind: TicketKind.Complaint } => LetterKind.ComplaintRegistered, // rule 8.2
        { RepliesToClosed: true } => LetterKind.ReplyToClosed, // rule 7.3
        { Origin: RequestOrigin.Split } => LetterKind.Split, // rule 5.5
        _ => LetterKind.Registered,                         // rule 5.11
    };

    /// <summary>Which way it came, where that was not by a mail of its own, and from where its facts are.</summary>
    private static string? DetailOf(Registration registration) => (registration.Origin, registration.Sources) switch
    {
        (RequestOrigin.Mail, var sources) => sources,
        (var origin, null) => $"{origin}",
        var (origin, sources) => $"{origin}; {sources}",
    };

    private static DateTimeOffset NotBefore(Ticket ticket, DateTimeOffset now) =>
        new[] { now, ticket.RegisteredAt, ticket.TermFrom ?? now, ticket.ToldAt ?? now, ticket.ReactedAt ?? now, ticket.PausedSince ?? now, ticket.CompletedAt ?? now, ticket.ClosedAt ?? now }.Max();
}

/// <param name="RegisteredAt">IMAP INTERNALDATE, never later than now; UTC.</param>
/// <param name="Priority">A priority that the user named (rule 5.9); null for the matrix's.</param>
/// <param name="Held">The sender is not authorised (rule 5.7).</param>
/// <param name="Silent">Nothing is sent to the sender: the mail was automatic.</param>
/// <param name="Sources">From where each fact comes that was said, for the record (rule 3.1).</param>
/// <param name="RepliesToClosed">The mail was a reply to a closed request (rule 7.3): the confirmation says so.</param>
/// <param name="Origin">Which way it came; the history tells it.</param>
/// <param name="PartOf">The number of the request that it was a part of, as people write it (rule 5.5).</param>
/// <param name="InCharge">Who is in charge from the beginning; null for nobody.</param>
/// <param name="ChangesPersons">It asks for a change of the client's persons, and is held until somebody else agrees (rule 5.7).</param>
public sealed record Registration(
    TicketKind Kind,
    Category Category,
    bool StartsService,
    Impact Impact,
    Urgency Urgency,
    Priority? Priority,
    DateTimeOffset RegisteredAt,
    bool Held = false,
    bool Silent = false,
    bool RepliesToClosed = false,
    string? Sources = null,
    RequestOrigin Origin = RequestOrigin.Mail,
    string? PartOf = null,
    string? InCharge = null,
    bool ChangesPersons = false);
