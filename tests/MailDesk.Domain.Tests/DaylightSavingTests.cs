namespace MailDesk.Domain.Tests;

/// <summary>Days on which the clock on the wall jumps: working time is what a stopwatch measures.</summary>
public sealed class DaylightSavingTests
{
    private static WorkingCalendar EveryDay(string zone, params WorkingHours[] hours) => new(new WorkingTime
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        Hours = [.. hours],
        WeekDays = [.. Enum.GetValues<DayOfWeek>()],
        BelarusHolidays = false,
    });

    private static WorkingHours Hours(int from, int fromMinute, int to, int toMinute) => new(new(from, fromMinute), new(to, toMinute));

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    public static TheoryData<string, DateOnly, WorkingHours, DateTimeOffset, DateTimeOffset> Days() => new()
    {
        // Warsaw, 29 March 2026: 02:00 → 03:00 at 01:00 UTC.
        { "Europe/Warsaw", new(2026, 3, 29), Hours(9, 0, 18, 0), Utc(2026, 3, 29, 7), Utc(2026, 3, 29, 16) },
        { "Europe/Warsaw", new(2026, 3, 29), Hours(1, 0, 4, 0), Utc(2026, 3, 29, 0), Utc(2026, 3, 29, 2) },
        { "Europe/Warsaw", new(2026, 3, 29), Hours(2, 30, 4, 0), Utc(2026, 3, 29, 1), Utc(2026, 3, 29, 2) },
        { "Europe/Warsaw", new(2026, 3, 29), Hours(0, 0, 2, 30), Utc(2026, 3, 28, 23), Utc(2026, 3, 29, 1) },
        { "Europe/Warsaw", new(2026, 3, 29), Hours(2, 15, 2, 45), Utc(2026, 3, 29, 1), Utc(2026, 3, 29, 1) },
        // Warsaw, 25 October 2026: 03:00 → 02:00 at 01:00 UTC.
        { "Europe/Warsaw", new(2026, 10, 25), Hours(1, 0, 4, 0), Utc(2026, 10, 24, 23), Utc(2026, 10, 25, 3) },
        { "Europe/Warsaw", new(2026, 10, 25), Hours(2, 30, 4, 0), Utc(2026, 10, 25, 0, 30), Utc(2026, 10, 25, 3) },
        { "Europe/Warsaw", new(2026, 10, 25), Hours(0, 0, 2, 30), Utc(2026, 10, 24, 22), Utc(2026, 10, 25, 0, 30) },
        // New York, 8 March 2026: 02:00 → 03:00 at 07:00 UTC; 1 November 2026: 02:00 → 01:00 at 06:00 UTC.
        { "America/New_York", new(2026, 3, 8), Hours(0, 0, 8, 0), Utc(2026, 3, 8, 5), Utc(2026, 3, 8, 12) },
        { "America/New_York", new(2026, 3, 8), Hours(2, 30, 8, 0), Utc(2026, 3, 8, 7), Utc(2026, 3, 8, 12) },
        { "America/New_York", new(2026, 11, 1), Hours(0, 0, 8, 0), Utc(2026, 11, 1, 4), Utc(2026, 11, 1, 13) },
        // Lord Howe moves by half an hour: 4 October 2026, 02:00 → 02:30 at 15:30 UTC of the day before.
        { "Australia/Lord_Howe", new(2026, 10, 4), Hours(2, 15, 3, 0), Utc(2026, 10, 3, 15, 30), Utc(2026, 10, 3, 16) },
        // Beirut skips midnight itself: 29 March 2026, 00:00 → 01:00 at 22:00 UTC of the day before.
        { "Asia/Beirut", new(2026, 3, 29), Hours(0, 0, 2, 0), Utc(2026, 3, 28, 22), Utc(2026, 3, 28, 23) },
        // Samoa had no 30 December 2011 at all.
        { "Pacific/Apia", new(2011, 12, 30), Hours(9, 0, 18, 0), Utc(2011, 12, 30, 10), Utc(2011, 12, 30, 10) },
        { "Pacific/Apia", new(2011, 12, 31), Hours(9, 0, 18, 0), Utc(2011, 12, 30, 19), Utc(2011, 12, 31, 4) },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void Hours_begin_and_end_where_the_clock_first_shows_them_or_a_later_time(
        string zone, DateOnly day, WorkingHours hours, DateTimeOffset start, DateTimeOffset end)
    {
        var calendar = EveryDay(zone, hours);

        Assert.Equal((start, end), calendar.HoursOf(day));
        var (before, after) = (start.AddHours(-4), end.AddHours(4));
        Assert.Equal(end - start, calendar.Elapsed(before, after));
        if (end > start)
        {
            Assert.Equal(end, calendar.Add(before, end - start));
            Assert.Equal(start, calendar.NextWorkingTime(before));
        }
    }

    [Theory]
    [InlineData("Europe/Warsaw")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Beirut")]
    [InlineData("Pacific/Apia")]
    [InlineData("Europe/Moscow")] // its zone moved in 2011 and 2014
    [InlineData("Europe/Minsk")]
    public void Where_every_hour_works_working_time_is_time(string zone)
    {
        var calendar = EveryDay(zone, Hours(0, 0, 1, 30), Hours(1, 30, 2, 30), Hours(2, 30, 12, 0), new WorkingHours(new(12, 0), TimeOnly.MinValue));
        var random = new Random(20111230);

        for (var i = 0; i < 2000; i++)
        {
            var from = Utc(2010, 1, 1, 0).AddMinutes(random.Next(8 * 365 * 24 * 60));
            var time = TimeSpan.FromMinutes(random.Next(1, 3000));
            Assert.Equal(time, calendar.Elapsed(from, from + time));
            Assert.Equal(from + time, calendar.Add(from, time));
        }
    }

    [Fact]
    public void A_day_round_the_clock_has_23_or_25_hours_when_the_zone_says_so()
    {
        var calendar = new RoundTheClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

        Assert.Equal([23, 24, 25], new DateOnly[] { new(2026, 3, 29), new(2026, 3, 30), new(2026, 10, 25) }.Select(day =>
        {
            var (start, end) = calendar.HoursOf(day)!.Value;
            return (end - start).TotalHours;
        }));
    }
}
