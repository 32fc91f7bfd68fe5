using System.Buffers;

namespace MailDesk.Mail.Mime;

/// <summary>RFC 2045 §6.7 for text: line breaks stay line breaks.</summary>
internal static class QuotedPrintableWriter
{
    private const int EncodedOctet = 3;

    /// <summary>A line is full before its last column, which a soft break takes.</summary>
    private const int Room = EncodedContent.LineLength - 1;

    /// <summary>What stays as it is in every place; most of a text, and written at once as far as the line has room.</summary>
    private static readonly SearchValues<byte> Literals =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(octet => (byte)octet).Where(octet => IsLiteral(octet) && octet is not ((byte)'F' or (byte)'.'))]);

    /// <summary>A guess at the length: without soft breaks, spaces as they are, tabs encoded.</summary>
    public static int Estimate(ReadOnlySpan<byte> octets)
    {
        var literal = 0;
        foreach (var octet in octets) literal += IsLiteral(octet) || octet is (byte)' ' or (byte)'\r' or (byte)'\n' ? 1 : 0;
        return literal + (octets.Length - literal) * EncodedOctet;
    }

    /// <param name="destination">Empty, or long enough for all.</param>
    /// <returns>The number of octets that are written, or would be into a destination that is not empty.</returns>
    public static int Write(ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        var output = new OctetWriter(destination);
        var column = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            var octet = octets[i];
            if (Literals.Contains(octet) && column < Room)
            {
                var line = octets[i..Math.Min(octets.Length, i + Room - column)];
                var run = line.IndexOfAnyExcept(Literals) is >= 0 and var end ? end : line.Length;
                output.Write(line[..run]);
                column += run;
                i += run - 1;
                continue;
            }

            if (octet == '\r' && i + 1 < octets.Length && octets[i + 1] == '\n')
            {
                output.Write("\r\n"u8);
                i++;
                column = 0;
                continue;
            }

            var literal = octet switch
            {
                > 127 => false,
                (byte)' ' or (byte)'\t' => i + 1 < octets.Length && octets[i + 1] != '\r',
                (byte)'F' => column > 0 || !octets[i..].StartsWith("From "u8),
                (byte)'.' => column > 0, // a lone dot ends a message in careless programs
                _ => IsLiteral(octet),
            };
            if (column + (literal ? 1 : EncodedOctet) > Room)
            {
                output.Write("=\r\n"u8);
                column = 0;
            }

            if (literal)
            {
                output.Write(octet);
                column++;
                continue;
            }

            output.Write((byte)'=');
            output.Write(HexDigit(octet >> 4));
            output.Write(HexDigit(octet & 15));
            column += EncodedOctet;
        }

        return output.Length;
    }

    private static bool IsLiteral(byte octet) => octet is > 32 and < 127 and not (byte)'=';

    private static byte HexDigit(int value) => "0123456789ABCDEF"u8[value];
}
