namespace MailDesk.Mail.Mime;

/// <summary>Quoted-printable (RFC 2045 §6.7). An "=" that is neither a soft line break nor two hexadecimal digits stays as it is.</summary>
internal static class QuotedPrintable
{
    /// <summary>Decodes into <paramref name="target"/>, which is as long as <paramref name="source"/> at least.</summary>
    /// <returns>How many octets were written.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        while (source.Length > 0)
        {
            var equals = source.IndexOf((byte)'=');
            if (equals < 0) equals = source.Length;
            source[..equals].CopyTo(target[written..]);
            written += equals;
            if (equals == source.Length) break;

            // Encoded octets come in runs (Cyrillic is all runs): stay here as long as they last.
            source = source[equals..];
            while (source.Length >= 3 && source[0] == '=')
            {
                var high = HexValue(source[1]);
                var low = HexValue(source[2]);
                if ((high | low) < 0) break;
                target[written++] = (byte)(high << 4 | low);
                source = source[3..];
            }

            if (source.Length == 0 || source[0] != '=') continue;
            var skip = SoftBreak(source);
            if (skip == 0) target[written++] = (byte)'=';
            source = source[Math.Max(skip, 1)..];
        }

        return written;
    }

    /// <summary>The length of a soft line break with the white space that transports put into it (RFC 2045 §6.7 rule 5), else 0.</summary>
    private static int SoftBreak(ReadOnlySpan<byte> source)
    {
        var i = 1;
        while (i < source.Length && source[i] is (byte)' ' or (byte)'\t') i++;
        if (i < source.Length && source[i] == '\r') i++;
        if (i == source.Length) return i;
        return source[i] == '\n' ? i + 1 : 0;
    }

    private static int HexValue(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        _ => -1,
    };
}
