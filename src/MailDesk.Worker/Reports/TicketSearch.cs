using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Reports;

/// <summary>
/// <c>#search</c>: requests that have every word asked for in their number, subject, client, or requester, or all of them in the text of one
/// mail. Words mean themselves (no wildcards), upper and lower case and ё and е are the same in every script. Compared here rather than in
/// SQLite, which knows the case of ASCII only; bounded by <see cref="MaxTickets"/> and <see cref="MaxMails"/>, the latest first.
/// </summary>
public sealed class TicketSearch(DeskSettings settings, TicketLists lists)
{
    public const int MaxTickets = 20_000;

    public const int MaxMails = 1000;

    /// <summary>As stored, all mails together and each.</summary>
    private const int MaxBytes = 16 * 1024 * 1024, MaxMailBytes = 1024 * 1024;

    private static readonly MailKind[] Told = [MailKind.NewRequest, MailKind.Complaint, MailKind.Held, MailKind.Reply, MailKind.Engineer];

    public async Task<(TicketSection Section, SearchReach Reach)> FindAsync(DeskContext db, string words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = Folded(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray();
        List<int> found = [];
        var (tickets, mails) = wanted.Length == 0 ? (0, 0) : (await LookAtTicketsAsync(db, wanted, found, cancellationToken), await LookAtMailsAsync(db, wanted, found, cancellationToken));
        var shown = found.Distinct().Take(TicketLists.MaxLines).ToList();
        var rows = (await db.Tickets.AsNoTracking().Where(t => shown.Contains(t.Id)).ToListAsync(cancellationToken)).ToDictionary(row => row.Id);
        var section = new TicketSection(SectionKind.Found, [.. shown.Select(id => lists.LineOf(rows[id], now))], found.Distinct().Count() - shown.Count);
        return (section, new SearchReach(words, tickets == MaxTickets ? tickets : null, mails < 0 ? -mails : null));
    }

    private async Task<int> LookAtTicketsAsync(DeskContext db, string[] wanted, List<int> found, CancellationToken cancellationToken)
    {
        var looked = 0;
        var tickets = db.Tickets.AsNoTracking().OrderByDescending(t => t.Id).Take(MaxTickets)
            .Select(t => new { t.Id, t.Kind, t.Number, t.Subject, t.Client, t.RequesterAddress, t.RequesterName });
        await foreach (var ticket in tickets.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            looked++;
            var number = new TicketNumber(ticket.Kind, ticket.Number).Display(settings.Desk.NumberPrefix);
            if (Has(Folded($"{number}\n{ticket.Subject}\n{ticket.Client}\n{ticket.RequesterAddress}\n{ticket.RequesterName}"), wanted)) found.Add(ticket.Id);
        }

        return looked;
    }

    /// <returns>How many mails were looked at; negative where older ones were not.</returns>
    private static async Task<int> LookAtMailsAsync(DeskContext db, string[] wanted, List<int> found, CancellationToken cancellationToken)
    {
        var seen = found.ToHashSet();
        var mails = await db.Mails.AsNoTracking()
            .Where(m => m.TicketId != null && Told.Contains(m.Kind))
            .OrderByDescending(m => m.Id)
            .Take(MaxMails + 1)
            .Select(m => new { m.Id, Ticket = m.TicketId!.Value, Size = m.Content == null ? 0 : m.Content.Compressed.Length })
            .ToListAsync(cancellationToken);
        var (looked, bytes) = (0, MaxBytes);
        foreach (var mail in mails)
        {
            if (looked == MaxMails || (mail.Size > bytes && mail.Size <= MaxMailBytes)) return -looked;
            looked++;
            if (mail.Size is 0 or > MaxMailBytes || seen.Contains(mail.Ticket)) continue;
            bytes -= mail.Size;
            var compressed = await db.MailContents.Where(c => c.MailId == mail.Id).Select(c => c.Compressed).FirstAsync(cancellationToken);
            if (Has(Folded(MessageText.Of(MimeParser.Parse(Compression.Decompress(compressed)), LetterComposer.Markers).NewText), wanted) && seen.Add(mail.Ticket)) found.Add(mail.Ticket);
        }

        return looked;
    }

    private static bool Has(string text, string[] wanted) => Array.TrueForAll(wanted, word => text.Contains(word, StringComparison.Ordinal));

    private static string Folded(string text) => text.ToLowerInvariant().Replace('ё', 'е');
}
