using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Storage;

public sealed class CommitQueueTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DeskStore Store => _desk.Get<DeskStore>();

    [Fact]
    public async Task What_waits_while_another_writes_is_committed_together_and_in_its_order()
    {
        List<(int Write, long? Committed)> seen = [];
        var waiting = await WriteBehindAsync(Enumerable.Range(1, 5).Select(Noting));

        int[] results = await Task.WhenAll(waiting);
        Assert.Equal([1, 2, 3, 4, 5], results);

        // Another connection sees what is committed.
        Assert.Equal([(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)], seen);
        await AssertWrittenAsync("1", "2", "3", "4", "5", "first");

        Func<Statements, int> Noting(int i) => statements =>
        {
            seen.Add((i, Store.Number("""SELECT COUNT(*) FROM "Failures" """)));
            Insert(statements, $"{i}");
            return i;
        };
    }

    [Fact]
    public async Task One_that_fails_takes_nothing_of_the_others_with_it_and_leaves_nothing()
    {
        var waiting = await WriteBehindAsync(
        [
            statements => Insert(statements, "before"),
            statements =>
            {
                Insert(statements, "half");
                return Insert(statements, "before"); // that key is taken
            },
            statements => Insert(statements, "after"),
        ]);

        await Assert.ThrowsAsync<SqliteException>(() => waiting[1]);
        await Task.WhenAll(waiting[0], waiting[2]);
        await AssertWrittenAsync("after", "before", "first");
    }

    [Fact]
    public async Task Where_the_transaction_is_lost_each_is_tried_alone()
    {
        var waiting = await WriteBehindAsync(
        [
            statements => Insert(statements, "before"),
            statements => statements.Execute("ROLLBACK"), // as SQLite does of itself, when the disk is full
            statements => Insert(statements, "after"),
        ]);

        await Assert.ThrowsAnyAsync<Exception>(() => waiting[1]);
        await Task.WhenAll(waiting[0], waiting[2]);
        await AssertWrittenAsync("after", "before", "first");
    }

    [Fact]
    public async Task One_that_is_given_up_while_it_waits_is_not_written()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<int> impatient = null!;
        await WriteBehindAsync([], () =>
        {
            impatient = Store.WriteAsync(statements => Insert(statements, "impatient"), patience.Token);
            patience.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await AssertWrittenAsync("first");
    }

    [Fact]
    public async Task Writers_of_both_kinds_take_turns_and_lose_nothing()
    {
        const int Each = 20;

        await Task.WhenAll(Enumerable.Range(0, 2 * Each).Select(i => Task.Run(() => i % 2 == 0 ? WriteAsync(i) : SaveAsync(i), Cancellation)));

        Assert.Equal(2 * Each, (await WrittenAsync()).Count);

        Task WriteAsync(int i) => Store.WriteAsync(statements => Insert(statements, $"{i}"), Cancellation);

        // A row that is removed is Entity Framework's to write.
        async Task SaveAsync(int i)
        {
            await Store.WriteAsync(statements => Insert(statements, $"removed {i}"), Cancellation);
            await Store.DecideAndCommitAsync(
                async db =>
                {
                    db.Failures.Remove(await db.Failures.SingleAsync(f => f.Mailbox == $"removed {i}", Cancellation));
                    db.Insert(Row($"{i}"));
                    return 0;
                },
                Cancellation);
        }
    }

    /// <summary>Has one write hold the turn until all the others wait.</summary>
    private async Task<List<Task<int>>> WriteBehindAsync(IEnumerable<Func<Statements, int>> others, Action? meanwhile = null)
    {
        List<Task<int>> waiting = [];
        await Store.WriteAsync(
            statements =>
            {
                waiting.AddRange(others.Select(write => Store.WriteAsync(write, Cancellation)));
                meanwhile?.Invoke();
                Assert.All(waiting, write => Assert.False(write.IsCompleted));
                return Insert(statements, "first");
            },
            Cancellation);
        return waiting;
    }

    private static int Insert(Statements statements, string mailbox) => statements.Execute(
        """INSERT INTO "Failures" ("Mailbox", "UidValidity", "Uid", "Attempts", "NextAttemptAt", "Error") VALUES (@p0, 1, 1, 1, 0, '')""", mailbox);

    private static FailureRow Row(string mailbox) => new() { Mailbox = mailbox, UidValidity = 1, Uid = 1, Error = "" };

    private async Task AssertWrittenAsync(params string[] expected) => Assert.Equal(expected, await WrittenAsync());

    private async Task<List<string>> WrittenAsync()
    {
        await using var db = await _desk.OpenAsync();
        return await db.Failures.Select(f => f.Mailbox).OrderBy(mailbox => mailbox).ToListAsync(Cancellation);
    }
}
