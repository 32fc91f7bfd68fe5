using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>What mail of clients and strangers does: it speaks in a request, begins one, or is held (MAIL.md §1.4, 1.6, 1.7, §3).</summary>
public sealed class ClientMail(DeskDirectory directory, DeskSettings settings, SupportPolicy policy, TicketLedger ledger, ThreadMatcher matcher, LetterDesk letters)
{
    /// <param name="ticket">The request that the mail belongs to; null when it is a new one.</param>
    public async Task<MailKind> HandleAsync(IntakeWork work, Speaker speaker, TicketRow? ticket, bool automatic, CancellationToken cancellationToken)
    {
        if (ticket is null || ticket.State == TicketState.Rejected || !MaySpeakIn(ticket, speaker))
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
            AddParticipants(work.Mail, ticket);
            Extend(ticket, work.Mail.Message.MessageId);
        }

        TicketLedger.Write(work.Db, ticket, decision, work.Mail.Sender.Address, work.Now, work.Record);
        letters.Write(work.Db, ticket, decision.Letters, new LetterMatter { Cause = work.Mail }, work.Now);
    }

    private async Task<MailKind> RegisterAsync(IntakeWork work, Speaker speaker, bool automatic, TicketRow? closed, CancellationToken cancellationToken)
    {
        var mail = work.Mail;
        var person = speaker as Speaker.ClientPerson;
        var held = person is not { IsServed: true };
        var kind = mail.Mailbox.Purpose == MailboxPurpose.Complaints ? TicketKind.Complaint : TicketKind.Request;
        var facts = RequestReader.Read(mail, person?.Client);
        var decision = TicketDecider.Register(
            new Registration(
                kind, facts.Category, facts.StartsService, facts.Impact, facts.Urgency, facts.Priority, mail.ReceivedAt,
                held, Silent: automatic || (held && await IsAnsweredAsync(work, speaker, cancellationToken)), RepliesToClosed: closed is not null),
            policy,
            work.Now);

        var number = await ledger.NextNumberAsync(work.Db, kind, cancellationToken);
        var ticket = new TicketRow
        {
            Kind = kind,
            Number = number.Value,
            Subject = matcher.BareSubject(mail.Message.Subject),
            Client = person?.Client.Name,
            Service = facts.Service,
            RequesterAddress = speaker.Address,
            RequesterName = person?.Person.Name ?? mail.Sender?.Name,
            Language = person?.Person.Language ?? settings.Desk.Language,
            Mailbox = mail.Mailbox.Address,
            Follows = closed?.Number,
        };
        work.Db.Tickets.Add(ticket);
        if (person is not null) AddParticipants(mail, ticket);
        foreach (var id in mail.Message.References) Extend(ticket, id);
        Extend(ticket, mail.Message.MessageId);
        work.Record.Ticket = ticket;
        TicketLedger.Write(work.Db, ticket, decision, speaker.Address, work.Now, work.Record);
        letters.Write(
            work.Db,
            ticket,
            decision.Letters,
            new LetterMatter
            {
                Cause = mail,
                Missing = facts.Missing,
                ClaimedPriority = decision.Events.Any(e => e.Kind == TicketEventKind.PriorityLowered) ? facts.Priority : null,
                HeldReason = !held ? null : person is null ? HeldReason.UnknownSender : HeldReason.ContractNotInForce,
            },
            work.Now);
        return held ? MailKind.Held : kind == TicketKind.Complaint ? MailKind.Complaint : MailKind.NewRequest;
    }

    /// <summary>One answer as long as something of the sender's is held: a stranger's robot cannot make the desk write without end (rule 5.7).</summary>
    private static Task<bool> IsAnsweredAsync(IntakeWork work, Speaker speaker, CancellationToken cancellationToken) =>
        work.Db.Letters.AnyAsync(
            l => l.Recipient == speaker.Address && l.Kind == LetterKind.NotAuthorised && l.Ticket!.State == TicketState.Held, cancellationToken);

    /// <summary>MAIL.md §3: the requester, the participants, any person of the same client.</summary>
    internal static bool MaySpeakIn(TicketRow ticket, Speaker speaker) =>
        speaker.Address.Equals(ticket.RequesterAddress, StringComparison.OrdinalIgnoreCase)
        || ticket.Participants.Exists(p => p.Address.Equals(speaker.Address, StringComparison.OrdinalIgnoreCase))
        || (speaker is Speaker.ClientPerson person && string.Equals(person.Client.Name, ticket.Client, StringComparison.Ordinal));

    /// <summary>The writer, and those in To and Cc who are on the same client's list.</summary>
    private void AddParticipants(IncomingMail mail, TicketRow ticket)
    {
        foreach (var mailbox in mail.Message.To.Concat(mail.Message.Cc).Append(mail.Sender!))
        {
            if (directory.FindPerson(mailbox.Address) is not var (client, person) || !string.Equals(client.Name, ticket.Client, StringComparison.Ordinal)) continue;
            if (mailbox.Address.Equals(ticket.RequesterAddress, StringComparison.OrdinalIgnoreCase)) continue;
            if (ticket.Participants.Exists(p => p.Address.Equals(mailbox.Address, StringComparison.OrdinalIgnoreCase))) continue;
            ticket.Participants.Add(new ParticipantRow { Address = mailbox.Address, Name = person.Name });
        }
    }

    private static void Extend(TicketRow ticket, string? messageId)
    {
        if (messageId is not null) ticket.Thread = ReferenceChain.Append(ticket.Thread, messageId);
    }

    /// <summary>A picture without a word says something too.</summary>
    private static ClientWords ReadWords(IncomingMail mail) => (mail.SaysNothing ? ClientWords.Empty : ClientWordsReader.Read(mail.Text.NewText)) switch
    {
        ClientWords.Empty when mail.Message.Attachments.Count > 0 => ClientWords.Text,
        var words => words,
    };
}
