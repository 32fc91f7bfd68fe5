using System.Buffers;
using System.Text;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Mime;

/// <summary>The octets of a header value as text.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (byte)c), 127]);

    private static readonly SearchValues<char> ControlChars =
        SearchValues.Create([.. Enumerable.Range(0, 160).Select(c => (char)c).Where(char.IsControl), '\u2028', '\u2029']);

    /// <summary>
    /// Unfolds (RFC 5322 §2.2.3), trims, and decodes raw 8-bit octets: UTF-8 (RFC 6532) where it is, else the likely code page.
    /// No control character but the tab is left.
    /// </summary>
    public static string Unfold(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        if (value.IndexOfAny(Controls) < 0) return Decode(value);

        var buffer = ArrayPool<byte>.Shared.Rent(value.Length);
        var length = 0;
        while (value.Length > 0)
        {
            var run = value.IndexOfAny(Controls);
            if (run < 0) run = value.Length;
            value[..run].CopyTo(buffer.AsSpan(length));
            length += run;
            value = value[run..];
            if (value.Length == 0) break;

            var lineEnd = value[0] is (byte)'\r' or (byte)'\n';
            while (value.Length > 0 && Controls.Contains(value[0])) value = value[1..];
            if (!lineEnd) continue;
            // The line end goes, the white space after it stays: one space where it was a tab or (a bare CR) nothing at all.
            if (value.Length > 0 && value[0] == '\t') value = value[1..];
            else if (value.Length > 0 && value[0] == ' ') continue;
            buffer[length++] = (byte)' ';
        }

        var text = Decode(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Turns control characters and separators of lines, which only hostile or broken words bring, into spaces; trims.</summary>
    public static string Clean(string text)
    {
        text = text.Trim();
        if (text.AsSpan().IndexOfAny(ControlChars) < 0) return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            source.CopyTo(span);
            foreach (ref var c in span)
            {
                if (ControlChars.Contains(c)) c = ' ';
            }
        }).Trim();
    }

    private static string Decode(ReadOnlySpan<byte> value) =>
        Ascii.IsValid(value) ? Encoding.ASCII.GetString(value) : Clean(CharsetDetector.Decode(value, null, out _));
}
