using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests.Intake;

public sealed class ReadAheadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_come_in_order_and_the_next_one_is_begun_while_one_is_worked_on()
    {
        List<int> begun = [], done = [];
        await foreach (var item in NumbersAsync(4).AheadAsync(Begin, Cancellation))
        {
            Assert.Equal(Math.Min(item + 1, 3), begun[^1]);
            done.Add(item);
        }

        Assert.Equal([0, 1, 2, 3], done);

        int Begin(int item)
        {
            begun.Add(item);
            return item;
        }
    }

    [Fact]
    public async Task A_source_that_breaks_off_gives_first_what_it_had()
    {
        List<int> done = [];
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in NumbersAsync(2, broken: true).AheadAsync(item => item, Cancellation)) done.Add(item);
        });

        Assert.Equal([0, 1], done);
    }

    [Fact]
    public async Task Whoever_stops_early_closes_the_source_after_what_was_on_its_way()
    {
        var closed = false;
        await foreach (var item in NumbersAsync(4, onClosed: () => closed = true).AheadAsync(item => item, Cancellation)) break;

        Assert.True(closed);
    }

    private static async IAsyncEnumerable<int> NumbersAsync(int count, bool broken = false, Action? onClosed = null)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                yield return i;
            }

            if (!broken) yield break;
            await Task.Yield();
            throw new InvalidOperationException("broken off");
        }
        finally
        {
            onClosed?.Invoke();
        }
    }
}
