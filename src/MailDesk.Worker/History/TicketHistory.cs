using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.History;

/// <summary>
/// Collects who wrote what and when in a request (MAIL.md §7).
/// <para>Invariants: transcripts, notifications of engineers, and earlier histories are never in it; notes, automatic mail and events only
/// where the scope is inner. No text holds a token: a history goes to other readers than its letters did. Bounded: the latest
/// <see cref="MaxEntries"/>, and of these the latest texts that fit into <see cref="MaxCompressedBytes"/> and <see cref="MaxCharacters"/>.</para>
/// </summary>
public sealed class TicketHistory(DeskDirectory directory, CommandParser commands, ThreadMatcher matcher)
{
    public const int MaxEntries = 500;

    /// <summary>In characters, all texts together.</summary>
    public const int MaxCharacters = 2_000_000;

    /// <summary>As stored, all mails and letters together: what is opened for one history.</summary>
    private const int MaxCompressedBytes = 64 * 1024 * 1024;

    /// <summary>Answers to the question for a history or for help hold nothing of the request.</summary>
    private static readonly LetterKind[] Left = [LetterKind.History, LetterKind.Help];

    /// <summary>What is known of an entry before its text is read.</summary>
    private sealed record Found(DateTimeOffset At, HistoryKind Kind, int Id, string? Who, int Size, LetterKind? Letter = null, EventRow? Event = null);

    public async Task<RequestHistory> CollectAsync(DeskContext db, TicketRow ticket, HistoryScope scope, CancellationToken cancellationToken)
    {
        List<Found> found = [.. await MailsAsync(db, ticket, scope, cancellationToken), .. await LettersAsync(db, ticket, scope, cancellationToken)];
        if (scope.Inner) found.AddRange(await EventsAsync(db, ticket, cancellationToken));

        // What a mail caused has the mail's moment: mails first, then what came of them.
        var latest = found.OrderBy(f => f.At).ThenBy(f => f.Kind == HistoryKind.Letter).ThenBy(f => f.Id).TakeLast(MaxEntries).ToList();
        var entries = new HistoryEntry[latest.Count];
        var (bytes, characters) = (MaxCompressedBytes, MaxCharacters);
        for (var i = latest.Count - 1; i >= 0; i--)
        {
            var entry = latest[i].Size <= bytes && characters > 0 ? await ReadAsync(db, latest[i], cancellationToken) : Untold(latest[i]);
            bytes -= Math.Min(bytes, latest[i].Size);
            if (entry.Text?.Length > characters) entry = entry with { Text = null };
            characters -= entry.Text?.Length ?? 0;
            entries[i] = entry;
        }

        return new RequestHistory(entries, found.Count - latest.Count);
    }

    /// <summary>The client's mails; of the engineers' the notes only, for all else went out as a letter.</summary>
    private static async Task<IEnumerable<Found>> MailsAsync(DeskContext db, TicketRow ticket, HistoryScope scope, CancellationToken cancellationToken)
    {
        var notes = db.Events.Where(e => e.TicketId == ticket.Id && e.Kind == TicketEventKind.NoteAdded && e.MailId != null).Select(e => e.MailId);
        var mails = await db.Mails.AsNoTracking()
            .Where(m => m.TicketId == ticket.Id)
            .Where(m => m.Kind == MailKind.NewRequest || m.Kind == MailKind.Complaint || m.Kind == MailKind.Held || m.Kind == MailKind.Reply
                || (scope.Inner && (m.Kind == MailKind.Automatic || (m.Kind == MailKind.Engineer && notes.Contains(m.Id)))))
            .Select(m => new { m.Id, m.ReceivedAt, m.RecordedAt, m.Kind, m.Sender, Size = m.Content == null ? 0 : m.Content.Compressed.Length })
            .ToListAsync(cancellationToken);
        return mails.Where(m => IsToldTo(scope, ticket, m.Kind, m.Sender)).Select(m => new Found(
            m.ReceivedAt < m.RecordedAt ? m.ReceivedAt : m.RecordedAt,
            m.Kind switch { MailKind.Automatic => HistoryKind.Automatic, MailKind.Engineer => HistoryKind.Note, _ => HistoryKind.Mail },
            m.Id,
            m.Sender,
            m.Size));
    }

    /// <summary>A stranger's mail that is held in the request is nobody's but the engineers' until they accept its writer (MAIL.md §3).</summary>
    private static bool IsToldTo(HistoryScope scope, TicketRow ticket, MailKind kind, string? sender)
    {
        if (scope.OwnOnly) return scope.Address.Equals(sender, StringComparison.OrdinalIgnoreCase);
        return kind != MailKind.Held || scope.Inner
            || ticket.RequesterAddress.Equals(sender, StringComparison.OrdinalIgnoreCase)
            || ticket.Participants.Exists(p => p.Address.Equals(sender, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Each reader of a letter got their own copy at the same moment: one of them is told.</summary>
    private static async Task<IEnumerable<Found>> LettersAsync(DeskContext db, TicketRow ticket, HistoryScope scope, CancellationToken cancellationToken)
    {
        var letters = await db.Letters.AsNoTracking()
            .Where(l => l.TicketId == ticket.Id && l.Role == LetterRole.Client && !Left.Contains(l.Kind))
            .Select(l => new { l.Id, l.CreatedAt, l.Kind, l.Recipient, Size = l.Content == null ? 0 : l.Content.Compressed.Length })
            .ToListAsync(cancellationToken);
        return letters
            .GroupBy(l => (l.CreatedAt, l.Kind))
            .SelectMany(alike => alike
                .GroupBy(l => l.Recipient, StringComparer.OrdinalIgnoreCase)
                .Where(copies => !scope.OwnOnly || copies.Key.Equals(scope.Address, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(copies => copies.Count())
                .ThenByDescending(copies => copies.Key.Equals(scope.Address, StringComparison.OrdinalIgnoreCase))
                .ThenBy(copies => copies.Min(l => l.Id))
                .Take(1)
                .SelectMany(copies => copies))
            .Select(l => new Found(l.CreatedAt, HistoryKind.Letter, l.Id, null, l.Size, l.Kind));
    }

    private static async Task<IEnumerable<Found>> EventsAsync(DeskContext db, TicketRow ticket, CancellationToken cancellationToken) =>
        (await db.Events.AsNoTracking().Where(e => e.TicketId == ticket.Id).ToListAsync(cancellationToken))
            .Select(e => new Found(e.At, HistoryKind.Event, e.Id, e.Actor, 0, Event: e));

    private async Task<HistoryEntry> ReadAsync(DeskContext db, Found found, CancellationToken cancellationToken)
    {
        if (found.Kind == HistoryKind.Event) return Untold(found);
        var compressed = found.Kind == HistoryKind.Letter
            ? await db.LetterContents.Where(c => c.LetterId == found.Id).Select(c => c.Compressed).FirstOrDefaultAsync(cancellationToken)
            : await db.MailContents.Where(c => c.MailId == found.Id).Select(c => c.Compressed).FirstOrDefaultAsync(cancellationToken);
        if (compressed is null) return Untold(found);

        var message = MimeParser.Parse(Compression.Decompress(compressed));
        return Untold(found) with
        {
            Author = found.Kind == HistoryKind.Letter && message.From is [{ Name: { Length: > 0 } name }, ..] ? name : NameOf(found.Who, message),
            Text = matcher.WithoutTokens(found.Kind switch
            {
                HistoryKind.Letter => LetterWords.Of(message),
                HistoryKind.Note => commands.Parse(NewText(message)).Text,
                _ => NewText(message),
            }).Trim(),
            Files = [.. message.Attachments.Select(part => part.FileName ?? part.ContentType.MediaType)],
        };
    }

    private static HistoryEntry Untold(Found found) => new(found.At, found.Kind, found.Who ?? "", null, [], found.Letter, found.Event);

    private static string NewText(MailMessage message) => MessageText.Of(message, LetterComposer.Markers).NewText;

    /// <summary>As the directory knows a person; else by their own word.</summary>
    private string NameOf(string? address, MailMessage message) =>
        address is null ? ""
        : directory.FindPerson(address)?.Person.Name ?? directory.FindEngineer(address)?.Name ?? (message.From is [{ Name: { Length: > 0 } name }, ..] ? name : address);
}
