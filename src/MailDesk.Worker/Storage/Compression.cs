using System.Buffers;
using System.IO.Compression;

namespace MailDesk.Worker.Storage;

/// <summary>Raw mail is kept compressed (Brotli, RFC 7932); fast rather than small, since every message passes through here.</summary>
public static class Compression
{
    private const int FastQuality = 1, WindowBits = 22;

    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        try
        {
            if (!BrotliEncoder.TryCompress(bytes, buffer, out var length, FastQuality, WindowBits)) throw new InvalidOperationException("a buffer of the longest length was too short");
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static byte[] Decompress(byte[] compressed)
    {
        using var stream = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var bytes = new MemoryStream(compressed.Length * 3);
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
