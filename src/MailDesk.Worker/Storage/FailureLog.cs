using MailDesk.Mail.Imap;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Storage;

/// <summary>Counts the failures of single messages, so that one bad mail never blocks the rest (MAIL.md §1).</summary>
public sealed partial class FailureLog(
    DeskStore store, LetterDesk letters, OutboxSignal outbox, DeskSettings settings, TimeProvider time, ILogger<FailureLog> log)
{
    private const int LongestError = 500, LongestWords = 300;

    /// <summary>The messages of a mailbox that failed and when each may be tried again.</summary>
    public Dictionary<uint, DateTimeOffset> Paused(MailboxOptions mailbox, uint uidValidity) =>
        store.Read<FailureRow>("""WHERE "Mailbox" = @p0 AND "UidValidity" = @p1""", mailbox.Address, uidValidity).ToDictionary(f => f.Uid, f => f.NextAttemptAt);

    /// <param name="raw">Null when the server did not give the message.</param>
    /// <returns>
    /// True when that was the last attempt: the message is recorded as unprocessable, with its content, the managers are told, and it is to be put
    /// aside.
    /// </returns>
    public async Task<bool> RecordAsync(
        MailboxOptions mailbox, uint uidValidity, MessageSummary message, ReadOnlyMemory<byte>? raw, string error, CancellationToken cancellationToken)
    {
        var last = await store.DecideAndCommitAsync(
            async db =>
            {
                // Put aside before, and the move did not come about.
                if (await IsPutAsideAsync(db, mailbox, uidValidity, message.Uid, cancellationToken)) return true;
                var now = time.GetUtcNow();
                var failure = await db.Failures.FindAsync([mailbox.Address, uidValidity, message.Uid], cancellationToken);
                if (failure is null)
                {
                    failure = new FailureRow { Mailbox = mailbox.Address, UidValidity = uidValidity, Uid = message.Uid, Error = error };
                    db.Failures.Add(failure);
                }

                failure.Attempts++;
                failure.Error = error;
                failure.NextAttemptAt = now + (settings.Intake.FirstPause * Math.Pow(2, failure.Attempts));
                if (failure.Attempts < settings.Intake.Attempts) return false;
                db.Failures.Remove(failure);
                var trouble = Describe(mailbox, uidValidity, message, raw, error, failure.Attempts);
                db.Insert(Unprocessable(mailbox, uidValidity, message, trouble, now, raw));
                TellManagers(db, mailbox, trouble, now);
                return true;
            },
            cancellationToken);
        if (last) outbox.Set();
        return last;
    }

    /// <summary>Whether the message was recorded and only the move did not come about.</summary>
    public async Task<bool> IsPutAsideAsync(MailboxOptions mailbox, uint uidValidity, uint uid, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await IsPutAsideAsync(db, mailbox, uidValidity, uid, cancellationToken);
    }

    private static Task<bool> IsPutAsideAsync(DeskContext db, MailboxOptions mailbox, uint uidValidity, uint uid, CancellationToken cancellationToken) =>
        db.Mails.AnyAsync(
            m => m.Mailbox == mailbox.Address && m.UidValidity == uidValidity && m.Uid == uid && (m.Kind == MailKind.Unprocessable || m.Kind == MailKind.TooLarge),
            cancellationToken);

    /// <summary>Forgets the failures of a message that was processed after all.</summary>
    public Task ForgetAsync(MailboxOptions mailbox, uint uidValidity, uint uid, CancellationToken cancellationToken) => store.WriteAsync(
        statements => statements.Execute("""DELETE FROM "Failures" WHERE "Mailbox" = @p0 AND "UidValidity" = @p1 AND "Uid" = @p2""", mailbox.Address, uidValidity, uid),
        cancellationToken);

    private static MailRow Unprocessable(
        MailboxOptions mailbox, uint uidValidity, MessageSummary summary, Trouble trouble, DateTimeOffset now, ReadOnlyMemory<byte>? raw) => new()
        {
            Mailbox = mailbox.Address,
            UidValidity = uidValidity,
            Uid = summary.Uid,
            MessageId = trouble.MessageId,
            Sender = trouble.Sender,
            ContentHash = [],
            ReceivedAt = summary.InternalDate,
            RecordedAt = now,
            Kind = MailKind.Unprocessable,
            Remark = trouble.Error,
            Content = raw is { } bytes ? new MailContentRow { Compressed = Compression.Compress(bytes.Span) } : null,
        };

    /// <summary>What the headers say. Reading them may be the very thing that fails: then nothing.</summary>
    private static Trouble Describe(MailboxOptions mailbox, uint uidValidity, MessageSummary summary, ReadOnlyMemory<byte>? raw, string error, int attempts)
    {
        var trouble = new Trouble
        {
            At = summary.InternalDate,
            Error = HeaderWords.Of(error, LongestError),
            Attempts = attempts,
            IsKept = raw is not null,
            Folder = mailbox.FailedFolder,
            Mailbox = mailbox.Address,
            MailId = $"{mailbox.Address}/{uidValidity}/{summary.Uid}",
        };
        if (raw is not { } bytes) return trouble;
        try
        {
            var message = MimeParser.Parse(bytes);
            return trouble with
            {
                Sender = message.From is [var from, ..] ? HeaderWords.Of(from.Address, LongestWords) : null,
                Subject = HeaderWords.Of(message.Subject, LongestWords),
                MessageId = message.MessageId is { } id ? HeaderWords.Of(id, LongestWords) : null,
            };
        }
        catch (Exception)
        {
            return trouble;
        }
    }

    /// <summary>The letter may be what fails (a damaged template): then the log alone tells, and the mailbox goes on.</summary>
    private void TellManagers(DeskContext db, MailboxOptions mailbox, Trouble trouble, DateTimeOffset now)
    {
        try
        {
            letters.WriteUnprocessable(db, mailbox.Address, trouble, now);
        }
        catch (Exception e)
        {
            db.Discard<LetterRow>();
            LogNobodyTold(e, trouble.MailId!);
        }
    }

    [LoggerMessage(EventId = 1107, Level = LogLevel.Error, Message = "{Mail}: put aside, and the managers could not be told")]
    private partial void LogNobodyTold(Exception e, string mail);
}
