using System.Buffers;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Encodes text into words of RFC 2047: UTF-8, base64 or Q whichever is shorter, 75 characters at most, no character split.</summary>
internal static class EncodedWordWriter
{
    private const int MaxWord = 75;

    private const string Prefix = "=?utf-8?B?";

    private static readonly int Overhead = Prefix.Length + "?=".Length;

    /// <summary>Letters that need no encoding in any place where an encoded-word may stand (RFC 2047 §5 rule 3).</summary>
    private static readonly SearchValues<byte> Literal =
        SearchValues.Create("!*+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>
    /// Words of an unstructured value, to be joined by single spaces: ASCII at the beginning and the end stays readable, from the first
    /// to the last word that needs it everything is encoded.
    /// </summary>
    /// <param name="firstRoom">What is left of the line for the first word.</param>
    public static IEnumerable<string> Words(string value, int firstRoom)
    {
        if (value.Length == 0) return [];
        var words = value.Split(' ');
        var first = Array.FindIndex(words, NeedsEncoding);
        if (first < 0) return words;
        var last = Array.FindLastIndex(words, NeedsEncoding);
        var plain = words.AsSpan(0, first);
        var room = firstRoom;
        foreach (var word in plain) room -= word.Length + 1;
        return [.. plain, .. Encode(string.Join(' ', words[first..(last + 1)]), room), .. words[(last + 1)..]];
    }

    /// <param name="firstRoom">Room for the first word; where it is too little to be of use, the word is as long as on a line of its own.</param>
    public static IEnumerable<string> Encode(string text, int firstRoom)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var useQ = QLength(octets) <= (octets.Length + 2) / 3 * 4;
        var words = new List<string>();
        var room = firstRoom is >= 30 and < MaxWord ? firstRoom : MaxWord;
        var start = 0;
        var end = 0;
        while (end < octets.Length)
        {
            Rune.DecodeFromUtf8(octets.AsSpan(end), out _, out var length);
            if (start < end && Length(octets.AsSpan(start, end + length - start), useQ) > room - Overhead)
            {
                words.Add(Word(octets.AsSpan(start, end - start), useQ));
                start = end;
                room = MaxWord;
            }

            end += length;
        }

        words.Add(Word(octets.AsSpan(start), useQ));
        return words;
    }

    /// <summary>Not ASCII, something a reader would decode, a run of spaces, or too long to be folded.</summary>
    private static bool NeedsEncoding(string word) =>
        word.Length == 0 || word.Length > 900 || !Ascii.IsValid(word) || word.Contains("=?", StringComparison.Ordinal);

    private static int Length(ReadOnlySpan<byte> octets, bool useQ) => useQ ? QLength(octets) : (octets.Length + 2) / 3 * 4;

    private static int QLength(ReadOnlySpan<byte> octets)
    {
        var length = 0;
        foreach (var octet in octets) length += octet == ' ' || Literal.Contains(octet) ? 1 : 3;
        return length;
    }

    private static string Word(ReadOnlySpan<byte> octets, bool useQ)
    {
        if (!useQ) return $"{Prefix}{Convert.ToBase64String(octets)}?=";
        var word = new StringBuilder(MaxWord).Append("=?utf-8?Q?");
        foreach (var octet in octets)
        {
            if (octet == ' ') word.Append('_');
            else if (Literal.Contains(octet)) word.Append((char)octet);
            else word.Append('=').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return word.Append("?=").ToString();
    }
}
