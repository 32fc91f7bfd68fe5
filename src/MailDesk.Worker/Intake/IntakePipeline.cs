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
    ReportMail reports,
    OverLimitMail overLimit,
    OutboxSignal outbox,
    DeadlineSchedule deadlines,
    TimeProvider time,
    ILogger<IntakePipeline> log)
{
    internal const string RecordedBefore = """WHERE "Mailbox" = @p0 AND "UidValidity" = @p1 AND "Uid" = @p2""";

    /// <summary>In the words of the index's filter: that makes it serve.</summary>
    internal const string SameContent = """
        SELECT "Id" FROM "Mails" WHERE "ContentHash" = @p0 AND "Kind" <> 'Duplicate' AND "Kind" <> 'Unprocessable' AND "Kind" <> 'TooLarge'
        """;

    /// <returns>
    /// What the message was; when this very message has been recorded before, <see cref="MailKind.Duplicate"/>, or what put it aside then: its move
    /// did not come about.
    /// </returns>
    public Task<MailKind> ProcessAsync(IncomingMail mail, CancellationToken cancellationToken) => ProcessAsync(mail, turn: null, cancellationToken);

    /// <inheritdoc cref="ProcessAsync(IncomingMail, CancellationToken)"/>
    /// <param name="turn">Its place among the mail of its mailbox; null when it stands alone.</param>
    internal async Task<MailKind> ProcessAsync(IncomingMail mail, Turn? turn, CancellationToken cancellationToken)
    {
        foreach (var defect in mail.Message.Defects) LogDefect(mail.Id, defect);
        var (record, isNew) = await store.DecideAndCommitAsync(db => DecideAsync(mail, db, cancellationToken), turn, cancellationToken);
        await register.RefreshIfStaleAsync(cancellationToken);
        if (!isNew)
        {
            LogSeen(mail.Id);
            return MailReplay.IsPutAside(record.Kind) ? record.Kind : MailKind.Duplicate;
        }

        Report(mail, record);
        return record.Kind;
    }

    /// <summary>
    /// Whether nothing that a message causes can matter to the next one: others wrote them, nobody of the desk, and about something else.
    /// What both of them would change nevertheless is a race, which one of them loses.
    /// </summary>
    public bool IsIndependent(IncomingMail mail, IncomingMail before) =>
        mail.Sender is { } sender
        && before.Sender is { } other
        && !sender.Address.Equals(other.Address, StringComparison.OrdinalIgnoreCase)
        && !senders.IsOfDesk(sender.Address)
        && !senders.IsOfDesk(other.Address)
        && !mail.ContentHash.AsSpan().SequenceEqual(before.ContentHash)
        && !matcher.MayBeOfOneRequest(mail, before);

    /// <summary>Processes a message that was put aside once more, on the row that it has.</summary>
    /// <returns>The row; null when it is no longer what was put aside: somebody else was faster.</returns>
    public async Task<MailRow?> ReplayAsync(IncomingMail mail, int row, CancellationToken cancellationToken)
    {
        var record = await store.DecideAndCommitAsync<MailRow?>(
            async db =>
            {
                var record = await db.Mails.FirstAsync(m => m.Id == row, cancellationToken);
                if (!MailReplay.IsPutAside(record.Kind)) return null;
                record.RecordedAt = time.GetUtcNow();
                await FillAsync(mail, record, db, cancellationToken);
                return record;
            },
            cancellationToken);
        await register.RefreshIfStaleAsync(cancellationToken);
        if (record is not null) Report(mail, record);
        return record;
    }

    private void Report(IncomingMail mail, MailRow record)
    {
        var ticket = Display(record.Ticket);
        LogProcessed(mail.Id, record.Kind, record.Sender, ticket, record.MessageId);
        outbox.Set(record.Kind == MailKind.Engineer ? null : record.Ticket?.Id); // an engineer's commands may write in several requests
        deadlines.Wake();
    }

    /// <summary>Not new when this very message is recorded already: killed between commit and mark.</summary>
    private async Task<(MailRow Record, bool IsNew)> DecideAsync(IncomingMail mail, DeskContext db, CancellationToken cancellationToken)
    {
        if (store.Read<MailRow>(RecordedBefore, mail.Mailbox.Address, mail.UidValidity, mail.Uid) is [var before]) return (before, false);

        var record = new MailRow
        {
            Mailbox = mail.Mailbox.Address,
            UidValidity = mail.UidValidity,
            Uid = mail.Uid,
            ContentHash = [],
            ReceivedAt = mail.ReceivedAt,
            RecordedAt = time.GetUtcNow(),
            Content = new MailContentRow { Compressed = mail.Compressed, IsBeginning = mail.IsBeginning },
        };
        db.Insert(record);
        await FillAsync(mail, record, db, cancellationToken);
        return (record, true);
    }

    private async Task FillAsync(IncomingMail mail, MailRow record, DeskContext db, CancellationToken cancellationToken)
    {
        record.MessageId = mail.Message.MessageId;
        record.ContentHash = mail.ContentHash;
        record.Sender = mail.Sender?.Address;
        record.Kind = await HandleAsync(new IntakeWork(db, mail, record, record.RecordedAt), cancellationToken);
    }

    /// <summary>MAIL.md §1: the first that applies wins.</summary>
    private async Task<MailKind> HandleAsync(IntakeWork work, CancellationToken cancellationToken)
    {
        var mail = work.Mail;
        if (await IsDuplicateAsync(work, cancellationToken)) return MailKind.Duplicate;
        if (IsOwn(mail.Message)) return MailKind.Own;
        if (DeliveryReport.Read(mail.Message) is { } report)
        {
            await reports.HandleAsync(work, report, cancellationToken);
            return MailKind.DeliveryReport;
        }

        var thread = await matcher.MatchAsync(mail, work.Db, cancellationToken);
        var ticket = thread is null ? null : TicketLedger.Find(work.Db, thread.Ticket);
        var speaker = senders.Identify(mail, thread);
        if (AutomaticMail.Report(mail.Message) is { } kind)
        {
            work.Record.Ticket = ticket;
            work.Record.Remark = kind;
            return MailKind.Automatic;
        }

        var automatic = AutomaticMail.Sign(mail.Message);
        work.Record.Remark = automatic;
        if (mail.Exceeded is { } limit)
        {
            overLimit.Handle(work, speaker, ticket, limit, automatic);
            return MailKind.TooLarge;
        }

        if (speaker is Speaker.Staff staff)
        {
            work.Record.Ticket = ticket;
            if (automatic is not null) return MailKind.Automatic;
            await engineerMail.HandleAsync(work, staff, ticket, cancellationToken);
            return MailKind.Engineer;
        }

        if (ticket is not null) ticket = TicketLedger.FindGoingOn(work.Db, ticket); // rule 5.5
        return await clientMail.HandleAsync(work, speaker, ticket, thread?.Token, automatic is not null, cancellationToken);
    }

    /// <summary>The Message-ID is part of the content's hash.</summary>
    private async Task<bool> IsDuplicateAsync(IntakeWork work, CancellationToken cancellationToken) =>
        store.Number(SameContent, work.Record.ContentHash) is not null
        // What was over a limit once is a duplicate while it still is; after the limit has been raised it is processed.
        || (work.Mail.Exceeded is not null
            && await work.Db.Mails.AnyAsync(
                m => m.ContentHash == work.Record.ContentHash && m.Kind == MailKind.TooLarge && m.Id != work.Record.Id, cancellationToken));

    private bool IsOwn(MailMessage message) =>
        tokens.IsMarker(message.Headers[LetterComposer.MarkerHeader])
        || message.From.Any(from => settings.Mailboxes.Exists(box => box.Address.Equals(from.Address, StringComparison.OrdinalIgnoreCase)));

    private string? Display(TicketRow? ticket) =>
        ticket is null ? null : ticket.FullNumber.Display(settings.Desk.NumberPrefix);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "{Mail}: {Kind} from {Sender}, request {Ticket}, Message-ID {MessageId}")]
    private partial void LogProcessed(string mail, MailKind kind, string? sender, string? ticket, string? messageId);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "{Mail}: recorded before, only marked now")]
    private partial void LogSeen(string mail);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "{Mail}: defect: {Defect}")]
    private partial void LogDefect(string mail, MimeDefect defect);
}
