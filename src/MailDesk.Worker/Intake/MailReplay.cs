using System.Globalization;
using MailDesk.Mail.Imap;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <param name="Succeeded">False when nothing was done; <paramref name="Message"/> then says why, and what would be right.</param>
public sealed record ReplayResult(bool Succeeded, string Message);

/// <summary>
/// Processes a stored message again that was put aside, as if it had just been fetched: registered at the time at which the server received it.
/// <para>Exactly once, whether the daemon runs or not: the row that says "put aside" becomes the row of what the message is in the same
/// transaction as everything that the message causes, and a second replay of it loses that race.</para>
/// </summary>
public sealed class MailReplay(DeskStore store, DeskSettings settings, IntakePipeline pipeline)
{
    public static bool IsPutAside(MailKind kind) => kind is MailKind.Unprocessable or MailKind.TooLarge;

    /// <param name="id">Mailbox, UIDVALIDITY and UID, as letters, log and <c>status</c> name the message.</param>
    /// <exception cref="Exception">The message still makes processing fail; nothing has changed.</exception>
    public async Task<ReplayResult> RunAsync(string id, CancellationToken cancellationToken)
    {
        if (!TryParse(id, out var mailbox, out var uidValidity, out var uid))
            return Refuse($"\"{id}\" is no identifier of a message; give one as the letter and `maildesk status` show it, such as support@example.com/1/42");
        await using var db = await store.OpenAsync(cancellationToken);
        var row = await db.Mails.AsNoTracking().Include(m => m.Content).Include(m => m.Ticket)
            .FirstOrDefaultAsync(m => m.Mailbox == mailbox && m.UidValidity == uidValidity && m.Uid == uid, cancellationToken);
        if (row is null) return Refuse(await WhyUnknownAsync(db, id, mailbox, uidValidity, uid, cancellationToken));
        if (!IsPutAside(row.Kind)) return Refuse(AlreadyProcessed(id, row));
        if (settings.Mailboxes.Find(box => box.Address.Equals(mailbox, StringComparison.OrdinalIgnoreCase)) is not { } box)
            return Refuse($"{id}: the settings have no mailbox {mailbox} any more; add it for the time of the replay");
        if (row.Content is not { IsBeginning: false } content)
        {
            return Refuse(row.Kind == MailKind.TooLarge
                ? $"{id}: only the beginning of it is in the database; raise Intake:MaxMessageBytes, start the daemon anew, and move the message from {box.FailedFolder} back to the inbox with a mail program"
                : $"{id}: the mail server never gave it, so it is not in the database; move the message from {box.FailedFolder} back to the inbox with a mail program");
        }

        var raw = Compression.Decompress(content.Compressed);
        var mail = IncomingMail.Read(box, uidValidity, new FetchedMessage(new MessageSummary(uid, row.ReceivedAt, raw.Length, []), raw), settings.Intake);
        if (row.Kind == MailKind.TooLarge && mail.Exceeded is { } limit) return Refuse($"{id}: still {limit}; raise the limit under Intake first");
        return await pipeline.ReplayAsync(mail, row.Id, cancellationToken) is { } done
            ? new ReplayResult(true, $"{id}: processed, {Describe(done)}")
            : Refuse($"{id}: somebody else is replaying it at this moment");
    }

    private static ReplayResult Refuse(string why) => new(false, why);

    private string AlreadyProcessed(string id, MailRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}: processed already at {row.RecordedAt:u}, {Describe(row)}; there is nothing to replay");

    private string Describe(MailRow row) => row.Ticket is { } ticket
        ? $"recorded as {row.Kind}, request {new Security.TicketNumber(ticket.Kind, ticket.Number).Display(settings.Desk.NumberPrefix)}"
        : $"recorded as {row.Kind}";

    private static async Task<string> WhyUnknownAsync(DeskContext db, string id, string mailbox, uint uidValidity, uint uid, CancellationToken cancellationToken) =>
        await db.Failures.FindAsync([mailbox, uidValidity, uid], cancellationToken) is { } failure
            ? string.Create(CultureInfo.InvariantCulture, $"{id}: is still being tried by the daemon, next at {failure.NextAttemptAt:u}; last error: {failure.Error}")
            : $"{id}: there is no such message; `maildesk status` lists what was put aside";

    private static bool TryParse(string id, out string mailbox, out uint uidValidity, out uint uid)
    {
        (mailbox, uidValidity, uid) = ("", 0, 0);
        var last = id.LastIndexOf('/');
        var middle = last > 0 ? id.LastIndexOf('/', last - 1) : -1;
        if (middle <= 0) return false;
        mailbox = id[..middle];
        return uint.TryParse(id.AsSpan(middle + 1, last - middle - 1), CultureInfo.InvariantCulture, out uidValidity)
            && uint.TryParse(id.AsSpan(last + 1), CultureInfo.InvariantCulture, out uid);
    }
}
