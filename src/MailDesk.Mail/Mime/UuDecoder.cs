using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>uuencode (POSIX uuencode(1)). Decodes between "begin" and "end"; short lines are padded with zeros, as trailing spaces get lost.</summary>
internal static class UuDecoder
{
    /// <returns>How many octets were written.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        var begun = false;
        while (source.Length > 0)
        {
            var newline = source.IndexOf((byte)'\n');
            var line = (newline < 0 ? source : source[..newline]).TrimEnd((byte)'\r');
            source = newline < 0 ? default : source[(newline + 1)..];
            if (!begun)
            {
                begun = line.StartsWith("begin "u8);
                continue;
            }

            if (line.Length == 0 || line.SequenceEqual("end"u8)) break;
            // QUIRK: Japanese programs show the backslash as a yen sign, and one that converts text leaves it so.
            if (line.IndexOf("¥"u8) >= 0) line = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(line).Replace("\u00C2\u00A5", "\\", StringComparison.Ordinal));
            var length = Math.Min((line[0] - ' ') & 0x3F, (line.Length - 1) * 3 / 4 + 2);
            line = line[1..];
            for (var i = 0; i < length; i += 3, line = line.Length > 4 ? line[4..] : default)
            {
                var group = Sextet(line, 0) << 18 | Sextet(line, 1) << 12 | Sextet(line, 2) << 6 | Sextet(line, 3);
                for (var octet = 0; octet < Math.Min(3, length - i) && written < target.Length; octet++)
                {
                    target[written++] = (byte)(group >> (16 - 8 * octet));
                }
            }
        }

        return written;
    }

    private static int Sextet(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - ' ') & 0x3F : 0;
}
