namespace MailDesk.Domain;

/// <summary>What a client's words do. Only text counts, and a confirmation where there is something to confirm; the rest is recorded.</summary>
public static partial class TicketDecider
{
    private static TicketDecision Hear(TicketChange change, ClientWords words)
    {
        change.Record(TicketEventKind.ClientWrote, to: words);
        switch (change.Ticket.State, words)
        {
            case (_, ClientWords.Thanks or ClientWords.Empty or ClientWords.Automatic): // rule 7.1
                break;

            case (not (TicketState.Completed or TicketState.WaitingForClient), ClientWords.Correction): // rule 5.9: the correction itself is told
                break;

            case (TicketState.Completed, ClientWords.Confirmation): // rule 7.2
                Close(change, ClosingReason.ConfirmedByClient);
                break;

            case (TicketState.Completed, ClientWords.Text or ClientWords.Correction): // rule 7.1
                change.MoveTo(TicketState.InProgress);
                change.Set(change.Ticket with { Outcome = null, CompletedAt = null, ReopenedCount = change.Ticket.ReopenedCount + 1 });
                BeginTerm(change);
                change.Record(TicketEventKind.Reopened);
                change.Send(LetterKind.Objection, Audience.Engineer);
                break;

            default: // "yes" where nothing is to be confirmed is a text: the answer to a question
                if (change.Ticket.State is TicketState.WaitingForClient)
                    change.MoveTo(TicketState.InProgress); // rule 6.5
                change.Send(LetterKind.ClientWrote, Audience.Engineer);
                break;
        }
        return change.Decision();
    }

    private static void Close(TicketChange change, ClosingReason reason)
    {
        change.MoveTo(TicketState.Closed);
        change.Set(change.Ticket with { ClosedAt = change.Now, ClosingReason = reason });
        change.Record(TicketEventKind.Closed, to: reason);
        change.Send(reason is ClosingReason.Merged ? LetterKind.Merged : LetterKind.Closed, Audience.Client);
    }
}
