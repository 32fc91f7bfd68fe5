using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>The letter to a stranger whose mail waits in a request of others (MAIL.md §3).</summary>
public sealed partial class LetterDesk
{
    /// <summary>
    /// Says that it has come, and nothing of the request: neither its subject nor the thread of its letters, to which this one does not belong.
    /// </summary>
    public void WriteToOutsider(IntakeWork work, Speaker speaker, TicketRow ticket, HeldReason reason)
    {
        var language = speaker is Speaker.ClientPerson { Person: var person } ? person.Language : settings.Desk.Language;
        var zone = speaker is Speaker.ClientPerson { Client: var client } ? client.TimeZone : _zone;
        var reader = new Reader(new MailboxAddress(work.Mail.Sender?.Name, speaker.Address), LetterRole.Client, language, zone);
        var letter = Blank(LetterKind.NotAuthorised, ticket, reader, work.Mail.Mailbox.Address, work.Now) with
        {
            InReplyTo = work.Mail.Message.MessageId,
            References = work.Mail.Message.MessageId is { } id ? [id] : [],
            HeldReason = reason,
        };
        var thread = ticket.Thread;
        Add(work.Db, ticket, letter, work.Now);
        ticket.Thread = thread;
    }
}
