using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class SideBySideTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Results_come_in_the_order_of_what_they_are_made_of(int count)
    {
        int[] items = [.. Enumerable.Range(0, count)];

        Assert.Equal(items, SideBySide.Make(items, item => item));
    }

    [Fact]
    public void The_only_one_is_made_by_who_asks() =>
        Assert.Equal([Environment.CurrentManagedThreadId], SideBySide.Make(["only"], _ => Environment.CurrentManagedThreadId));

    [Fact]
    public void The_first_failure_is_thrown_when_all_have_ended()
    {
        var ended = 0;
        using var lastHasFailed = new ManualResetEventSlim();

        var failure = Assert.Throws<InvalidDataException>(() => SideBySide.Make([0, 1, 2, 3], item =>
        {
            if (item < 3) lastHasFailed.Wait(TestContext.Current.CancellationToken);
            Interlocked.Increment(ref ended);
            if (item == 3) lastHasFailed.Set();
            return item == 0 ? item : throw new InvalidDataException($"{item}");
        }));

        Assert.Equal("1", failure.Message);
        Assert.Equal(4, ended);
    }
}
