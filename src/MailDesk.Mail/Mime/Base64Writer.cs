using System.Buffers.Text;

namespace MailDesk.Mail.Mime;

/// <summary>RFC 2045 §6.8: lines of 76 characters, without a line end behind the last.</summary>
internal static class Base64Writer
{
    private const int OctetsInLine = EncodedContent.LineLength / 4 * 3;

    /// <summary>What so many octets take when they are encoded.</summary>
    public static int LengthOf(int octets) => Base64.GetMaxEncodedToUtf8Length(octets) + Math.Max(0, (octets - 1) / OctetsInLine) * 2;

    /// <param name="destination">As long as <see cref="LengthOf"/> says, or longer.</param>
    public static void Write(ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        while (octets.Length > 0)
        {
            var take = Math.Min(OctetsInLine, octets.Length);
            Base64.EncodeToUtf8(octets[..take], destination, out _, out var written);
            destination = destination[written..];
            octets = octets[take..];
            if (octets.Length == 0) return;
            "\r\n"u8.CopyTo(destination);
            destination = destination[2..];
        }
    }
}
