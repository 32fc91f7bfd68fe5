using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Content under the transfer encoding that suits it; lines end in CRLF. It is encoded when it is written, straight to its place.</summary>
/// <param name="Octets">Not encoded yet. They must stay as they are until the content is written.</param>
/// <param name="Length">Of the encoded content, in octets.</param>
internal sealed record EncodedContent(string Encoding, ReadOnlyMemory<byte> Octets, int Length)
{
    /// <summary>Octets in a line of base64 or quoted-printable (RFC 2045 §6.7, §6.8).</summary>
    public const int LineLength = 76;

    private const int MaxLine = 78;

    /// <summary>RFC 5322 §2.1.1.</summary>
    private const int HardMaxLine = 998;

    private const string PlainEncoding = "7bit", EightBitEncoding = "8bit", QuotedEncoding = "quoted-printable", Base64Encoding = "base64";

    /// <summary>Whether the octets are seen in the message as they are.</summary>
    public bool IsAsIs => Encoding is PlainEncoding or EightBitEncoding;

    /// <summary>Line ends of any kind become CRLF. 7bit where the text is fit for it, else the shorter of quoted-printable and base64.</summary>
    public static EncodedContent OfText(string text)
    {
        var octets = GC.AllocateUninitializedArray<byte>(WriteText(text, default));
        WriteText(text, octets);
        if (IsPlain(octets)) return new EncodedContent(PlainEncoding, octets, octets.Length);
        // Base64 makes four octets of three; quoted-printable three of each that is not literal.
        return QuotedPrintableWriter.Estimate(octets) <= octets.Length * 4 / 3
            ? new EncodedContent(QuotedEncoding, octets, QuotedPrintableWriter.Write(octets, default))
            : Base64(octets);
    }

    public static EncodedContent Base64(ReadOnlyMemory<byte> octets) => new(Base64Encoding, octets, Base64Writer.LengthOf(octets.Length));

    /// <summary>As 7bit or 8bit, or null when lines are too long or there are octets that neither allows (RFC 2045 §2.7, §2.8).</summary>
    public static EncodedContent? TryAsIs(ReadOnlyMemory<byte> octets) =>
        IsFit(octets.Span) ? new EncodedContent(Ascii.IsValid(octets.Span) ? PlainEncoding : EightBitEncoding, octets, WriteLines(octets.Span, default)) : null;

    /// <param name="destination">Has room for <see cref="Length"/> octets at least.</param>
    public void WriteTo(Span<byte> destination)
    {
        destination = destination[..Length];
        if (Encoding is Base64Encoding) Base64Writer.Write(Octets.Span, destination);
        else if (Encoding is QuotedEncoding) QuotedPrintableWriter.Write(Octets.Span, destination);
        else WriteLines(Octets.Span, destination);
    }

    /// <summary>ASCII without control characters, in short lines, none of which a mail store could take for the beginning of a message.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            TakeLine(ref octets, out var line);
            if (line.Length > MaxLine || line.StartsWith("From "u8)) return false;
            foreach (var octet in line)
            {
                if (octet is (< 32 and not (byte)'\t') or >= 127) return false;
            }
        }

        return true;
    }

    /// <summary>Whether the octets can go as 7bit or 8bit.</summary>
    private static bool IsFit(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            TakeLine(ref octets, out var line);
            if (line.Length > HardMaxLine || line.IndexOfAny((byte)'\r', (byte)0) >= 0) return false;
        }

        return true;
    }

    /// <summary>In UTF-8, every line end that <see cref="string.ReplaceLineEndings(string)"/> knows as CRLF. Counts only when the destination is empty.</summary>
    private static int WriteText(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var output = new OctetWriter(destination);
        var first = true;
        foreach (var line in text.EnumerateLines())
        {
            if (!first) output.Write("\r\n"u8);
            first = false;
            output.Write(line);
        }

        return output.Length;
    }

    /// <summary>Lines that end in CRLF or LF, with CRLF. Counts only when the destination is empty.</summary>
    private static int WriteLines(ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        var output = new OctetWriter(destination);
        while (octets.Length > 0)
        {
            var ended = TakeLine(ref octets, out var line);
            output.Write(line);
            if (ended) output.Write("\r\n"u8);
        }

        return output.Length;
    }

    /// <summary>Takes the first line off, without its end; false where none stands behind it.</summary>
    private static bool TakeLine(ref ReadOnlySpan<byte> octets, out ReadOnlySpan<byte> line)
    {
        var newline = octets.IndexOf((byte)'\n');
        line = newline < 0 ? octets : octets[..newline];
        octets = newline < 0 ? default : octets[(newline + 1)..];
        if (line.EndsWith((byte)'\r')) line = line[..^1];
        return newline >= 0;
    }
}
