using System.Text;

namespace MailDesk.Mail.Smtp;

/// <summary>
/// A message as DATA carries it: every line ends in CRLF, no CR or LF stands alone (what a relay makes of those is how mail is smuggled),
/// leading dots are doubled (RFC 5321 §4.5.2). The terminating dot is not part of it.
/// </summary>
/// <param name="Size">In octets without the doubled dots, as SIZE counts it (RFC 1870 §3).</param>
internal sealed record SmtpData(ReadOnlyMemory<byte> Octets, long Size, bool Has8Bit)
{
    /// <summary>Copies the message only where something in it must change.</summary>
    public static SmtpData Of(ReadOnlyMemory<byte> message)
    {
        var (size, dots) = Measure(message.Span);
        // Any line end but CRLF adds to the size, none takes away: equal means unchanged.
        var octets = size == message.Length && dots == 0 ? message : Encode(message.Span, size + dots);
        return new SmtpData(octets, size, !Ascii.IsValid(message.Span));
    }

    private static (long Size, long Dots) Measure(ReadOnlySpan<byte> rest)
    {
        long size = 0, dots = 0;
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest);
            size += line.Length + 2;
            if (line is [(byte)'.', ..]) dots++;
        }

        return (size, dots);
    }

    private static byte[] Encode(ReadOnlySpan<byte> rest, long length)
    {
        var octets = new byte[length];
        var free = octets.AsSpan();
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest);
            if (line is [(byte)'.', ..]) Put(ref free, "."u8);
            Put(ref free, line);
            Put(ref free, "\r\n"u8);
        }

        return octets;
    }

    private static void Put(ref Span<byte> free, scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(free);
        free = free[bytes.Length..];
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
        var line = length < 0 ? rest : rest[..length];
        rest = rest[line.Length..];
        rest = rest[(rest.StartsWith("\r\n"u8) ? 2 : Math.Min(1, rest.Length))..];
        return line;
    }
}
