using MailDesk.Mail.Imap;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Storage;

/// <summary>Counts the failures of single messages, so that one bad mail never blocks the rest (MAIL.md §1).</summary>
public sealed class FailureLog(DeskStore store, DeskSettings settings, TimeProvider time)
{
    /// <summary>The messages of a mailbox that failed and when each may be tried again.</summary>
    public async Task<Dictionary<uint, DateTimeOffset>> PausedAsync(MailboxOptions mailbox, uint uidValidity, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Failures.Where(f => f.Mailbox == mailbox.Address && f.UidValidity == uidValidity)
            .ToDictionaryAsync(f => f.Uid, f => f.NextAttemptAt, cancellationToken);
    }

    /// <param name="raw">Null when the server did not give the message.</param>
    /// <returns>True when that was the last attempt: the message is recorded as unprocessable, with its content, and is to be put aside.</returns>
    public Task<bool> RecordAsync(
        MailboxOptions mailbox, uint uidValidity, MessageSummary message, ReadOnlyMemory<byte>? raw, string error, CancellationToken cancellationToken) =>
        store.DecideAndCommitAsync(
            async db =>
            {
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
                db.Mails.Add(Unread(mailbox, uidValidity, message, MailKind.Unprocessable, error, now, raw));
                return true;
            },
            cancellationToken);

    /// <summary>Forgets the failures of a message that was processed after all.</summary>
    public async Task ForgetAsync(MailboxOptions mailbox, uint uidValidity, uint uid, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        await store.WriteAsync(
            () => db.Failures.Where(f => f.Mailbox == mailbox.Address && f.UidValidity == uidValidity && f.Uid == uid).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Records a message that is too large to be read; the message itself stays on the mail server.</summary>
    public Task<bool> RecordTooLargeAsync(MailboxOptions mailbox, uint uidValidity, MessageSummary summary, CancellationToken cancellationToken) =>
        store.DecideAndCommitAsync(
            async db =>
            {
                if (await db.Mails.AnyAsync(m => m.Mailbox == mailbox.Address && m.UidValidity == uidValidity && m.Uid == summary.Uid, cancellationToken)) return false;
                db.Mails.Add(Unread(mailbox, uidValidity, summary, MailKind.TooLarge, $"{summary.Size} octets", time.GetUtcNow(), null));
                return true;
            },
            cancellationToken);

    private static MailRow Unread(
        MailboxOptions mailbox, uint uidValidity, MessageSummary summary, MailKind kind, string remark, DateTimeOffset now, ReadOnlyMemory<byte>? raw) => new()
        {
            Mailbox = mailbox.Address,
            UidValidity = uidValidity,
            Uid = summary.Uid,
            ContentHash = [],
            ReceivedAt = summary.InternalDate,
            RecordedAt = now,
            Kind = kind,
            Remark = remark,
            Content = raw is { } bytes ? new MailContentRow { Compressed = Compression.Compress(bytes.Span) } : null,
        };
}
