using System.Runtime.CompilerServices;
using MailDesk.Domain;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests.Intake;

public sealed class MailboxWatcherTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_that_the_server_refuses_to_give_does_not_stop_the_others()
    {
        await using var desk = new TestDesk(Monday, ("Intake:Attempts", "2"));
        var inbox = new OneInbox(Mail(1), Mail(2), Mail(3)) { Refused = 2 };

        await inbox.WatchAsync(desk);
        Assert.Equal(["MailDesk/Processed 1,3"], inbox.Moves);
        desk.Clock.Now = Monday.AddHours(1);
        await inbox.WatchAsync(desk);

        Assert.Equal(["MailDesk/Processed 1,3", "MailDesk/Failed 2"], inbox.Moves);
        await using var db = await desk.OpenAsync();
        Assert.Equal(2, await db.Tickets.CountAsync(TestContext.Current.CancellationToken));
        var unread = await db.Mails.SingleAsync(m => m.Kind == MailKind.Unprocessable, TestContext.Current.CancellationToken);
        Assert.Contains("cannot read it", unread.Remark, StringComparison.Ordinal);
        Assert.Empty(await db.Failures.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_message_over_the_size_limit_streams_by_and_is_put_aside_after_the_others()
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxMessageBytes", "1024"));
        var inbox = new OneInbox(Large(1), Mail(2), Large(1));

        await inbox.WatchAsync(desk);

        Assert.Equal(["MailDesk/Processed 2", "MailDesk/Failed 1", "MailDesk/Failed 3"], inbox.Moves);
        await using var db = await desk.OpenAsync();
        var mails = await db.Mails.OrderBy(m => m.Uid).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([MailKind.TooLarge, MailKind.NewRequest, MailKind.Duplicate], mails.Select(m => m.Kind));
        Assert.Equal($"over a limit: Size {Large(1).Length}, at most 1024", mails[0].Remark);
        var letters = await db.Letters.Where(l => l.TicketId == null).OrderBy(l => l.Id).Select(l => $"{l.Kind} {l.Recipient}").ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["TooLarge anna@client.example", "OverLimit ivan@desk.example", "OverLimit olga@desk.example"], letters);
    }

    [Fact]
    public async Task A_large_message_that_breaks_the_connection_each_time_is_put_aside_in_the_end()
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxMessageBytes", "1024"), ("Intake:Attempts", "2"));
        var inbox = new OneInbox(Large(1), Mail(2)) { Breaks = 1 };

        for (var i = 0; i < 3; i++)
        {
            await inbox.WatchAsync(desk);
            desk.Clock.Now += TimeSpan.FromHours(1);
        }

        Assert.Equal(["MailDesk/Processed 2", "MailDesk/Failed 1"], inbox.Moves);
        await using var db = await desk.OpenAsync();
        Assert.Equal("maria@desk.example", (await db.Letters.SingleAsync(l => l.Kind == LetterKind.Unprocessable, TestContext.Current.CancellationToken)).Recipient);
    }

    [Fact]
    public async Task A_message_whose_move_did_not_come_about_goes_where_it_belongs()
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxParts", "2"));
        var many = new SampleMail { MessageId = "many@client.example", ContentType = "multipart/mixed; boundary=b", Text = string.Concat(Enumerable.Repeat("--b\n\nx\n", 5)) }.Raw();
        await new OneInbox(many).WatchAsync(desk);
        var again = new OneInbox(many);

        await again.WatchAsync(desk);

        Assert.Equal(["MailDesk/Failed 1"], again.Moves);
        await using var db = await desk.OpenAsync();
        Assert.Equal(MailKind.TooLarge, (await db.Mails.SingleAsync(TestContext.Current.CancellationToken)).Kind);
    }

    private static byte[] Large(int number) => new SampleMail { MessageId = $"large.{number}@client.example", Text = new string('x', 600_000) }.Raw();

    private static byte[] Mail(int number) => new SampleMail { MessageId = $"{number}@client.example", Text = $"Вопрос {number}" }.Raw();

    /// <summary>A mailbox session over messages in memory, UIDs from 1; it ends the watch when the watcher begins to wait.</summary>
    private sealed class OneInbox(params byte[][] messages) : IMailboxSession
    {
        private readonly SortedDictionary<uint, byte[]> _messages = new(messages.Select((raw, i) => ((uint)i + 1, raw)).ToDictionary());
        private CancellationTokenSource _watch = new();

        public uint Refused { get; init; }

        /// <summary>The connection breaks over this one.</summary>
        public uint Breaks { get; init; }

        public List<string> Moves { get; } = [];

        public async Task WatchAsync(TestDesk desk)
        {
            using var watch = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            _watch = watch;
            var watcher = new MailboxWatcher(
                desk.Desk.Mailboxes[0], (_, _) => Task.FromResult<IMailboxSession>(this), desk.Get<IntakePipeline>(), desk.Get<FailureLog>(),
                desk.Get<WatcherHealth>(), desk.Desk, desk.Clock, NullLogger<MailboxWatcher>.Instance);
            await watcher.RunAsync(watch.Token);
        }

        public Task<OpenedMailbox> OpenAsync(string mailbox, CancellationToken cancellationToken) =>
            Task.FromResult(new OpenedMailbox(mailbox, 1, 4, _messages.Count));

        public Task<IReadOnlyList<MessageSummary>> ListAsync(uint fromUid, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<MessageSummary>>(
                [.. _messages.Where(m => m.Key >= fromUid).Select(m => new MessageSummary(m.Key, Monday, m.Value.Length, []))]);

        public async IAsyncEnumerable<FetchedMessage> FetchAsync(
            IReadOnlyList<MessageSummary> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var message in messages.Where(m => m.Uid != Refused)) yield return new FetchedMessage(message, _messages[message.Uid]);
            await Task.CompletedTask;
            if (messages.Any(m => m.Uid == Refused)) throw new MailboxException("NO [SERVERBUG] cannot read it");
        }

        public Task MoveAsync(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancellationToken)
        {
            Moves.Add($"{mailbox} {string.Join(',', uids)}");
            foreach (var uid in uids) _messages.Remove(uid);
            return Task.CompletedTask;
        }

        public async Task<bool> WaitForNewsAsync(TimeSpan atMost, TimeSpan pollEvery, CancellationToken cancellationToken)
        {
            await _watch.CancelAsync();
            return false;
        }

        public Task EnsureMailboxAsync(string mailbox, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<bool> FetchToAsync(uint uid, Stream destination, CancellationToken cancellationToken)
        {
            var raw = _messages[uid].AsMemory();
            for (; raw.Length > 0; raw = raw[Math.Min(raw.Length, 10_000)..])
            {
                await destination.WriteAsync(raw[..Math.Min(raw.Length, 10_000)], cancellationToken);
                if (uid == Breaks) throw new MailConnectionException("the connection broke");
            }

            return true;
        }

        public Task AddFlagsAsync(IReadOnlyList<uint> uids, IReadOnlyList<string> flags, CancellationToken cancellationToken) => throw new NotSupportedException();

        /// <summary>After a broken connection the watcher would open another: not here.</summary>
        public async ValueTask DisposeAsync() => await _watch.CancelAsync();
    }
}
