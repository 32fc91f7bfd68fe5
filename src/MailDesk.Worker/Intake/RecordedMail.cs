using MailDesk.Mail.Imap;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>Reads mail that was recorded before, as it was read when it came.</summary>
public sealed class RecordedMail(DeskSettings settings)
{
    /// <summary>Held mail of a request that nobody has decided on, in the order in which it came.</summary>
    public static Task<List<MailRow>> HeldAsync(DeskContext db, TicketRow ticket, CancellationToken cancellationToken) =>
        db.Mails.Include(m => m.Content).Where(m => m.TicketId == ticket.Id && m.Kind == MailKind.Held).OrderBy(m => m.Id).ToListAsync(cancellationToken);

    public IncomingMail Read(MailRow row)
    {
        var mailbox = settings.Mailboxes.Find(box => box.Address.Equals(row.Mailbox, StringComparison.OrdinalIgnoreCase)) ?? new MailboxOptions { Address = row.Mailbox };
        var raw = Compression.Decompress(row.Content!.Compressed);
        return IncomingMail.Read(mailbox, row.UidValidity, new FetchedMessage(new MessageSummary(row.Uid, row.ReceivedAt, raw.Length, []), raw));
    }
}
