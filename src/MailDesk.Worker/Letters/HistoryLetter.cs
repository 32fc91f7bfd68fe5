using System.Globalization;
using System.Text;
using MailDesk.Domain;
using MailDesk.Worker.History;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>
/// A history as a letter that can be read: the latest entries, the beginning of each; where that is not all, the whole is attached as text.
/// </summary>
internal static class HistoryLetter
{
    private const int EntriesShown = 50;

    /// <summary>In characters.</summary>
    private const int TextShown = 2000;

    public static Letter Of(Letter blank, RequestHistory history)
    {
        var words = ChangeWords.Of(LetterLanguage.Of(blank.Language).Code);
        history = history with { Entries = [.. history.Entries.Select(entry => entry is { Kind: HistoryKind.Event, Author: TicketLedger.Desk } ? entry with { Author = words.Desk } : entry)] };
        var shown = history.Entries.TakeLast(EntriesShown).Select(Shown).ToList();
        var whole = shown.Count == history.Entries.Count && !shown.Exists(line => line.Cut);
        return blank with
        {
            History = shown,
            HistoryOlder = history.Older + history.Entries.Count - shown.Count,
            Attachments = whole ? [] : [new LetterAttachment($"{blank.Tag}.txt", "text/plain", InFull(blank, history))],
        };
    }

    private static HistoryLine Shown(HistoryEntry entry) => entry.Text is { Length: > TextShown } text
        ? new(entry.At, entry.Author, text[..(char.IsLowSurrogate(text[TextShown]) ? TextShown - 1 : TextShown)], entry.Files, Cut: true)
        : new(entry.At, entry.Author, entry.Text, entry.Files, Change: ChangeOf(entry));

    private static TicketEvent? ChangeOf(HistoryEntry entry) => entry.Event is { } e ? new(e.Kind, e.From, e.To, e.Detail) : null;

    private static byte[] InFull(Letter letter, RequestHistory history)
    {
        var language = LetterLanguage.Of(letter.Language);
        var dates = new SpelledDates(language, letter.TimeZone);
        var words = ChangeWords.Of(language.Code);
        var text = new StringBuilder();
        if (history.Older > 0) text.Append(CultureInfo.InvariantCulture, $"[… {history.Older}]\n\n");
        foreach (var entry in history.Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{dates.Full(entry.At)}, {entry.Author}\n");
            if (entry.Files.Count > 0) text.Append('[').AppendJoin("] [", entry.Files.Select(file => HeaderWords.Of(file, 100))).Append("]\n");
            text.Append(CultureInfo.InvariantCulture, $"\n{entry.Text ?? (ChangeOf(entry) is { } change ? words.Of(change, dates) : "[…]")}\n\n");
        }

        // With a mark: programs that are told no charset know it by that.
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString().ReplaceLineEndings("\r\n"))];
    }
}
