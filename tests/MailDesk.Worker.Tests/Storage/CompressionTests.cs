using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Tests.Storage;

public sealed class CompressionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void What_is_compressed_comes_back(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7919 >> 3)).ToArray();

        Assert.Equal(bytes, Compression.Decompress(Compression.Compress(bytes)));
    }

    [Fact]
    public void What_is_cut_off_is_said_to_be_damaged()
    {
        var compressed = Compression.Compress(new byte[100_000]);

        Assert.Throws<InvalidDataException>(() => Compression.Decompress(compressed[..^1]));
        Assert.Throws<InvalidDataException>(() => Compression.Decompress([]));
    }

    [Fact]
    public void Mail_gets_smaller() => Assert.InRange(Compression.Compress(new byte[100_000]).Length, 1, 1000);
}
