using System.IO.Compression;

namespace MailDesk.Worker.Storage;

/// <summary>Raw mail is kept compressed; fast rather than small, since every message passes through here.</summary>
public static class Compression
{
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream(bytes.Length / 2);
        using (var stream = new BrotliStream(compressed, CompressionLevel.Fastest)) stream.Write(bytes);
        return compressed.ToArray();
    }

    public static byte[] Decompress(byte[] compressed)
    {
        using var stream = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var bytes = new MemoryStream(compressed.Length * 3);
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
