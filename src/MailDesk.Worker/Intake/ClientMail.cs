using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>What mail of clients and strangers does: it speaks in a request, begins one, or is held (MAIL.md §1.4, 1.6, 1.7, §3).</summary>
public sealed class ClientMail(
    DeskSettings settings, SupportPolicy policy, RequestReader reader, RequestRegistrar registrar, Participants participants, ClientQuestions questions, Outsiders outsiders,
    PersonChanges persons, LetterDesk letters)
{
    /// <param name="ticket">The request that the mail belongs to; null when it is a new one.</param>
    /// <param name="token">The proof that the writer holds a letter of it; null when there is only a hint.</param>
    public async Task<MailKind> HandleAsync(
        IntakeWork work, Speaker speaker, TicketRow? ticket, ReplyToken? token, bool automatic, CancellationToken cancellationToken)
    {
        var own = ticket is not null && Participants.MaySpeakIn(ticket, speaker) ? ticket : null;
        if (!automatic && await questions.AnswerAsync(work, speaker, own, cancellationToken) is { } asked) return asked;
        if (!automatic && await persons.HandleAsync(work, speaker, ticket, token, cancellationToken) is { } changed) return changed;
        if (ticket is not null && outsiders.Waits(ticket, speaker, token is not null)) return await outsiders.HoldAsync(work, speaker, ticket, automatic, cancellationToken);
        if (ticket is null || ticket.State == TicketState.Rejected || own is null)
        {
            return await RegisterAsync(work, speaker, automatic, null, cancellationToken);
        }

        if (!automatic && ComplainsOf(ticket, work.Mail)) return await RegisterAsync(work, speaker, automatic, null, cancellationToken, about: ticket);

        work.Record.Ticket = ticket;
        var words = automatic ? ClientWords.Automatic : ReadWords(work.Mail);
        if (ticket.State == TicketState.Closed)
        {
            // Rule 7.3. Thanks for what was done, and what says nothing, begin no new request.
            return words is ClientWords.Text
                ? await RegisterAsync(work, speaker, automatic, ticket, cancellationToken)
                : automatic ? MailKind.Automatic : MailKind.Reply;
        }

        Continue(work, ticket, words, automatic ? null : CorrectionOf(work.Mail, speaker, ticket));
        return automatic ? MailKind.Automatic : MailKind.Reply;
    }

    private void Continue(IntakeWork work, TicketRow ticket, ClientWords words, Correction? correction)
    {
        var before = ticket.ToTicket();
        var sender = work.Mail.Sender!.Address;
        if (correction is { Alone: true }) words = ClientWords.Correction;
        var verdict = TicketDecider.Decide(before, new TicketAction.ClientWrites(sender, words), policy, work.Now);
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

        var news = CorrectionNews.Before(before, ticket.Service);
        if (correction is not null) decision = Correct(work, ticket, decision, correction);
        TicketLedger.Write(work.Db, ticket, decision, sender, work.Now, work.Record);
        letters.Write(work.Db, ticket, decision.Letters, new LetterMatter { Cause = work.Mail, Correction = news.With(decision.Events) }, work.Now);
    }

    /// <summary>Whom the request is not of, such as a participant that an engineer let in, cannot say what it is.</summary>
    private static Correction? CorrectionOf(IncomingMail mail, Speaker speaker, TicketRow ticket)
    {
        var client = (speaker as Speaker.ClientPerson)?.Client;
        var isOf = string.Equals(client?.Name, ticket.Client, StringComparison.Ordinal) && client is not null;
        return ticket.Kind == TicketKind.Request && isOf ? Correction.Read(mail, ticket, client) : null;
    }

    /// <summary>Decides the correction on the request as the words have left it.</summary>
    private TicketDecision Correct(IntakeWork work, TicketRow ticket, TicketDecision heard, Correction correction)
    {
        var named = correction.Service is { } service && !string.Equals(service, ticket.Service, StringComparison.Ordinal) ? service : null;
        var action = new TicketAction.ClientReclassifies(work.Mail.Sender!.Address, correction.Claim, correction.Alone, named is null ? null : new Renaming(ticket.Service, named));
        if (TicketDecider.Decide(heard.Ticket, action, policy, work.Now) is not TicketDecision corrected) return heard;

        if (named is not null) ticket.Service = named;
        // One letter tells the engineers both the words and what they changed.
        var told = corrected.Letters.Any(letter => letter.Kind == LetterKind.ClientCorrected)
            ? heard.Letters.Where(letter => letter.Kind != LetterKind.ClientWrote)
            : heard.Letters;
        return new TicketDecision(corrected.Ticket, [.. heard.Events, .. corrected.Events], [.. told, .. corrected.Letters]);
    }

    private async Task<MailKind> RegisterAsync(IntakeWork work, Speaker speaker, bool automatic, TicketRow? closed, CancellationToken cancellationToken, TicketRow? about = null)
    {
        var mail = work.Mail;
        var person = speaker as Speaker.ClientPerson;
        // A reply to what is closed continues in its series (rule 7.3), wherever the reader's program sends it.
        var kind = closed?.Kind ?? (mail.Mailbox.Purpose == MailboxPurpose.Complaints ? TicketKind.Complaint : TicketKind.Request);
        var words = RequestWords.Of(mail);
        var draft = new RequestDraft
        {
            Requester = Requester.Of(speaker, mail.Sender?.Name),
            Kind = kind,
            Words = words,
            Facts = reader.Read(words, person?.Client),
            RegisteredAt = mail.ReceivedAt,
            Others = Named(mail),
            Thread = mail.Message.MessageId is { } id ? mail.Message.References.Append(id) : mail.Message.References,
            Silent = automatic,
            Closed = closed,
            About = about,
            Actor = speaker.Address,
        };
        if (await registrar.DecideAsync(work, draft, cancellationToken) is not TicketDecision decision) throw new InvalidOperationException("a client's mail is always registered (rule 5.10)");
        work.Record.Ticket = registrar.Write(work, draft, decision);
        return person is not { IsServed: true } ? MailKind.Held : kind == TicketKind.Complaint ? MailKind.Complaint : MailKind.NewRequest;
    }

    /// <summary>
    /// Whoever answers a letter of a request and puts the address of complaints in the place of the desk's complains of that request (rules 8.2, 8.4).
    /// One that once was a complaint has letters that are answered to that address.
    /// </summary>
    private bool ComplainsOf(TicketRow ticket, IncomingMail mail) =>
        ticket is { Kind: TicketKind.Request, FormerNumber: null }
        && mail.Mailbox.Purpose == MailboxPurpose.Complaints
        && !mail.Message.To.Concat(mail.Message.Cc).Any(to => settings.Mailboxes.Exists(box => box.Purpose == MailboxPurpose.Requests && IsAt(to.Address, box.Address)));

    /// <summary>The mailbox's own address, or one with a token in it (RFC 5233).</summary>
    private static bool IsAt(string address, string mailbox)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return (plus >= 0 && plus < at ? address.Remove(plus, at - plus) : address).Equals(mailbox, StringComparison.OrdinalIgnoreCase);
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
