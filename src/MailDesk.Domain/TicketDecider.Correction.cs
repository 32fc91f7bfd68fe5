using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain;

/// <summary>
/// What a client's correction does (rules 3.1, 4.1, 5.9). An engineer's word wins: what an engineer has set stays, the client is told so, and
/// the engineers read what the client said. Deadlines count from registration, as for an engineer's change (rule 6.2).
/// </summary>
public static partial class TicketDecider
{
    private static TicketDecision Correct(TicketChange change, ClientReclassifies correction)
    {
        var before = change.Ticket;
        var kept = false;
        var changed = WithSeverity(WithCategory(before));
        RecordChanges(change, before, changed);
        if (correction.Service is { } service)
            change.Record(TicketEventKind.ServiceChanged, service.From, service.To);
        if (before != changed)
            change.Relevel(changed);

        var news = before != changed || correction.Service is not null;
        if (news || kept)
            change.Send(LetterKind.ClientCorrected, Audience.Engineer);
        if (news || kept || correction.Alone)
            change.Send(LetterKind.Corrected, Audience.Client);
        return change.Decision();

        Ticket WithCategory(Ticket ticket)
        {
            if (correction.Claim.Category is not { } category || (category, correction.Claim.StartsService) == (ticket.Category, ticket.StartsService))
                return ticket;
            // A category that an engineer's priority does not go with would take that priority back.
            if (ticket.CategoryByEngineer || (ticket.PriorityByEngineer && !PriorityMatrix.Allows(category, ticket.Priority)))
                return Keep(ticket, ticket.Category, category);
            return ticket with { Category = category, StartsService = correction.Claim.StartsService };
        }

        Ticket WithSeverity(Ticket ticket)
        {
            var (impact, urgency) = (correction.Claim.Impact ?? ticket.Impact, correction.Claim.Urgency ?? ticket.Urgency);
            var said = correction.Claim is not { Impact: null, Urgency: null };
            var wanted = correction.Claim.Priority ?? (said ? PriorityMatrix.Of(impact, urgency) : ticket.Priority);
            if (ticket.PriorityByEngineer)
            {
                if (wanted != ticket.Priority)
                    return Keep(ticket, ticket.Priority, wanted);
                return (impact, urgency) == (ticket.Impact, ticket.Urgency) ? ticket : Keep(ticket, SeverityOf(ticket), $"{impact} × {urgency}");
            }

            var priority = PriorityMatrix.Limit(ticket.Category, wanted);
            if (priority != wanted)
                change.Record(TicketEventKind.PriorityLowered, wanted, priority); // rule 4.1
            return ticket with { Impact = impact, Urgency = urgency, Priority = priority };
        }

        Ticket Keep(Ticket ticket, object present, object claimed)
        {
            kept = true;
            change.Record(TicketEventKind.CorrectionKept, present, claimed);
            return ticket;
        }
    }

    private static void RecordChanges(TicketChange change, Ticket before, Ticket changed, string? reason = null)
    {
        if ((before.Category, before.StartsService) != (changed.Category, changed.StartsService))
            change.Record(TicketEventKind.CategoryChanged, CategoryOf(before), CategoryOf(changed));
        if ((before.Impact, before.Urgency) != (changed.Impact, changed.Urgency))
            change.Record(TicketEventKind.SeverityChanged, SeverityOf(before), SeverityOf(changed));
        if (before.Priority != changed.Priority)
            change.Record(TicketEventKind.PriorityChanged, before.Priority, changed.Priority, reason);
    }
}
