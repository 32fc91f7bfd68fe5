using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>What mail of clients and strangers does: it speaks in a request, begins one, or is held (MAIL.md §1.4, 1.6, 1.7, §3).</summary>
public sealed class ClientMail(
    SupportPolicy policy, RequestRegistrar registrar, Participants participants, Outsiders outsiders, PersonChanges persons, LetterDesk letters)
{
    /// <param name="ticket">The request that the mail belongs to; null when it is a new one.</param>
    /// <param name="token">The proof that the writer holds a letter of it; null when there is only a hint.</param>
    public async Task<MailKind> HandleAsync(
        IntakeWork work, Speaker speaker, TicketRow? ticket, ReplyToken? token, bool automatic, CancellationToken cancellationToken)
    {
        if (!automatic && await persons.HandleAsync(work, speaker, ticket, token, cancellationToken) is { } changed) return changed;
        if (ticket is not null && outsiders.Waits(ticket, speaker, token is not null)) return await outsiders.HoldAsync(work, speaker, ticket, automatic, cancellationToken);
        if (ticket is null || ticket.State == TicketState.Rejected || !Participants.MaySpeakIn(ticket, speaker))
        {
            return await RegisterAsync(work, speaker, automatic, null, cancellationToken);
        }

        work.Record.Ticket = ticket;
        var words = automatic ? ClientWords.Automatic : ReadWords(work.Mail);
        if (ticket.State == TicketState.Closed)
        {
            // Rule 7.3. Thanks for what was done, and what says nothing, begin no new request.
            return words is ClientWords.Text
                ? await RegisterAsync(work, speaker, automatic, ticket, cancellationToken)
                : automatic ? MailKind.Automatic : MailKind.Reply;
        }

        Continue(work, ticket, words);
        return automatic ? MailKind.Automatic : MailKind.Reply;
    }

    private void Continue(IntakeWork work, TicketRow ticket, ClientWords words)
    {
        var verdict = TicketDecider.Decide(ticket.ToTicket(), new TicketAction.ClientWrites(work.Mail.Sender!.Address, words), policy, work.Now);
        if (verdict is not TicketDecision decision)
        {
            work.Record.Remark = verdict.ToString();
            return;
        }

        if (words is not ClientWords.Automatic)
        {
            participants.Add(ticket, Named(work.Mail));
            Extend(ticket, work.Mail.Message.MessageId);
        }

        TicketLedger.Write(work.Db, ticket, decision, work.Mail.Sender.Address, work.Now, work.Record);
        letters.Write(work.Db, ticket, decision.Letters, new LetterMatter { Cause = work.Mail }, work.Now);
    }

    private async Task<MailKind> RegisterAsync(IntakeWork work, Speaker speaker, bool automatic, TicketRow? closed, CancellationToken cancellationToken)
    {
        var mail = work.Mail;
        var person = speaker as Speaker.ClientPerson;
        var kind = mail.Mailbox.Purpose == MailboxPurpose.Complaints ? TicketKind.Complaint : TicketKind.Request;
        var words = RequestWords.Of(mail);
        work.Record.Ticket = await registrar.RegisterAsync(
            work,
            new RequestDraft
            {
                Requester = speaker,
                RequesterName = mail.Sender?.Name,
                Kind = kind,
                Words = words,
                Facts = RequestReader.Read(words, person?.Client),
                RegisteredAt = mail.ReceivedAt,
                Others = Named(mail),
                Thread = mail.Message.MessageId is { } id ? mail.Message.References.Append(id) : mail.Message.References,
                Silent = automatic,
                Closed = closed,
                Actor = speaker.Address,
            },
            cancellationToken);
        return person is not { IsServed: true } ? MailKind.Held : kind == TicketKind.Complaint ? MailKind.Complaint : MailKind.NewRequest;
    }

    /// <summary>The writer, and those in To and Cc.</summary>
    private static IEnumerable<MailboxAddress> Named(IncomingMail mail) => Participants.NamedIn(mail.Message).Append(mail.Sender!);

    private static void Extend(TicketRow ticket, string? messageId)
    {
        if (messageId is not null) ticket.Thread = ReferenceChain.Append(ticket.Thread, messageId);
    }

    /// <summary>A picture without a word says something too.</summary>
    internal static ClientWords ReadWords(IncomingMail mail) => (mail.SaysNothing ? ClientWords.Empty : ClientWordsReader.Read(mail.Text.NewText)) switch
    {
        ClientWords.Empty when mail.Message.Attachments.Count > 0 => ClientWords.Text,
        var words => words,
    };
}
