namespace MailDesk.Domain;

/// <summary>What time does. A timer may come late, early or twice: only a deadline that the ticket has, and that is due, does anything.</summary>
public static partial class TicketDecider
{
    private static TicketDecision Pass(TicketChange change, DeadlineKind kind)
    {
        if (!IsDue(change, kind))
            return new(change.Ticket, [], []);

        change.Cancel(kind);
        switch (kind)
        {
            case DeadlineKind.ReactionAhead:
                Warn(change, DeadlineKind.Reaction);
                break;

            case DeadlineKind.ExecutionAhead:
                Warn(change, DeadlineKind.Execution);
                break;

            case DeadlineKind.Reaction or DeadlineKind.Execution: // rule 4.2
                change.Miss(kind);
                break;

            case DeadlineKind.ClientReminder: // rule 6.5; pointless together with the end of the term
                if (IsDue(change, DeadlineKind.ClientAnswer))
                    break;
                change.Record(TicketEventKind.ClientReminded);
                change.Send(LetterKind.Reminder, Audience.Client);
                break;

            case DeadlineKind.ClientAnswer: // rule 6.5
                CompleteAs(change, Outcome.NoAnswerFromClient);
                break;

            case DeadlineKind.Confirmation: // rule 7.2
                Close(change, ClosingReason.TermPassed);
                break;

            case DeadlineKind.TermAhead: // rule 8.3
                Warn(change, DeadlineKind.Term);
                break;

            case DeadlineKind.ProgressAhead: // rule 8.3
                Warn(change, DeadlineKind.Progress);
                break;

            case DeadlineKind.Term: // rules 4.1, 8.2
                var heard = change.Ticket.ToldAt >= TermClock.Ahead(TermClock.TermDue(change.Ticket, change.Policy)!.Value, change.Policy);
                change.Miss(kind);
                if (change.Ticket.Kind is TicketKind.Complaint && !heard)
                    TellProgress(change);
                break;

            case DeadlineKind.Progress: // rule 8.3
                change.Miss(kind);
                TellProgress(change);
                break;

            case DeadlineKind.ThirdPartyReminder: // rule 6.7; again, until it moves on
                change.Record(TicketEventKind.ThirdPartyReminded);
                change.Send(LetterKind.ThirdPartyReminder, Audience.Engineer);
                change.Schedule(ThirdPartyReminder(change));
                break;
        }
        return change.Decision();
    }

    /// <summary>No warning of what has happened already: the news of that is on its way.</summary>
    private static void Warn(TicketChange change, DeadlineKind ahead)
    {
        if (IsDue(change, ahead))
            return;
        change.Record(TicketEventKind.DeadlineAhead, to: ahead);
        change.Send(LetterKind.DeadlineAhead, Audience.Engineer);
    }

    /// <summary>Rule 8.3: the engineer was reminded and the applicant heard nothing, so the desk itself says how the complaint stands.</summary>
    private static void TellProgress(TicketChange change)
    {
        change.Record(TicketEventKind.ProgressTold);
        change.Tell(LetterKind.ComplaintProgress);
    }

    private static bool IsDue(TicketChange change, DeadlineKind kind) =>
        change.Ticket.Deadlines.Any(d => d.Kind == kind && d.DueAt <= change.Now);
}
