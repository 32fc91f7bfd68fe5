using System.Buffers;
using System.IO.Compression;

namespace MailDesk.Worker.Storage;

/// <summary>Raw mail is kept compressed (Brotli, RFC 7932); fast rather than small, since every message passes through here.</summary>
public static class Compression
{
    private const int FastQuality = 0, WindowBits = 18, ShortestBuffer = 4096;

    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        if (!BrotliEncoder.TryCompress(bytes, buffer, out var length, FastQuality, WindowBits)) throw new InvalidOperationException("a buffer of the longest length was too short");
        return buffer.AsSpan(0, length).ToArray();
    }

    /// <exception cref="InvalidDataException">Not what <see cref="Compress"/> has made.</exception>
    public static byte[] Decompress(byte[] compressed)
    {
        using var decoder = new BrotliDecoder();
        ReadOnlySpan<byte> left = compressed;
        var (buffer, length) = (GC.AllocateUninitializedArray<byte>(Math.Max(ShortestBuffer, compressed.Length * 4)), 0);
        while (true)
        {
            var status = decoder.Decompress(left, buffer.AsSpan(length), out var read, out var written);
            left = left[read..];
            length += written;
            if (status == OperationStatus.Done) return buffer.AsSpan(0, length).ToArray();
            if (status != OperationStatus.DestinationTooSmall) throw new InvalidDataException("a stored message is damaged: it cannot be decompressed (RFC 7932)");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}
