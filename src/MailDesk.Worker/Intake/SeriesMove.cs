using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Moves what came to the wrong mailbox between the series of requests and complaints (rule 8.4). It stays one request with one history and one
/// conversation: it gets a number of the other series, keeps the old one as its former number, and every letter sent before, whose
/// token says the old number, still belongs to it. Moved back, it has its first number again.
/// </summary>
public sealed class SeriesMove(DeskSettings settings, TicketLedger ledger, NamedRequest named, FirstWords firstWords)
{
    /// <summary>Changes the row; to be called before the letters are written, which carry the new number.</summary>
    /// <returns>What the letters of the move say beside that.</returns>
    public async Task<LetterMatter> MoveAsync(IntakeWork work, TicketRow row, LetterMatter matter, CancellationToken cancellationToken)
    {
        var former = row.FullNumber.Display(settings.Desk.NumberPrefix);
        ledger.Move(work.Db, row);
        var purpose = row.Kind == TicketKind.Complaint ? MailboxPurpose.Complaints : MailboxPurpose.Requests;
        row.Mailbox = settings.Mailboxes.Find(mailbox => mailbox.Purpose == purpose)?.Address ?? row.Mailbox;

        var words = await firstWords.ReadAsync(work.Db, row, cancellationToken);
        row.About = row.Kind == TicketKind.Complaint && words is not null ? named.Find(work.Db, words, row.Client) : null;
        row.AboutId = row.About?.Id;
        return matter with { Request = words, FormerNumber = former, AboutNumber = row.About is { } about ? named.Display(about) : null };
    }
}
