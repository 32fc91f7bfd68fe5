using MailDesk.Mail.Mime;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>Who takes part in a request beside its requester (MAIL.md §3): only people on the same client's list.</summary>
public sealed class Participants(DeskDirectory directory)
{
    /// <param name="named">The writer of a mail of the client, and those in its To and Cc.</param>
    public void Add(TicketRow ticket, IEnumerable<MailboxAddress> named)
    {
        foreach (var mailbox in named)
        {
            if (directory.FindPerson(mailbox.Address) is not var (client, person) || !string.Equals(client.Name, ticket.Client, StringComparison.Ordinal)) continue;
            if (mailbox.Address.Equals(ticket.RequesterAddress, StringComparison.OrdinalIgnoreCase)) continue;
            if (ticket.Participants.Exists(p => p.Address.Equals(mailbox.Address, StringComparison.OrdinalIgnoreCase))) continue;
            ticket.Participants.Add(new ParticipantRow { Address = mailbox.Address, Name = person.Name, Listed = true });
        }
    }

    /// <summary>MAIL.md §3: the requester, the participants, any person of the same client.</summary>
    public static bool MaySpeakIn(TicketRow ticket, Speaker speaker) =>
        speaker.Address.Equals(ticket.RequesterAddress, StringComparison.OrdinalIgnoreCase)
        || ticket.Participants.Exists(p => p.Address.Equals(speaker.Address, StringComparison.OrdinalIgnoreCase))
        || (speaker is Speaker.ClientPerson person && string.Equals(person.Client.Name, ticket.Client, StringComparison.Ordinal));

    public static IEnumerable<MailboxAddress> NamedIn(MailMessage message) => message.To.Concat(message.Cc);
}
