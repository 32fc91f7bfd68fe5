using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain;

/// <summary>
/// What engineers do. Work is to take a request, to answer, to promise a date, to ask, to wait for somebody and to complete: the first of these ends the
/// reaction time and puts its engineer in charge where nobody is. To assign, to classify and to write a note is not work yet.
/// </summary>
public static partial class TicketDecider
{
    private static TicketVerdict Work(TicketChange change, TicketAction action)
    {
        switch (action)
        {
            case Take take:
                change.PutInCharge(take.Engineer);
                change.BeginWork(take.Engineer);
                change.MoveTo(TicketState.InProgress); // also from waiting: the engineer goes on without
                break;

            case Assign assign:
                if (change.PutInCharge(assign.Assignee) && !string.Equals(assign.Engineer, assign.Assignee, StringComparison.OrdinalIgnoreCase))
                    change.Send(LetterKind.Assigned, Audience.Assignee);
                break;

            case Answer answer: // waiting and completed stay what they are: these words are neither a question nor a solution
                change.BeginWork(answer.Engineer);
                if (change.Ticket.State is TicketState.Registered)
                    change.MoveTo(TicketState.InProgress);
                change.Record(TicketEventKind.EngineerWrote, to: LetterKind.Answer);
                change.Tell(LetterKind.Answer);
                break;

            case Ask ask: // rule 6.5; a second question begins the client's term anew
                change.BeginWork(ask.Engineer);
                Wait(change, TicketState.WaitingForClient);
                change.Record(TicketEventKind.EngineerWrote, to: LetterKind.Question);
                change.Tell(LetterKind.Question);
                change.Schedule(ClientTerm(change));
                break;

            case WaitForThirdParty wait: // rule 6.7
                change.BeginWork(wait.Engineer);
                Wait(change, TicketState.WaitingForThirdParty);
                change.Record(TicketEventKind.EngineerWrote, to: LetterKind.ThirdParty, detail: wait.Reason);
                change.Tell(LetterKind.ThirdParty);
                change.Schedule(ThirdPartyReminder(change));
                break;

            case Complete complete: // rules 6.6, 6.8, 7.1; once more while completed: a corrected answer
                change.BeginWork(complete.Engineer);
                CompleteAs(change, complete.Outcome, complete.DeliveredBy);
                break;

            case Note:
                change.Record(TicketEventKind.NoteAdded);
                break;

            case ChangePriority set: // rule 6.2
                return Reclassify(change, change.Ticket with { Priority = set.Priority, PriorityByEngineer = true }, set.Reason);

            case ChangeSeverity set: // rules 4.1, 6.2
                var (impact, urgency) = (set.Impact ?? change.Ticket.Impact, set.Urgency ?? change.Ticket.Urgency);
                return Reclassify(change, change.Ticket with { Impact = impact, Urgency = urgency, Priority = PriorityMatrix.Of(impact, urgency), PriorityByEngineer = true });

            case ChangeCategory set: // rules 3.1, 5.6
                return Reclassify(change, change.Ticket with
                {
                    Category = set.Category,
                    StartsService = set.StartsService,
                    CategoryByEngineer = true,
                    Priority = PriorityMatrix.Limit(set.Category, change.Ticket.Priority),
                });

            case NameService named:
                if (!string.Equals(named.Old, named.Service, StringComparison.Ordinal))
                    change.Record(TicketEventKind.ServiceChanged, named.Old, named.Service);
                break;

            case Promise promise: // rules 4.1, 8.3
                return Give(change, promise);

            case ChangeKind moved: // rule 8.4
                Move(change, moved);
                break;

            case Accept accept:
                RegisterNow(change);
                if (accept.InCharge is { } inCharge && change.Ticket.Kind is TicketKind.Complaint)
                    change.PutInCharge(inCharge);
                break;

            case Reject reject:
                change.MoveTo(TicketState.Rejected);
                if (reject.Reason is not null)
                    change.Record(TicketEventKind.NoteAdded, detail: reject.Reason);
                break;

            case Split or Merge or Absorb or Link or CorrectRequester:
                Relate(change, action);
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "Not an engineer's action.");
        }
        return change.Decision();
    }

    /// <summary>From another open state by way of InProgress, as the diagram has it.</summary>
    private static void Wait(TicketChange change, TicketState state)
    {
        if (change.Ticket.State != state)
            change.MoveTo(TicketState.InProgress);
        change.MoveTo(state);
    }

    private static Deadline[] ClientTerm(TicketChange change)
    {
        var calendar = change.Policy.StandardTime;
        var term = calendar.StandardDay * change.Policy.ClientAnswerDays;
        var answer = new Deadline(DeadlineKind.ClientAnswer, calendar.Add(change.Now, term));
        return change.Policy.ReminderShare > 0
            ? [answer, new Deadline(DeadlineKind.ClientReminder, calendar.Add(change.Now, term * change.Policy.ReminderShare))]
            : [answer];
    }

    private static void CompleteAs(TicketChange change, Outcome outcome, string? deliveredBy = null)
    {
        if (change.IsOver(DeadlineKind.Term))
            change.Miss(DeadlineKind.Term);
        change.MoveTo(TicketState.Completed);
        change.Set(change.Ticket with { Outcome = outcome, CompletedAt = change.Ticket.CompletedAt ?? change.Now });
        change.Record(TicketEventKind.Completed, to: outcome, detail: deliveredBy);
        change.Send(LetterOf(outcome, change.Ticket.Kind), Audience.Client);
        change.Schedule(new Deadline(DeadlineKind.Confirmation, change.Policy.StandardTime.AddWorkingDays(change.Now, change.Policy.ConfirmationDays)));
    }

    private static LetterKind LetterOf(Outcome outcome, TicketKind kind) => (outcome, kind) switch
    {
        (Outcome.NoAnswerFromClient, _) => LetterKind.CompletedWithoutAnswer,
        (_, TicketKind.Complaint) => LetterKind.ComplaintAnswered, // rule 8.2
        _ => LetterKind.Completed,
    };

    /// <summary>The client is told of a new priority, and only of that.</summary>
    private static TicketVerdict Reclassify(TicketChange change, Ticket changed, string? reason = null)
    {
        var before = change.Ticket;
        if (!PriorityMatrix.Allows(changed.Category, changed.Priority))
            return new Refusal(RefusalReason.PriorityForIncidentsOnly, RuleOf(RefusalReason.PriorityForIncidentsOnly));

        RecordChanges(change, before, changed, reason);
        if (before.Priority != changed.Priority)
            change.Send(LetterKind.PriorityChanged, Audience.Client);
        change.Relevel(changed);
        return change.Decision();
    }

    private static string CategoryOf(Ticket ticket) => ticket.StartsService ? $"{ticket.Category}, {nameof(Ticket.StartsService)}" : $"{ticket.Category}";

    private static string SeverityOf(Ticket ticket) => $"{ticket.Impact} × {ticket.Urgency}";
}
