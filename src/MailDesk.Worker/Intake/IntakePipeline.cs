using MailDesk.Mail.Mime;
using MailDesk.Mail.Reports;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.People;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// From an arrived message to a commit: dedupe, classify, match, identify, decide, commit.
/// <para>Invariants: every message ends as exactly one <see cref="MailKind"/> in exactly one row, together with the whole original and with
/// all that it caused, in one transaction (rule 5.10). Processing a message again is harmless: it is recognised by mailbox, UIDVALIDITY
/// and UID, and in another place by its content.</para>
/// </summary>
public sealed partial class IntakePipeline(
    DeskStore store,
    DeskSettings settings,
    ThreadMatcher matcher,
    SenderPolicy senders,
    LetterTokens tokens,
    ClientMail clientMail,
    EngineerMail engineerMail,
    PersonRegister register,
    OutboxSignal outbox,
    DeadlineSchedule deadlines,
    TimeProvider time,
    ILogger<IntakePipeline> log)
{
    /// <returns>What the message was; <see cref="MailKind.Duplicate"/> also when this very message has been recorded before.</returns>
    public async Task<MailKind> ProcessAsync(IncomingMail mail, CancellationToken cancellationToken)
    {
        foreach (var defect in mail.Message.Defects) LogDefect(mail.Id, defect);
        var record = await store.DecideAndCommitAsync(db => DecideAsync(mail, db, cancellationToken), cancellationToken);
        await register.RefreshIfStaleAsync(cancellationToken);
        if (record is null)
        {
            LogSeen(mail.Id);
            return MailKind.Duplicate;
        }

        var ticket = Display(record.Ticket);
        LogProcessed(mail.Id, record.Kind, record.Sender, ticket, record.MessageId);
        outbox.Set(record.Ticket?.Id);
        deadlines.Wake();
        return record.Kind;
    }

    /// <summary>Null when this very message is recorded already: killed between commit and mark.</summary>
    private async Task<MailRow?> DecideAsync(IncomingMail mail, DeskContext db, CancellationToken cancellationToken)
    {
        if (await db.Mails.AnyAsync(
            m => m.Mailbox == mail.Mailbox.Address && m.UidValidity == mail.UidValidity && m.Uid == mail.Uid, cancellationToken))
        {
            return null;
        }

        var record = new MailRow
        {
            Mailbox = mail.Mailbox.Address,
            UidValidity = mail.UidValidity,
            Uid = mail.Uid,
            MessageId = mail.Message.MessageId,
            ContentHash = mail.ContentHash,
            ReceivedAt = mail.ReceivedAt,
            RecordedAt = time.GetUtcNow(),
            Sender = mail.Sender?.Address,
            Content = new MailContentRow { Compressed = Compression.Compress(mail.Raw.Span) },
        };
        db.Mails.Add(record);
        record.Kind = await HandleAsync(new IntakeWork(db, mail, record, record.RecordedAt), cancellationToken);
        return record;
    }

    /// <summary>MAIL.md §1: the first that applies wins.</summary>
    private async Task<MailKind> HandleAsync(IntakeWork work, CancellationToken cancellationToken)
    {
        var mail = work.Mail;
        if (await IsDuplicateAsync(work, cancellationToken)) return MailKind.Duplicate;
        if (IsOwn(mail.Message)) return MailKind.Own;
        if (DeliveryReport.Read(mail.Message) is { } report) return await RecordReportAsync(work, report, cancellationToken);

        var thread = await matcher.MatchAsync(mail, work.Db, cancellationToken);
        var ticket = thread is null ? null : await TicketLedger.FindAsync(work.Db, thread.Ticket, cancellationToken);
        var speaker = senders.Identify(mail, thread);
        if (AutomaticMail.Report(mail.Message) is { } kind)
        {
            work.Record.Ticket = ticket;
            work.Record.Remark = kind;
            return MailKind.Automatic;
        }

        var automatic = AutomaticMail.Sign(mail.Message);
        work.Record.Remark = automatic;
        if (speaker is Speaker.Staff staff)
        {
            work.Record.Ticket = ticket;
            if (automatic is not null) return MailKind.Automatic;
            await engineerMail.HandleAsync(work, staff, ticket, cancellationToken);
            return MailKind.Engineer;
        }

        return await clientMail.HandleAsync(work, speaker, ticket, thread?.Token, automatic is not null, cancellationToken);
    }

    /// <summary>In the words of the index's filter: that makes it serve. The Message-ID is part of the content's hash.</summary>
    private static Task<bool> IsDuplicateAsync(IntakeWork work, CancellationToken cancellationToken) =>
        work.Db.Mails.AnyAsync(
            m => m.ContentHash == work.Record.ContentHash
                && m.Kind != MailKind.Duplicate && m.Kind != MailKind.Unprocessable && m.Kind != MailKind.TooLarge,
            cancellationToken);

    private bool IsOwn(MailMessage message) =>
        tokens.IsMarker(message.Headers[LetterComposer.MarkerHeader])
        || message.From.Any(from => settings.Mailboxes.Exists(box => box.Address.Equals(from.Address, StringComparison.OrdinalIgnoreCase)));

    /// <summary>MAIL.md §1.3: class 5 marks the letter undelivered. Never answered, never a request.</summary>
    private async Task<MailKind> RecordReportAsync(IntakeWork work, DeliveryReport report, CancellationToken cancellationToken)
    {
        if (report.OriginalMessageId is not { } id) return MailKind.DeliveryReport;
        var letter = await work.Db.Letters.Include(l => l.Ticket).FirstOrDefaultAsync(l => l.MessageId == id, cancellationToken);
        if (letter is null) return MailKind.DeliveryReport;

        work.Record.Ticket = letter.Ticket;
        if (report.Recipients.FirstOrDefault(r => r.IsPermanent) is { } failed)
        {
            letter.State = LetterState.GivenUp;
            letter.NextAttemptAt = null;
            letter.LastReply = $"{failed.Status} {failed.Diagnostic}".Trim();
            LogUndelivered(work.Mail.Id, letter.MessageId, letter.Recipient, letter.LastReply);
        }

        return MailKind.DeliveryReport;
    }

    private string? Display(TicketRow? ticket) =>
        ticket is null ? null : new TicketNumber(ticket.Kind, ticket.Number).Display(settings.Desk.NumberPrefix);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "{Mail}: {Kind} from {Sender}, request {Ticket}, Message-ID {MessageId}")]
    private partial void LogProcessed(string mail, MailKind kind, string? sender, string? ticket, string? messageId);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "{Mail}: recorded before, only marked now")]
    private partial void LogSeen(string mail);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "{Mail}: defect: {Defect}")]
    private partial void LogDefect(string mail, MimeDefect defect);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "{Mail}: letter {MessageId} to {Recipient} was not delivered: {Reply}")]
    private partial void LogUndelivered(string mail, string messageId, string recipient, string reply);
}
