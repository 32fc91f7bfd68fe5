namespace MailDesk.Worker.Schedule;

/// <summary>How long to wait after failures in a row: doubles with each, from the first pause to the longest.</summary>
public static class Backoff
{
    /// <summary>More doublings than any sensible pair of pauses needs, and few enough not to overflow.</summary>
    private const int MostDoublings = 20;

    /// <param name="failures">How many failures came before this one.</param>
    public static TimeSpan Pause(TimeSpan first, TimeSpan longest, int failures) =>
        TimeSpan.FromTicks(Math.Min(first.Ticks << Math.Min(failures, MostDoublings), longest.Ticks));
}
