namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>Waits for what must happen. Only a failing test ever waits for the whole limit.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <param name="what">For the message of the failure.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        for (var began = TimeProvider.System.GetTimestamp(); !await isSo();)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Limit) Assert.Fail($"waited in vain: {what}");
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }
    }

    public static Task UntilAsync(string what, Func<bool> isSo) => UntilAsync(what, () => Task.FromResult(isSo()));
}
