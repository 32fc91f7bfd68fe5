namespace MailDesk.Worker.Tests.Month;

/// <summary>When people write: most in working hours, some at night and at weekends. The same moments for the same seed.</summary>
internal sealed class MonthMoments(DateTimeOffset begin, DateTimeOffset end, int seed)
{
    private readonly Random _random = new(seed);

    public DateTimeOffset Next()
    {
        while (true)
        {
            var at = begin + TimeSpan.FromSeconds(_random.Next((int)(end - begin).TotalSeconds));
            var local = at.AddHours(3);
            var working = local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= 9 and < 18;
            if (working || _random.NextDouble() < 0.1) return at;
        }
    }
}
