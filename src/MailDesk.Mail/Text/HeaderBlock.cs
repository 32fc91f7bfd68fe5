using System.Collections.Frozen;

namespace MailDesk.Mail.Text;

/// <summary>The From/Sent/To/Subject lines that Outlook puts above a quoted or forwarded message.</summary>
internal sealed class HeaderBlock(MailLines lines)
{
    private const int MaxLabel = 30;
    private const int MaxLines = 20;

    [Flags]
    internal enum Label : byte
    {
        Unknown = 0,
        From = 1,
        Date = 2,
        To = 4,
        Subject = 8,
        Other = 16,
        Copy = 32,
        None = 128,
    }

    private static readonly FrozenDictionary<string, Label> Labels = Vocabulary(
        (Label.From, "from|от|от кого|ад|ад каго|від|od|von|de|da|van|fra|från|lähettäjä|expéditeur"),
        (Label.Date, "sent|date|sent at|отправлено|дата|дата отправки|адпраўлена|даслана|надіслано|wysłano|wysłane|data|gesendet|datum|envoyé|enviado|enviada|enviado el|inviato|verzonden|sendt|skickat"),
        (Label.To, "to|кому|каму|do|an|à|a|para|per|aan|til|till"),
        (Label.Subject, "subject|тема|тэма|temat|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne"),
        (Label.Copy, "cc|копия|копія|dw|kopia|kopie"),
        (Label.Other, "bcc|reply-to|udw|importance|важность|важнасць|priority|приоритет|attachments|вложения|далучэнні|ответить|кому ответить|organization"));

    private static readonly FrozenDictionary<string, Label>.AlternateLookup<ReadOnlySpan<char>> ByLabel = Labels.GetAlternateLookup<ReadOnlySpan<char>>();

    private Label[]? _labels;

    /// <summary>True when such a block begins at the line: From, and two more of date, To and Subject, before the first line of another kind.</summary>
    internal bool BeginsAt(int index)
    {
        if (LabelOf(index) is not (Label.From or Label.Date)) return false;
        var (seen, folded) = ((Label)0, 0);
        for (var i = index; i < lines.Count && i < index + MaxLines; i++)
        {
            if (LabelOf(i) is var label and not Label.None)
            {
                if (label == Label.From && seen.HasFlag(Label.From)) break;
                seen |= label;
                folded = 0;
            }
            else if (lines.IsBlank(i) ? i + 1 >= lines.Count || LabelOf(i + 1) == Label.None : ++folded > 2)
            {
                break;
            }
        }

        return seen.HasFlag(Label.From) && int.PopCount((int)(seen & ~(Label.Other | Label.Copy))) >= 3;
    }

    /// <summary>QUIRK: Yandex repeats To and Subject above its attribution, each ended by a semicolon.</summary>
    internal static bool IsYandexLine(MailLines lines, int index) => Read(lines, index) is Label.To or Label.Subject && lines.Core(index).EndsWith(';');

    /// <summary>Kept for each line: each of the twenty above it may ask.</summary>
    internal Label LabelOf(int index)
    {
        _labels ??= new Label[lines.Count];
        return _labels[index] != Label.Unknown ? _labels[index] : _labels[index] = Read(lines, index) ?? Label.None;
    }

    /// <summary>What stands behind the label of a line that has one.</summary>
    internal ReadOnlySpan<char> ValueOf(int index) => lines.Core(index) is var line ? line[(line.IndexOf(':') + 1)..].Trim(" \t\u00A0*") : default;

    private static Label? Read(MailLines lines, int index)
    {
        var line = lines.Core(index);
        var colon = line[..Math.Min(line.Length, MaxLabel)].IndexOf(':');
        return colon > 0 && ByLabel.TryGetValue(line[..colon].Trim(" \t\u00A0*"), out var label) ? label : null;
    }

    private static FrozenDictionary<string, Label> Vocabulary(params (Label Label, string Words)[] entries) => entries
        .SelectMany(entry => entry.Words.Split('|'), (entry, word) => (word, entry.Label))
        .DistinctBy(entry => entry.word, StringComparer.Ordinal)
        .ToFrozenDictionary(entry => entry.word, entry => entry.Label, StringComparer.OrdinalIgnoreCase);
}
