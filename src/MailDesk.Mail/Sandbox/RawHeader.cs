using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>A header field as it stands in a message.</summary>
/// <param name="Name">Up to the colon, trimmed; empty for a line that is no field.</param>
/// <param name="Bytes">The whole field, folded lines and last line end included.</param>
internal readonly record struct RawField(string Name, ReadOnlyMemory<byte> Bytes)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What follows the colon, still folded.</summary>
    public ReadOnlyMemory<byte> Value => Bytes[(Bytes.Span.IndexOf((byte)':') + 1)..];
}

/// <summary>
/// Cuts a header into its fields without changing an octet. A line ends with CRLF, a bare LF or a bare CR, so that no reader, however
/// lenient, sees a field where this one saw none.
/// </summary>
internal static class RawHeader
{
    /// <summary>Octets of the header, the empty line that ends it included.</summary>
    public static int LengthOf(ReadOnlySpan<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var length = LineLength(message[at..]);
            at += length;
            if (message[at - length] is (byte)'\r' or (byte)'\n') break;
        }

        return at;
    }

    public static IEnumerable<RawField> Fields(ReadOnlyMemory<byte> message)
    {
        var header = message[..LengthOf(message.Span)];
        while (!header.IsEmpty && header.Span[0] is not ((byte)'\r' or (byte)'\n'))
        {
            var length = LineLength(header.Span);
            while (length < header.Length && header.Span[length] is (byte)' ' or (byte)'\t') length += LineLength(header.Span[length..]);
            var colon = header.Span[..length].IndexOf((byte)':');
            var name = colon < 0 ? "" : Encoding.Latin1.GetString(header.Span[..colon]).Trim();
            yield return new RawField(name, header[..length]);
            header = header[length..];
        }
    }

    private static int LineLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) return text.Length;
        return end + (text[end..].StartsWith("\r\n"u8) ? 2 : 1);
    }
}
