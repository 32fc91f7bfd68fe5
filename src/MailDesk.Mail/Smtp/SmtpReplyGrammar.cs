using System.Text;
using System.Text.RegularExpressions;

namespace MailDesk.Mail.Smtp;

/// <summary>Replies as they stand on the wire (RFC 5321 §4.2.1).</summary>
internal static partial class SmtpReplyGrammar
{
    /// <summary>Splits <c>250-text</c>, <c>250 text</c> or a naked <c>250</c>. Control characters in the text become spaces.</summary>
    public static bool TryParseLine(ReadOnlySpan<byte> line, out int code, out bool isLast, out string text)
    {
        (code, isLast, text) = (0, true, "");
        if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2])) return false;
        if (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')) return false;

        code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
        isLast = line.Length == 3 || line[3] == ' ';
        if (line.Length > 4) text = Readable(line[4..]);
        return true;
    }

    /// <summary>One reply of its lines. Each line may repeat the enhanced code (RFC 2034 §4).</summary>
    public static SmtpReply Join(int code, IReadOnlyList<string> lines)
    {
        string? enhanced = null;
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var words = line.AsSpan();
            // The class agrees with the reply code (RFC 2034 §4), or it is no enhanced code but part of the text.
            if (EnhancedCode().Match(line) is { Success: true } match && line[0] - '0' == code / 100)
            {
                enhanced ??= match.Value.TrimEnd();
                words = words[match.Length..];
            }

            words = words.Trim();
            if (text.Length > 0 && words.Length > 0) text.Append(' ');
            text.Append(words);
        }

        return new SmtpReply(code, enhanced, text.ToString());
    }

    private static string Readable(ReadOnlySpan<byte> text)
    {
        // RFC 6531 §3.7.4.2 allows UTF-8; anything else is somebody's legacy charset, of which the ASCII part is worth showing.
        var words = Encoding.UTF8.GetString(text);
        return string.Create(words.Length, words, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }

    [GeneratedRegex(@"^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?: |$)", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();
}
