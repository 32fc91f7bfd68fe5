using MailDesk.Mail.Imap;
using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using MailDesk.Worker.Tests.EndToEnd;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests.Intake;

public sealed class LargeMailTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, 7)]
    [InlineData(LargeMailStream.Kept, 8192)]
    [InlineData(3_000_000, 65_536)]
    public void A_stream_gives_the_hash_that_the_whole_message_has(int length, int piece)
    {
        var raw = new SampleMail { Text = new string('x', length) }.Raw();
        using var stream = new LargeMailStream();
        for (var at = 0; at < raw.Length; at += piece) stream.Write(raw.AsSpan(at, Math.Min(piece, raw.Length - at)));

        Assert.Equal((raw.Length, Math.Min(raw.Length, LargeMailStream.Kept)), (stream.Size, stream.Beginning.Length));
        Assert.True(raw.AsSpan().StartsWith(stream.Beginning.Span));
        Assert.Equal(IncomingMail.Read(new MailboxOptions(), 1, new FetchedMessage(new MessageSummary(1, Monday, raw.Length, []), raw)).ContentHash, stream.ContentHash());
    }

    [Fact]
    public void A_gigabyte_streams_by_in_the_memory_of_its_beginning()
    {
        var piece = new byte[64 * 1024];
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var stream = new LargeMailStream();
        for (var i = 0; i < 16 * 1024; i++) stream.Write(piece);
        stream.ContentHash();

        Assert.Equal(1024L * 1024 * 1024, stream.Size);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * LargeMailStream.Kept);
    }

    /// <summary>Over real sockets: the headers are enough to answer, and of the body nothing but the beginning stays.</summary>
    [Fact]
    public async Task A_message_over_the_limit_is_answered_and_lies_in_the_folder_of_failed_ones()
    {
        await using var site = await MailSite.StartAsync(SiteKind.Sandbox);
        await using var desk = new TestDesk(Monday, ("Intake:MaxMessageBytes", "1000000"));
        var cancellation = TestContext.Current.CancellationToken;
        var large = new SampleMail { MessageId = "large@client.example", Text = string.Concat(Enumerable.Repeat(new string('x', 70) + "\n", 300_000)) }.Raw();
        await SendAsync(site, large);
        await SendAsync(site, new SampleMail().Raw());
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var support = desk.Desk.Mailboxes[0];
        var watcher = new MailboxWatcher(
            support, (_, stopping) => OpenAsync(site, stopping), desk.Get<IntakePipeline>(), desk.Get<FailureLog>(), desk.Get<WatcherHealth>(), desk.Desk,
            desk.Clock, NullLogger<MailboxWatcher>.Instance);

        await using var session = await OpenAsync(site, cancellation);
        await session.EnsureMailboxAsync(support.FailedFolder, cancellation);
        await session.EnsureMailboxAsync(support.ProcessedFolder, cancellation);
        var running = watcher.RunAsync(watch.Token);
        await Patience.UntilAsync("both mails are moved", async () =>
        {
            await session.OpenAsync(support.FailedFolder, cancellation);
            var failed = await session.ListAsync(1, cancellation);
            await session.OpenAsync(support.ProcessedFolder, cancellation);
            return failed.Count == 1 && (await session.ListAsync(1, cancellation)).Count == 1;
        });
        await watch.CancelAsync();
        await running;

        await using var db = await desk.OpenAsync();
        var mails = await db.Mails.Include(m => m.Content).OrderBy(m => m.Kind).ToListAsync(cancellation);
        Assert.Equal([MailKind.NewRequest, MailKind.TooLarge], mails.Select(m => m.Kind));
        Assert.True(mails[1].Content!.IsBeginning);
        Assert.Equal(LargeMailStream.Kept, Compression.Decompress(mails[1].Content!.Compressed).Length);
        Assert.Equal("large@client.example", mails[1].MessageId);
        Assert.Equal(
            ["OverLimit ivan@desk.example", "OverLimit olga@desk.example", "TooLarge anna@client.example"],
            (await db.Letters.Where(l => l.TicketId == null).ToListAsync(cancellation)).Select(l => $"{l.Kind} {l.Recipient}").Order(StringComparer.Ordinal));
    }

    private static async Task<IMailboxSession> OpenAsync(MailSite site, CancellationToken cancellationToken) =>
        await ImapClient.ConnectAsync(site.Imap, new("support@desk.example", MailSite.Password), TimeProvider.System, cancellationToken);

    private static async Task SendAsync(MailSite site, byte[] raw)
    {
        await using var smtp = new SmtpClient(
            new SmtpOptions { Endpoint = site.Smtp, HeloName = "client.example", Credentials = new("anna@client.example", MailSite.Password) }, TimeProvider.System);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(new MailEnvelope("anna@client.example", ["support@desk.example"]), raw, TestContext.Current.CancellationToken));
    }
}
