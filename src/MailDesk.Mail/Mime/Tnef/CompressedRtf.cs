using System.Buffers.Binary;

namespace MailDesk.Mail.Mime.Tnef;

/// <summary>PidTagRtfCompressed ([MS-OXRTFCP]): LZ77 over a ring of 4096 octets that begins with what most RTF begins with.</summary>
internal static class CompressedRtf
{
    /// <summary>Octets of RTF that are worth reading; a run of one token makes 8 out of 1, so the input alone is no bound.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const uint Compressed = 0x75465A4C; // LZFu
    private const uint Uncompressed = 0x414C454D; // MELA
    private const int HeaderLength = 16;
    private const int RingLength = 4096;

    /// <summary>[MS-OXRTFCP] §2.1.2.1.</summary>
    internal static ReadOnlySpan<byte> Preset =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <param name="damaged">True when it ends early or is none; what could be read until then is returned.</param>
    public static byte[] Decode(ReadOnlySpan<byte> source, out bool damaged)
    {
        damaged = true;
        if (source.Length < HeaderLength) return [];
        var rawLength = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(source[4..]), MaxLength);
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        source = source[HeaderLength..];
        if (kind == Uncompressed)
        {
            damaged = source.Length < rawLength;
            return source[..Math.Min(rawLength, source.Length)].ToArray();
        }

        return kind == Compressed ? Expand(source, rawLength, out damaged) : [];
    }

    private static byte[] Expand(ReadOnlySpan<byte> source, int rawLength, out bool damaged)
    {
        var result = new List<byte>(Math.Min(rawLength, source.Length * 4));
        Span<byte> ring = stackalloc byte[RingLength];
        ring.Clear();
        Preset.CopyTo(ring);
        var write = Preset.Length;
        var position = 0;
        damaged = false;
        while (position < source.Length)
        {
            var control = source[position++];
            for (var bit = 0; bit < 8; bit++, control >>= 1)
            {
                // The end is a reference to the place that is written next (§2.2.2.2); some writers leave it out.
                if (result.Count >= rawLength) return [.. result];
                if ((control & 1) == 0)
                {
                    if (position >= source.Length) break;
                    result.Add(ring[write] = source[position++]);
                    write = (write + 1) % RingLength;
                    continue;
                }

                if (position + 2 > source.Length) break;
                var reference = BinaryPrimitives.ReadUInt16BigEndian(source[position..]);
                position += 2;
                var read = reference >> 4;
                if (read == write) return [.. result];
                for (var i = (reference & 0xF) + 2; i > 0; i--)
                {
                    result.Add(ring[write] = ring[read]);
                    read = (read + 1) % RingLength;
                    write = (write + 1) % RingLength;
                }
            }
        }

        damaged = result.Count < rawLength;
        return [.. result];
    }
}
