using MailDesk.Domain;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Mail that belongs to a request and waits there for an engineer: a stranger's who proves that a letter went round (MAIL.md §3), and once
/// more that of the sender of a held request (rule 5.7). It is recorded with the request, changes nothing in it, and the stranger learns
/// nothing of it.
/// </summary>
public sealed class Outsiders(SupportPolicy policy, DeskDirectory directory, LetterDesk letters)
{
    /// <param name="proven">The writer holds a letter of the request.</param>
    public bool Waits(TicketRow ticket, Speaker speaker, bool proven) => ticket.State switch
    {
        TicketState.Closed or TicketState.Rejected => false,
        _ when Participants.MaySpeakIn(ticket, speaker) => ticket.State == TicketState.Held,
        // What only claims to be an engineer's is a new mail of an unknown sender (MAIL.md §4): an engineer never becomes a participant.
        _ => proven && speaker.Address.Length > 0 && directory.FindEngineer(speaker.Address) is null,
    };

    public async Task<MailKind> HoldAsync(IntakeWork work, Speaker speaker, TicketRow ticket, bool automatic, CancellationToken cancellationToken)
    {
        work.Record.Ticket = ticket;
        if (automatic) return MailKind.Automatic; // MAIL.md §1.4
        if (TicketDecider.Decide(ticket.ToTicket(), new TicketAction.OutsiderWrites(speaker.Address), policy, work.Now) is not TicketDecision decision)
        {
            throw new InvalidOperationException($"mail cannot wait in a request that is {ticket.State}");
        }

        var reason = ReasonOf(ticket, speaker);
        var changes = await PersonChanges.AskedAsync(work.Db, ticket, cancellationToken);
        TicketLedger.Write(work.Db, ticket, decision, speaker.Address, work.Now, work.Record);
        letters.Write(
            work.Db,
            ticket,
            decision.Letters,
            new LetterMatter
            {
                Cause = work.Mail,
                HeldReason = changes.Count > 0 ? HeldReason.ChangeOfPersons : reason,
                HeldWriter = reason == HeldReason.NotInRequest ? speaker.Address : null,
                PersonChanges = PersonChanges.LinesOf(changes),
            },
            work.Now);
        if (reason == HeldReason.NotInRequest && !await IsAnsweredAsync(work, ticket, speaker, cancellationToken)) letters.WriteToOutsider(work, speaker, ticket, reason);
        return MailKind.Held;
    }

    private static HeldReason ReasonOf(TicketRow ticket, Speaker speaker) =>
        !Participants.MaySpeakIn(ticket, speaker) ? HeldReason.NotInRequest
        : speaker is Speaker.ClientPerson ? HeldReason.ContractNotInForce
        : HeldReason.UnknownSender;

    /// <summary>One answer a request: see <see cref="RequestRegistrar"/>.</summary>
    private static Task<bool> IsAnsweredAsync(IntakeWork work, TicketRow ticket, Speaker speaker, CancellationToken cancellationToken) =>
        work.Db.Letters.AnyAsync(l => l.TicketId == ticket.Id && l.Recipient == speaker.Address && l.Kind == LetterKind.NotAuthorised, cancellationToken);
}
