using System.Runtime.CompilerServices;
using MailDesk.Mail.Imap;
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
    public async Task A_message_over_the_size_limit_is_recorded_and_put_aside_unread()
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxMessageBytes", "1024"));
        var large = new SampleMail { MessageId = "large@client.example", Text = new string('x', 2000) }.Raw();
        var inbox = new OneInbox(Mail(1), large);

        await inbox.WatchAsync(desk);

        Assert.Equal(["MailDesk/Processed 1", "MailDesk/Failed 2"], inbox.Moves);
        await using var db = await desk.OpenAsync();
        Assert.Equal($"{large.Length} octets", (await db.Mails.SingleAsync(m => m.Kind == MailKind.TooLarge, TestContext.Current.CancellationToken)).Remark);
    }

    private static byte[] Mail(int number) => new SampleMail { MessageId = $"{number}@client.example", Text = $"Вопрос {number}" }.Raw();

    /// <summary>A mailbox session over messages in memory, UIDs from 1; it ends the watch when the watcher begins to wait.</summary>
    private sealed class OneInbox(params byte[][] messages) : IMailboxSession
    {
        private readonly SortedDictionary<uint, byte[]> _messages = new(messages.Select((raw, i) => ((uint)i + 1, raw)).ToDictionary());
        private CancellationTokenSource _watch = new();

        public uint Refused { get; init; }

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

        public Task<bool> FetchToAsync(uint uid, Stream destination, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AddFlagsAsync(IReadOnlyList<uint> uids, IReadOnlyList<string> flags, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
