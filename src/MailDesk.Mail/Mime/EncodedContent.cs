using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Content under the transfer encoding that suits it; lines end in CRLF.</summary>
internal sealed record EncodedContent(string Encoding, byte[] Octets)
{
    private const int MaxLine = 78;

    /// <summary>RFC 5322 §2.1.1.</summary>
    private const int HardMaxLine = 998;

    /// <summary>Octets in a line of base64 or quoted-printable (RFC 2045 §6.7, §6.8).</summary>
    private const int EncodedLine = 76;

    /// <summary>Line ends of any kind become CRLF. 7bit where the text is fit for it, else the shorter of quoted-printable and base64.</summary>
    public static EncodedContent OfText(string text)
    {
        var octets = System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        if (IsPlain(octets)) return new EncodedContent("7bit", octets);
        var literal = 0;
        foreach (var octet in octets) literal += IsLiteral(octet) || octet is (byte)' ' or (byte)'\r' or (byte)'\n' ? 1 : 0;
        // Base64 makes four octets of three; quoted-printable three of each that is not literal.
        return octets.Length + (octets.Length - literal) * 2 <= octets.Length * 4 / 3
            ? new EncodedContent("quoted-printable", QuotedPrintable(octets))
            : Base64(octets);
    }

    public static EncodedContent Base64(ReadOnlySpan<byte> octets)
    {
        const int OctetsInLine = EncodedLine / 4 * 3;
        var lines = (octets.Length + OctetsInLine - 1) / OctetsInLine;
        var result = new byte[(octets.Length + 2) / 3 * 4 + Math.Max(0, lines - 1) * 2];
        var position = 0;
        while (octets.Length > 0)
        {
            var take = Math.Min(OctetsInLine, octets.Length);
            System.Buffers.Text.Base64.EncodeToUtf8(octets[..take], result.AsSpan(position), out _, out var written);
            position += written;
            octets = octets[take..];
            if (octets.Length == 0) break;
            result[position++] = (byte)'\r';
            result[position++] = (byte)'\n';
        }

        return new EncodedContent("base64", result);
    }

    /// <summary>As 7bit or 8bit, or null when lines are too long or there are octets that neither allows (RFC 2045 §2.7, §2.8).</summary>
    public static EncodedContent? TryAsIs(ReadOnlySpan<byte> octets)
    {
        using var lines = new MemoryStream(octets.Length + 64);
        while (octets.Length > 0)
        {
            var newline = octets.IndexOf((byte)'\n');
            var line = newline < 0 ? octets : octets[..newline];
            octets = newline < 0 ? default : octets[(newline + 1)..];
            if (line.EndsWith((byte)'\r')) line = line[..^1];
            if (line.Length > HardMaxLine || line.IndexOfAny((byte)'\r', (byte)0) >= 0) return null;
            lines.Write(line);
            if (newline >= 0) lines.Write("\r\n"u8);
        }

        var result = lines.ToArray();
        return new EncodedContent(Ascii.IsValid(result) ? "7bit" : "8bit", result);
    }

    /// <summary>ASCII without control characters, in short lines, none of which a mail store could take for the beginning of a message.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            var newline = octets.IndexOf("\r\n"u8);
            var line = newline < 0 ? octets : octets[..newline];
            octets = newline < 0 ? default : octets[(newline + 2)..];
            if (line.Length > MaxLine || line.StartsWith("From "u8)) return false;
            foreach (var octet in line)
            {
                if (octet is (< 32 and not (byte)'\t') or >= 127) return false;
            }
        }

        return true;
    }

    /// <summary>RFC 2045 §6.7 for text: line breaks stay line breaks.</summary>
    private static byte[] QuotedPrintable(ReadOnlySpan<byte> octets)
    {
        const int LongestOctet = 3, SoftBreak = 3;
        var result = new byte[octets.Length * LongestOctet + (octets.Length * LongestOctet / (EncodedLine - LongestOctet) + 1) * SoftBreak];
        var (length, column) = (0, 0);
        for (var i = 0; i < octets.Length; i++)
        {
            var octet = octets[i];
            if (octet == '\r' && i + 1 < octets.Length && octets[i + 1] == '\n')
            {
                result[length++] = (byte)'\r';
                result[length++] = (byte)'\n';
                i++;
                column = 0;
                continue;
            }

            var lineEnds = i + 1 == octets.Length || octets[i + 1] == '\r';
            var literal = octet switch
            {
                (byte)' ' or (byte)'\t' => !lineEnds,
                (byte)'F' => column > 0 || !octets[i..].StartsWith("From "u8),
                (byte)'.' => column > 0, // a lone dot ends a message in careless programs
                _ => IsLiteral(octet),
            };
            if (column + (literal ? 1 : LongestOctet) > EncodedLine - 1)
            {
                "=\r\n"u8.CopyTo(result.AsSpan(length));
                length += SoftBreak;
                column = 0;
            }

            if (literal)
            {
                result[length++] = octet;
                column++;
                continue;
            }

            result[length++] = (byte)'=';
            result[length++] = HexDigit(octet >> 4);
            result[length++] = HexDigit(octet & 15);
            column += LongestOctet;
        }

        return result.AsSpan(0, length).ToArray();
    }

    /// <summary>Whether quoted-printable may leave an octet as it is, wherever it stands.</summary>
    private static bool IsLiteral(byte octet) => octet is > 32 and < 127 and not (byte)'=';

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
