using System.Collections.Immutable;

namespace MailDesk.Domain;

/// <summary>
/// A decision in the making: the ticket so far, what is to be recorded and which letters are due. Every change of state goes through
/// <see cref="MoveTo"/>, which knows the diagram and the execution clock; <see cref="Decision"/> settles the deadlines.
/// </summary>
internal sealed class TicketChange(Ticket ticket, SupportPolicy policy, DateTimeOffset now)
{
    private readonly ImmutableArray<TicketEvent>.Builder _events = ImmutableArray.CreateBuilder<TicketEvent>();
    private readonly ImmutableArray<DueLetter>.Builder _letters = ImmutableArray.CreateBuilder<DueLetter>();

    public Ticket Ticket { get; private set; } = ticket;

    public SupportPolicy Policy => policy;

    public DateTimeOffset Now => now;

    public void Set(Ticket changed) => Ticket = changed;

    public void Record(TicketEventKind kind, object? from = null, object? to = null, string? detail = null) =>
        _events.Add(new(kind, from?.ToString(), to?.ToString(), detail));

    public void Send(LetterKind letter, Audience audience) => _letters.Add(new(letter, audience));

    /// <summary>A letter to the client that says how things stand: it is progress (rule 8.3).</summary>
    public void Tell(LetterKind letter)
    {
        Send(letter, Audience.Client);
        if (Ticket.Kind is TicketKind.Complaint)
            Ticket = Ticket with { ToldAt = now };
    }

    /// <summary>Follows an arrow of the diagram; does nothing in the state itself.</summary>
    public void MoveTo(TicketState state)
    {
        if (Ticket.State == state)
            return;
        if (!TransitionTable.Allows(Ticket.State, state))
            throw new InvalidOperationException($"The diagram has no arrow from {Ticket.State} to {state}.");

        Record(TicketEventKind.StateChanged, Ticket.State, state);
        Ticket = Ticket with { State = state };
        if (!Ticket.IsFinal)
            RunOrStopExecution();
    }

    /// <summary>An engineer does the first work on the request: the reaction time ends, and somebody is in charge from now on.</summary>
    public void BeginWork(string engineer)
    {
        if (Ticket.Engineer is null)
            PutInCharge(engineer);
        if (Ticket.ReactedAt is not null)
            return;
        if (IsOver(DeadlineKind.Reaction))
            Miss(DeadlineKind.Reaction);
        Ticket = Ticket with { ReactedAt = now };
        Record(TicketEventKind.Reacted);
    }

    /// <returns>Whether that is news.</returns>
    public bool PutInCharge(string engineer)
    {
        if (string.Equals(Ticket.Engineer, engineer, StringComparison.OrdinalIgnoreCase))
            return false;
        Record(TicketEventKind.EngineerChanged, Ticket.Engineer, engineer);
        Ticket = Ticket with { Engineer = engineer };
        return true;
    }

    /// <summary>A service level, a term or a promised date was missed: said once.</summary>
    public void Miss(DeadlineKind kind)
    {
        Ticket = kind switch
        {
            DeadlineKind.Reaction => Ticket with { ReactionMissed = true },
            DeadlineKind.Execution => Ticket with { ExecutionMissed = true },
            DeadlineKind.Term => Ticket with { TermMissed = true },
            _ => Ticket,
        };
        Record(TicketEventKind.DeadlineMissed, to: kind);
        Send(LetterKind.DeadlineMissed, Audience.Engineer);
        Send(LetterKind.DeadlineMissed, Audience.Managers);
    }

    public void Relevel(Ticket changed) => Ticket = ServiceClock.Relevel(Ticket, changed, policy, now);

    /// <summary>Takes the place of the deadlines of the same kinds.</summary>
    public void Schedule(params ReadOnlySpan<Deadline> deadlines)
    {
        foreach (var deadline in deadlines)
        {
            Cancel(deadline.Kind);
            Ticket = Ticket with { Deadlines = Ticket.Deadlines.Add(deadline) };
        }
    }

    public void Cancel(DeadlineKind kind) => Ticket = Ticket with { Deadlines = Ticket.Deadlines.RemoveAll(d => d.Kind == kind) };

    /// <summary>The decision, with the deadlines that the ticket now has: the client's terms that its state allows, and the service level's.</summary>
    public TicketDecision Decision()
    {
        var terms = Ticket.Deadlines.Where(d => d.Kind switch
        {
            DeadlineKind.ClientReminder or DeadlineKind.ClientAnswer => Ticket.State is TicketState.WaitingForClient,
            DeadlineKind.Confirmation => Ticket.State is TicketState.Completed,
            DeadlineKind.ThirdPartyReminder => Ticket.State is TicketState.WaitingForThirdParty,
            _ => false,
        });
        var deadlines = terms.Concat(ServiceClock.Deadlines(Ticket, policy, now)).Concat(TermClock.Deadlines(Ticket, policy, now)).OrderBy(d => d.DueAt).ThenBy(d => d.Kind);
        return new(Ticket with { Deadlines = [.. deadlines] }, _events.ToImmutable(), _letters.ToImmutable());
    }

    private void RunOrStopExecution()
    {
        var pauses = policy.Pauses(Ticket.State);
        if (pauses && Ticket.PausedSince is null)
        {
            if (IsOver(DeadlineKind.Execution))
                Miss(DeadlineKind.Execution);
            Ticket = Ticket with { PausedSince = now };
        }
        else if (!pauses && Ticket.PausedSince is { } since)
        {
            Ticket = Ticket with { PausedSince = null, Paused = Ticket.Paused + policy.CalendarOf(Ticket).Elapsed(since, now) };
        }
    }

    // What ends a clock after its deadline and before the timer came is late all the same. At the deadline itself it is in time.
    public bool IsOver(DeadlineKind kind) => Ticket.Deadlines.Any(d => d.Kind == kind && d.DueAt < now);
}
