using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain;

/// <summary>
/// People who may not speak in a request yet, and what engineers decide about them (rule 5.7, MAIL.md §3). Their words change no state and
/// no timer; once let in, they are decided on as a client's.
/// </summary>
public static partial class TicketDecider
{
    private static TicketDecision Admit(TicketChange change, TicketAction action)
    {
        switch (action)
        {
            case OutsiderWrites outsider:
                change.Record(TicketEventKind.OutsiderWrote, to: outsider.Sender);
                change.Send(LetterKind.HeldSender, Audience.Engineer);
                break;

            case AcceptWriter accept:
                change.Record(TicketEventKind.WriterAccepted, to: accept.Writer);
                break;

            case RejectWriter reject:
                change.Record(TicketEventKind.WriterRejected, to: reject.Writer, detail: reject.Reason);
                break;

            case Settle settle: // registered, done and closed in one moment: nobody has to wait for anything
                change.Set(change.Ticket with { RegisteredAt = change.Now });
                BeginTerm(change);
                change.MoveTo(TicketState.Registered);
                change.BeginWork(settle.By);
                change.MoveTo(TicketState.Completed);
                change.Set(change.Ticket with { Outcome = Outcome.Answered, CompletedAt = change.Now });
                change.Record(TicketEventKind.Completed, to: Outcome.Answered);
                change.MoveTo(TicketState.Closed);
                change.Set(change.Ticket with { ClosedAt = change.Now, ClosingReason = ClosingReason.Settled });
                change.Record(TicketEventKind.Closed, to: ClosingReason.Settled);
                change.Send(LetterKind.PersonChangeDecided, Audience.Client);
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "Not about who may speak.");
        }
        return change.Decision();
    }
}
