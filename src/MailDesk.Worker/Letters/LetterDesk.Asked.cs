using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.History;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>Letters to one reader who asked for them by mail (MAIL.md §6, §7).</summary>
public sealed partial class LetterDesk
{
    /// <summary>Mails the history to its asker: a person who may speak in the request, or an engineer.</summary>
    public void WriteHistory(IntakeWork work, Speaker asker, TicketRow ticket, RequestHistory history)
    {
        var reader = AskerOf(work, asker, ticket);
        Add(work.Db, ticket, HistoryLetter.Of(Answering(work, LetterKind.History, reader, ticket), history), work.Now);
    }

    /// <summary>Tells a client's person what can be done by mail.</summary>
    /// <param name="ticket">Null when the mail belongs to no request.</param>
    /// <param name="historyAsked">The person asked for a history and did not say of which request.</param>
    public void WriteHelp(IntakeWork work, Speaker asker, TicketRow? ticket, bool historyAsked) =>
        Add(work.Db, ticket, Answering(work, LetterKind.Help, AskerOf(work, asker, ticket), ticket) with { HistoryAsked = historyAsked }, work.Now);

    private Reader AskerOf(IntakeWork work, Speaker asker, TicketRow? ticket) => asker switch
    {
        Speaker.Staff staff => ReaderOf(staff.Engineer) with { Address = new MailboxAddress(staff.Engineer.Name, staff.Address) },
        Speaker.ClientPerson person => new Reader(new MailboxAddress(person.Person.Name, person.Address), LetterRole.Client, person.Person.Language, person.Client.TimeZone),
        _ => new Reader(new MailboxAddress(work.Mail.Sender?.Name, asker.Address), LetterRole.Client, ticket?.Language ?? settings.Desk.Language, _zone),
    };

    private Letter Answering(IntakeWork work, LetterKind kind, Reader reader, TicketRow? ticket) =>
        Blank(kind, ticket, reader, ticket?.Mailbox ?? work.Mail.Mailbox.Address, work.Now) with
        {
            Subject = ticket?.Subject ?? "",
            Ticket = ticket is null ? null : FactsOf(ticket),
            InReplyTo = work.Mail.Message.MessageId,
            References = work.Mail.Message.MessageId is { } id ? [.. work.Mail.Message.References.TakeLast(10), id] : [],
        };
}
