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

    [Theory]
    [InlineData(100_000)]
    [InlineData(2 * 1024 * 1024)]
    public void What_does_not_get_smaller_comes_back(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        Assert.Equal(bytes, Compression.Decompress(Compression.Compress(bytes)));
    }

    [Fact]
    public void What_gets_much_smaller_comes_back_in_full()
    {
        var bytes = new byte[5_000_000];
        bytes[^1] = 1;

        Assert.Equal(bytes, Compression.Decompress(Compression.Compress(bytes)));
    }

    [Fact]
    public void What_is_damaged_is_said_to_be_and_leaves_no_trace_in_what_comes_next()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        var compressed = Compression.Compress(bytes);
        byte[] damaged = [.. Enumerable.Repeat((byte)0xFF, 100), .. compressed];

        Assert.Throws<InvalidDataException>(() => Compression.Decompress(damaged));
        Assert.Throws<InvalidDataException>(() => Compression.Decompress(compressed[..^1]));
        Assert.Equal(bytes, Compression.Decompress(compressed));
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
