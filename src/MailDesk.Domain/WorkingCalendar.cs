using System.Collections.Concurrent;

namespace MailDesk.Domain;

/// <summary>
/// Standard working time (rule 2.1). What always holds:
/// a day's hours are stretches of real time, disjoint and in order, also on days when daylight saving begins or ends;
/// Add and Elapsed undo each other: Elapsed(t, Add(t, d)) = d;
/// there is a working day in every year, so that Add ends.
/// A year's stretches are computed once, when first asked for, and kept; a question costs a binary search in the years that it touches.
/// Safe for concurrent use.
/// </summary>
public sealed class WorkingCalendar : ServiceCalendar
{
    private readonly WorkingTime _settings;
    private readonly WorkingHours[] _hours;
    private readonly ConcurrentDictionary<int, WorkingYear> _years = new();

    /// <exception cref="ArgumentException">The settings have <see cref="WorkingTime.Faults"/>; the message names all of them.</exception>
    public WorkingCalendar(WorkingTime settings)
        : base(settings?.TimeZone!)
    {
        if (settings!.Faults().ToList() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(settings));
        _settings = settings;
        _hours = [.. settings.Hours.OrderBy(h => h.Start)];
        StandardDay = _hours.Aggregate(TimeSpan.Zero, (sum, h) => sum + (h.End - h.Start));
    }

    /// <summary>9:00–18:00 Monday to Friday in Europe/Minsk, without the official holidays of Belarus (rule 2.1).</summary>
    public static WorkingCalendar Standard { get; } = new(new WorkingTime());

    public override TimeSpan StandardDay { get; }

    public override bool IsWorkingDay(DateOnly day) =>
        _settings.WorkingDates.Contains(day)
        || (_settings.WeekDays.Contains(day.DayOfWeek)
            && !_settings.DaysOff.Contains(day)
            && !(_settings.BelarusHolidays && BelarusHolidays.Contains(day)));

    public override (DateTimeOffset Start, DateTimeOffset End)? HoursOf(DateOnly day) =>
        IsWorkingDay(day) ? (At(day, _hours[0].Start), At(day, _hours[^1].End)) : null;

    public override DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingTime, TimeSpan.Zero);
        if (workingTime == TimeSpan.Zero)
            return from.ToUniversalTime();

        var left = workingTime.Ticks;
        for (var number = (from - ZoneMargin).UtcDateTime.Year; ; number++)
        {
            var year = Year(number);
            var done = year.WorkedBefore(from.UtcTicks);
            if (left <= year.Total - done)
                return new DateTimeOffset(year.InstantAfter(done + left), TimeSpan.Zero);
            left -= year.Total - done;
        }
    }

    public override TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
            return TimeSpan.Zero;
        var ticks = 0L;
        var last = (to + ZoneMargin).UtcDateTime.Year;
        for (var number = (from - ZoneMargin).UtcDateTime.Year; number <= last; number++)
        {
            var year = Year(number);
            ticks += year.WorkedBefore(to.UtcTicks) - year.WorkedBefore(from.UtcTicks);
        }
        return TimeSpan.FromTicks(ticks);
    }

    // An instant's year in UTC and in its zone may differ; the years around it are taken with this margin.
    private static TimeSpan ZoneMargin => TimeSpan.FromDays(2);

    private WorkingYear Year(int number)
    {
        // The first and the last year of DateTime cannot be turned into UTC whole.
        if (number <= DateOnly.MinValue.Year || number >= DateOnly.MaxValue.Year)
            throw new ArgumentOutOfRangeException(nameof(number), number, "The calendar ends here.");
        return _years.GetOrAdd(number, Compute);
    }

    private WorkingYear Compute(int number)
    {
        List<(long From, long To)> stretches = [];
        for (var day = new DateOnly(number, 1, 1); day.Year == number; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day))
                continue;
            foreach (var hours in _hours)
                stretches.Add((At(day, hours.Start).UtcTicks, At(day, hours.End).UtcTicks));
        }
        return new WorkingYear(stretches);
    }

    private DateTimeOffset At(DateOnly day, TimeSpan sinceMidnight) => InstantOf(day.ToDateTime(TimeOnly.MinValue) + sinceMidnight);
}
