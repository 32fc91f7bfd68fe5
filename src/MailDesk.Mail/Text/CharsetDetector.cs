using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace MailDesk.Mail.Text;

/// <summary>
/// Turns the bytes of a text into characters, whatever the label says.
/// <para>Invariants: never throws; linear in the input; a byte order mark beats the label; the label is believed unless the bytes contradict
/// it; where they do, or no label is there, it is UTF-8 if that is valid, else the likeliest Cyrillic charset, else windows-1252.</para>
/// </summary>
public static class CharsetDetector
{
    /// <summary>The share of zero bytes (or bytes of one high half) that tells UTF-16 without a mark.</summary>
    private const double Utf16Share = 0.7;

    /// <summary>Enough to know a text by.</summary>
    private const int Sample = 16 * 1024;

    /// <summary>How many letters above 0x7F it takes to doubt a label.</summary>
    private const int Evidence = 8;

    private static readonly SearchValues<byte> AsciiLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public static Encoding Detect(ReadOnlySpan<byte> bytes, string? label)
    {
        if (ByMark(bytes) is { } marked) return marked;
        var labelled = CharsetLabels.Find(label);
        if (labelled is null) return Guess(bytes);
        if (labelled.CodePage is 1200 or 1201) return Utf16WithoutMark(bytes) ?? (IsPlainText(bytes) ? Guess(bytes) : labelled);
        if (labelled is Utf7Encoding || labelled.CodePage is 12000 or 12001) return labelled;
        if (labelled.CodePage == CharsetLabels.Utf8.CodePage) return Utf8.IsValid(bytes) || IsMostlyUtf8(bytes) ? labelled : Guess(bytes);
        if (!bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF)) return labelled;
        if (!labelled.IsSingleByte) return FirstThatReads(bytes, labelled);
        if (Utf8.IsValid(bytes)) return CharsetLabels.Utf8; // no text in a single-byte charset is valid UTF-8 by chance
        return Contradicts(bytes, labelled) ? Guess(bytes) : labelled;
    }

    /// <param name="damaged">True when some bytes mean nothing in the chosen charset; they have become U+FFFD.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? label, out bool damaged)
    {
        var encoding = Detect(bytes, label);
        var mark = encoding.Preamble.Length == 0 && encoding.CodePage == 65001 ? Encoding.UTF8.Preamble : encoding.Preamble;
        if (mark.Length > 0 && bytes.StartsWith(mark)) bytes = bytes[mark.Length..];
        var text = encoding.GetString(bytes);
        damaged = encoding.CodePage == 65001 ? !Utf8.IsValid(bytes) : text.Contains('\uFFFD', StringComparison.Ordinal);
        return text;
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => CharsetLabels.Utf8,
        [0xFF, 0xFE, 0, 0, ..] => CharsetLabels.ByCodePage(12000),
        [0, 0, 0xFE, 0xFF, ..] => CharsetLabels.ByCodePage(12001),
        [0xFF, 0xFE, ..] when bytes.Length % 2 == 0 => Encoding.Unicode,
        [0xFE, 0xFF, ..] when bytes.Length % 2 == 0 => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static Encoding Guess(ReadOnlySpan<byte> bytes)
    {
        if (Utf16WithoutMark(bytes) is { } utf16) return utf16;
        if (!bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF) && bytes.IndexOf("\u001B$"u8) >= 0) return CharsetLabels.ByCodePage(50220)!; // RFC 1468
        if (Utf8.IsValid(bytes) || IsMostlyUtf8(bytes)) return CharsetLabels.Utf8;
        var western = CharsetLabels.ByCodePage(CharsetLabels.Windows1252)!;
        if (LooksWestern(bytes)) return western;
        var (cyrillic, score) = CyrillicLikelihood.Best(bytes);
        return score > -2 ? cyrillic : western;
    }

    /// <summary>
    /// A charset of several bytes a character is kept unless bytes mean nothing in it and another charset reads them all. The seven-bit ones
    /// (ISO-2022, HZ) have no byte above 0x7F (RFC 1468, RFC 1843): a relay has turned them into the eight-bit form and left the label.
    /// </summary>
    private static Encoding FirstThatReads(ReadOnlySpan<byte> bytes, Encoding labelled)
    {
        var isSevenBit = labelled.CodePage is >= 50220 and <= 50229 or 52936;
        if (!isSevenBit && Reads(bytes, labelled)) return labelled;
        if (Utf8.IsValid(bytes)) return CharsetLabels.Utf8;
        if (!HasEvidence(bytes)) return labelled;
        ReadOnlySpan<int> eightBit = labelled.CodePage switch
        {
            50220 or 50221 or 50222 => [51932, 932],
            50225 => [949],
            50227 or 52936 => [54936],
            _ => [],
        };
        foreach (var number in eightBit)
        {
            if (CharsetLabels.ByCodePage(number) is { } candidate && Reads(bytes, candidate)) return candidate;
        }

        return labelled;
    }

    private static bool Reads(ReadOnlySpan<byte> bytes, Encoding encoding) => !encoding.GetString(bytes).Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>Valid UTF-8 without control characters is no UTF-16, whatever its label says.</summary>
    private static bool IsPlainText(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && !bytes.ContainsAnyInRange((byte)0, (byte)8) && !bytes.ContainsAnyInRange((byte)14, (byte)31);

    /// <summary>A western label over runs of Cyrillic letters, or one Cyrillic charset's label over another's bytes.</summary>
    private static bool Contradicts(ReadOnlySpan<byte> bytes, Encoding labelled)
    {
        if (!HasEvidence(bytes)) return false;
        var (best, score) = CyrillicLikelihood.Best(bytes);
        if (labelled.CodePage == CharsetLabels.Windows1252) return score > 2 && !LooksWestern(bytes);
        var own = CyrillicLikelihood.Score(bytes, labelled); // NaN for other charsets: then both comparisons are false
        return best.CodePage != labelled.CodePage && score > (1.5 * own) + 2;
    }

    /// <summary>A label is not overruled on the word of a few letters.</summary>
    private static bool HasEvidence(ReadOnlySpan<byte> bytes)
    {
        var letters = 0;
        foreach (var octet in bytes)
        {
            if (octet >= 0x80 && ++letters >= Evidence) return true;
        }

        return false;
    }

    /// <summary>Western words have letters and signs above 0x7F singly among ASCII ones; Cyrillic words have nothing else.</summary>
    private static bool LooksWestern(ReadOnlySpan<byte> bytes)
    {
        var (single, adjoining) = (0, 0);
        for (var i = 1; i < bytes.Length; i++)
        {
            var (last, here) = (bytes[i - 1], bytes[i]);
            if (last >= 0x80 && here >= 0x80) adjoining++;
            else if ((last >= 0xC0 && char.IsAsciiLetter((char)here)) || (here >= 0xC0 && char.IsAsciiLetter((char)last))) single++;
        }

        // A lone sign ("Intel®", "£5") makes no text Cyrillic whose words are ASCII.
        return single > adjoining || (adjoining == 0 && bytes.IndexOfAny(AsciiLetters) >= 0);
    }

    /// <summary>UTF-8 with a few broken places (a cut character, a stray byte) is still UTF-8.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (good, bad) = (0, 0);
        while (!bytes.IsEmpty && good + bad < Sample)
        {
            var next = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0) break;
            bytes = bytes[next..];
            var ok = Rune.DecodeFromUtf8(bytes, out _, out var used) == OperationStatus.Done;
            if (ok) good++;
            else bad++;
            bytes = bytes[used..];
        }

        return good > 4 * bad;
    }

    private static UnicodeEncoding? Utf16WithoutMark(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..(Math.Min(bytes.Length, Sample) & ~1)];
        if (sample.Length < 4 || !sample.Contains((byte)0)) return null;
        Span<int> halves = stackalloc int[2];
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] is 0 or 0x04) halves[i & 1]++; // the high halves of Latin and Cyrillic
        }

        var half = sample.Length / 2;
        return halves[1] > half * Utf16Share && halves[0] < half * (1 - Utf16Share) ? (UnicodeEncoding)Encoding.Unicode
            : halves[0] > half * Utf16Share && halves[1] < half * (1 - Utf16Share) ? (UnicodeEncoding)Encoding.BigEndianUnicode
            : null;
    }
}
