using System.Text;

namespace MailDesk.Mail.Smtp;

/// <summary>
/// A message as it travels: every line ends in CRLF, no CR or LF stands alone (what a relay makes of those is how mail is smuggled). It is
/// copied only where something in it must change.
/// </summary>
internal sealed class SmtpData
{
    private readonly ReadOnlyMemory<byte> _message;
    private readonly long _dots;

    public SmtpData(ReadOnlyMemory<byte> message)
    {
        _message = message;
        (Size, _dots) = Measure(message.Span);
        Has8Bit = !Ascii.IsValid(message.Span);
        HasUtf8Header = Has8Bit && IsUtf8Header(message.Span);
    }

    /// <summary>In octets without doubled dots, as SIZE (RFC 1870 §3) and BDAT (RFC 3030 §2) count it.</summary>
    public long Size { get; }

    public bool Has8Bit { get; }

    /// <summary>An address in the header, or another of its fields, has letters outside ASCII: the server must know SMTPUTF8 (RFC 6531 §3.4).</summary>
    public bool HasUtf8Header { get; }

    /// <summary>DATA needs a copy of the message.</summary>
    public bool HasDots => _dots > 0;

    // Any line end but CRLF adds to the size, none takes away: equal means unchanged.
    private bool IsReady => Size == _message.Length;

    /// <summary>For DATA: leading dots are doubled (RFC 5321 §4.5.2). The terminating dot is not part of it.</summary>
    public ReadOnlyMemory<byte> ForData() => IsReady && !HasDots ? _message : Encode(_message.Span, Size + _dots, doublesDots: true);

    /// <summary>For BDAT, which counts: dots are dots.</summary>
    public ReadOnlyMemory<byte> ForChunk() => IsReady ? _message : Encode(_message.Span, Size, doublesDots: false);

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

    /// <summary>The header ends with the first line that is neither a field nor the rest of one.</summary>
    private static bool IsUtf8Header(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest);
            if (line is not [(byte)' ' or (byte)'\t', ..] && !line.Contains((byte)':')) return false;
            if (!Ascii.IsValid(line)) return true;
        }

        return false;
    }

    private static byte[] Encode(ReadOnlySpan<byte> rest, long length, bool doublesDots)
    {
        var octets = new byte[length];
        var free = octets.AsSpan();
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest);
            if (doublesDots && line is [(byte)'.', ..]) Put(ref free, "."u8);
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
