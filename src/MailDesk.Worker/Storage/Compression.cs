using System.Buffers;
using System.IO.Compression;

namespace MailDesk.Worker.Storage;

/// <summary>Raw mail is kept compressed (Brotli, RFC 7932); fast rather than small, since every message passes through here.</summary>
public static class Compression
{
    private const int FastQuality = 0, WindowBits = 18, ShortestBuffer = 4096;

    /// <summary>
    /// Octets. Longer buffers come from the heap: the pool would keep those of a mail of 40 MB past the collection at rest, which does not reach what
    /// the pool has used just before.
    /// </summary>
    private const int LongestPooled = 1024 * 1024;

    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var buffer = Rent(BrotliEncoder.GetMaxCompressedLength(bytes.Length));
        try
        {
            if (!BrotliEncoder.TryCompress(bytes, buffer, out var length, FastQuality, WindowBits)) throw new InvalidOperationException("a buffer of the longest length was too short");
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            Return(buffer);
        }
    }

    /// <exception cref="InvalidDataException">Not what <see cref="Compress"/> has made.</exception>
    public static byte[] Decompress(byte[] compressed)
    {
        using var decoder = new BrotliDecoder();
        ReadOnlySpan<byte> left = compressed;
        var (buffer, length) = (Rent(Math.Max(ShortestBuffer, compressed.Length * 4)), 0);
        try
        {
            while (true)
            {
                var status = decoder.Decompress(left, buffer.AsSpan(length), out var read, out var written);
                left = left[read..];
                length += written;
                if (status == OperationStatus.Done) return buffer.AsSpan(0, length).ToArray();
                if (status != OperationStatus.DestinationTooSmall) throw new InvalidDataException("a stored message is damaged: it cannot be decompressed (RFC 7932)");
                var longer = Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(longer);
                Return(buffer);
                buffer = longer;
            }
        }
        finally
        {
            Return(buffer);
        }
    }

    private static byte[] Rent(int length) => length <= LongestPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);

    /// <summary>What is longer is the heap's: the pool rounds up to powers of two, of which the limit is one.</summary>
    private static void Return(byte[] buffer)
    {
        if (buffer.Length <= LongestPooled) ArrayPool<byte>.Shared.Return(buffer);
    }
}
