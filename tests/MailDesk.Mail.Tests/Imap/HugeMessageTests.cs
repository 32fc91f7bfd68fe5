using MailDesk.Mail.Imap;
using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>Alone in the process while it runs: what is measured is all that the process allocates.</summary>
[CollectionDefinition(nameof(HugeMessageTests), DisableParallelization = true)]
[Collection(nameof(HugeMessageTests))]
[Trait("Peer", "Dovecot")]
public sealed class HugeMessageTests(MailServersFixture fixture, ITestOutputHelper output) : IClassFixture<MailServersFixture>
{
    [Fact]
    public async Task A_message_of_200_MB_goes_to_disk_and_memory_stays_small()
    {
        const int Megabyte = 1024 * 1024, Megabytes = 200;
        var (endpoint, user) = (fixture.Servers.Imap, MailServers.NewUser());
        var piece = new byte[Megabyte];
        for (var i = 0; i < piece.Length; i++) piece[i] = (i % 64) switch { 62 => (byte)'\r', 63 => (byte)'\n', _ => (byte)'x' };
        await using var client = await ImapClient.ConnectAsync(endpoint, user, TimeProvider.System, CancellationToken.None);
        await client.OpenAsync("INBOX", CancellationToken.None);
        await ImapDelivery.DeliverHugeAsync(endpoint, user, piece, Megabytes);
        var summary = Assert.Single(await client.ListAsync(1, CancellationToken.None));

        var path = Path.GetTempFileName();
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Assert.True(await client.FetchToAsync(summary.Uid, file, CancellationToken.None));
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            output.WriteLine($"{allocated / 1024} KB allocated");

            Assert.InRange(allocated, 1, 20 * Megabyte);
            Assert.Equal((long)Megabytes * Megabyte, file.Length);
            file.Position = 0;
            var back = new byte[Megabyte];
            for (var i = 0; i < Megabytes; i++)
            {
                await file.ReadExactlyAsync(back);
                Assert.True(back.AsSpan().SequenceEqual(piece), $"megabyte {i} differs");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
