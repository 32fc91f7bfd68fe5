using System.Buffers;
using System.IO.Compression;

namespace MailDesk.Worker.Storage;

/// <summary>Raw mail is kept compressed (Brotli, RFC 7932); fast rather than small, since every message passes through here.</summary>
public static class Compression
{
    private const int FastQuality = 0, WindowBits = 18, ShortestBuffer = 4096;

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

    /// <exception cref="InvalidDataException">Not what <see cref="Compress"/> has made.</exception>
    public static byte[] Decompress(byte[] compressed)
    {
        using var decoder = new BrotliDecoder();
        var (buffer, length, left) = (ArrayPool<byte>.Shared.Rent(Math.Max(ShortestBuffer, compressed.Length * 4)), 0, compressed.AsMemory());
        try
        {
            while (true)
            {
                var status = decoder.Decompress(left.Span, buffer.AsSpan(length), out var read, out var written);
                (left, length) = (left[read..], length + written);
                if (status == OperationStatus.Done) return buffer.AsSpan(0, length).ToArray();
                if (status != OperationStatus.DestinationTooSmall) throw new InvalidDataException("a stored message is damaged: it cannot be decompressed (RFC 7932)");
                buffer = Longer(buffer, length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Longer(byte[] buffer, int length)
    {
        var longer = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(longer);
        ArrayPool<byte>.Shared.Return(buffer);
        return longer;
    }
}
