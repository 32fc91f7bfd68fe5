using static MailDesk.Domain.Tests.Sample;

namespace MailDesk.Domain.Tests;

public sealed class WorkingCalendarTests
{
    private static WorkingCalendar Standard => WorkingCalendar.Standard;

    [Theory]
    [InlineData("2026-11-23 15:00", 1, "2026-11-24 15:00")] // rule 2.1: Monday 15:00 → Tuesday 15:00
    [InlineData("2026-11-28 12:00", 1, "2026-11-30 18:00")] // Saturday → the end of Monday
    [InlineData("2026-11-27 16:00", 1, "2026-11-30 16:00")] // Friday → Monday
    [InlineData("2026-11-27 18:00", 1, "2026-11-30 18:00")]
    [InlineData("2026-11-23 08:00", 1, "2026-11-23 18:00")] // before work → the same day's end
    [InlineData("2026-11-23 09:00", 1, "2026-11-23 18:00")]
    [InlineData("2026-11-23 22:00", 2, "2026-11-25 18:00")]
    [InlineData("2026-12-31 15:00", 1, "2027-01-04 15:00")] // 1 and 2 January off, then a weekend
    [InlineData("2027-01-06 10:00", 2, "2027-01-11 10:00")] // Orthodox Christmas is a Thursday
    [InlineData("2026-11-23 15:00", 10, "2026-12-07 15:00")]
    public void Working_days_are_counted_in_working_time(string from, int days, string due) =>
        Assert.Equal(At(due), Standard.AddWorkingDays(At(from), days));

    [Theory]
    [InlineData("2026-11-23 09:00", true)]
    [InlineData("2026-11-23 17:59:59", true)]
    [InlineData("2026-11-23 18:00", false)]
    [InlineData("2026-11-23 08:59:59", false)]
    [InlineData("2026-11-22 12:00", false)] // Sunday
    [InlineData("2026-12-25 12:00", false)] // Friday, Catholic Christmas
    [InlineData("2026-04-21 12:00", false)] // Radunitsa
    public void Standard_working_time_is_9_to_18_on_working_days(string at, bool working) =>
        Assert.Equal(working, Standard.IsWorkingTime(At(at)));

    [Theory]
    [InlineData("2026-11-23 12:00", "2026-11-23 12:00", "2026-11-23")]
    [InlineData("2026-11-23 07:00", "2026-11-23 09:00", "2026-11-23")]
    [InlineData("2026-11-23 18:00", "2026-11-24 09:00", "2026-11-24")]
    [InlineData("2026-11-27 23:30", "2026-11-30 09:00", "2026-11-30")]
    [InlineData("2026-04-20 20:00", "2026-04-22 09:00", "2026-04-22")]
    public void What_comes_outside_working_time_is_processed_on_the_next_working_day(string at, string begins, string day)
    {
        Assert.Equal(At(begins), Standard.NextWorkingTime(At(at)));
        Assert.Equal(DateOnly.Parse(day), Standard.ProcessingDay(At(at)));
    }

    [Fact]
    public void Elapsed_time_leaves_out_nights_weekends_and_holidays()
    {
        Assert.Equal(TimeSpan.FromHours(4), Standard.Elapsed(At("2026-11-27 16:00"), At("2026-11-30 11:00")));
        Assert.Equal(TimeSpan.Zero, Standard.Elapsed(At("2026-11-28 00:00"), At("2026-11-30 09:00")));
        Assert.Equal(TimeSpan.Zero, Standard.Elapsed(At("2026-11-30 11:00"), At("2026-11-27 16:00")));
        Assert.Equal(TimeSpan.FromHours(9), Standard.Elapsed(At("2026-12-24 18:00"), At("2026-12-29 09:00"))); // Friday is Christmas
    }

    [Fact]
    public void Nothing_added_is_the_instant_itself_and_less_is_refused()
    {
        Assert.Equal(At("2026-11-28 12:00"), Standard.Add(At("2026-11-28 12:00"), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Standard.Add(At("2026-11-28 12:00"), TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RoundTheClock.Utc.Add(At("2026-11-28 12:00"), TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Standard.Add(DateTimeOffset.MaxValue.AddYears(-2), TimeSpan.FromDays(10_000)));
    }

    [Fact]
    public void Transferred_days_work_and_rest()
    {
        // The transfers of 2024: Monday 13 May to Saturday 18 May, Friday 8 November to Saturday 16 November.
        var calendar = new WorkingCalendar(new WorkingTime
        {
            DaysOff = [new(2024, 5, 13), new(2024, 11, 8)],
            WorkingDates = [new(2024, 5, 18), new(2024, 11, 16)],
        });

        // Friday 10 May 17:00: Monday is off, Tuesday is Radunitsa.
        Assert.Equal(At("2024-05-15 17:00"), calendar.AddWorkingDays(At("2024-05-10 17:00"), 1));
        Assert.Equal(At("2024-05-18 17:00"), calendar.AddWorkingDays(At("2024-05-17 17:00"), 1));
        Assert.Equal(new DateOnly(2024, 11, 11), calendar.NextWorkingDay(new DateOnly(2024, 11, 6)));
        Assert.Equal(new DateOnly(2024, 11, 16), calendar.NextWorkingDay(new DateOnly(2024, 11, 15)));
        Assert.False(Standard.IsWorkingDay(new DateOnly(2024, 11, 16)));
    }

    [Fact]
    public void A_working_date_works_even_on_a_holiday()
    {
        var day = new DateOnly(2026, 12, 25);

        Assert.False(Standard.IsWorkingDay(day));
        Assert.True(new WorkingCalendar(new WorkingTime { WorkingDates = [day] }).IsWorkingDay(day));
        Assert.True(new WorkingCalendar(new WorkingTime { BelarusHolidays = false }).IsWorkingDay(day));
    }

    [Fact]
    public void A_lunch_break_is_not_working_time()
    {
        var calendar = new WorkingCalendar(new WorkingTime { Hours = [new(new(14, 0), new(18, 0)), new(new(9, 0), new(13, 0))] });

        Assert.Equal(TimeSpan.FromHours(8), calendar.StandardDay);
        Assert.False(calendar.IsWorkingTime(At("2026-11-23 13:30")));
        Assert.Equal(At("2026-11-23 13:00"), calendar.Add(At("2026-11-23 12:00"), TimeSpan.FromHours(1)));
        Assert.Equal(At("2026-11-23 14:01"), calendar.Add(At("2026-11-23 12:00"), TimeSpan.FromMinutes(61)));
        Assert.Equal(At("2026-11-24 11:00"), calendar.AddWorkingDays(At("2026-11-23 11:00"), 1));
        Assert.Equal(new DateOnly(2026, 11, 23), calendar.ProcessingDay(At("2026-11-23 13:30")));
        Assert.Equal((At("2026-11-23 09:00"), At("2026-11-23 18:00")), calendar.HoursOf(new DateOnly(2026, 11, 23)));
        Assert.Null(calendar.HoursOf(new DateOnly(2026, 11, 22)));
    }

    [Fact]
    public void Hours_may_end_at_midnight()
    {
        var calendar = new WorkingCalendar(new WorkingTime { Hours = [new(new(0, 0), new(6, 0)), new(new(22, 0), TimeOnly.MinValue)] });

        Assert.Equal(TimeSpan.FromHours(8), calendar.StandardDay);
        Assert.Equal(At("2026-11-24 01:00"), calendar.Add(At("2026-11-23 23:00"), TimeSpan.FromHours(2)));
    }

    [Fact]
    public void A_calendar_that_never_works_cannot_be_made()
    {
        Assert.Contains("weekday", FaultOf(new WorkingTime { WeekDays = [] }), StringComparison.Ordinal);
        Assert.Contains("hours", FaultOf(new WorkingTime { Hours = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_contradict_themselves_are_named_all_together()
    {
        var settings = new WorkingTime
        {
            Hours = [new(new(9, 0), new(13, 0)), new(new(12, 0), new(18, 0)), new(new(22, 0), new(6, 0))],
            DaysOff = [new(2026, 4, 25)],
            WorkingDates = [new(2026, 4, 25)],
        };

        var message = FaultOf(settings);

        Assert.Contains("22:00-06:00", message, StringComparison.Ordinal);
        Assert.Contains("09:00-13:00 and 12:00-18:00 overlap", message, StringComparison.Ordinal);
        Assert.Contains("2026-04-25 is both", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_and_elapsed_undo_each_other_over_years()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 2000; i++)
        {
            var from = At("2020-01-01 00:00").AddSeconds(random.Next(0, 10 * 365 * 86_400));
            var time = TimeSpan.FromSeconds(random.Next(1, 40_000_000));
            var due = Standard.Add(from, time);

            Assert.Equal(time, Standard.Elapsed(from, due));
            Assert.True(Standard.Elapsed(from, due.AddTicks(-1)) < time);
            Assert.True(Standard.IsWorkingTime(due.AddTicks(-1)));
        }
    }

    [Fact]
    public void A_year_counted_day_by_day_gives_the_same()
    {
        var byDay = Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(Standard.IsWorkingDay).Sum(_ => 9);

        Assert.Equal(TimeSpan.FromHours(byDay), Standard.Elapsed(At("2026-01-01 00:00"), At("2027-01-01 00:00")));
    }

    [Fact]
    public void Round_the_clock_every_hour_counts()
    {
        var calendar = RoundTheClock.Utc;

        Assert.Equal(At("2026-11-29 12:00"), calendar.AddWorkingDays(At("2026-11-28 12:00"), 1));
        Assert.Equal(TimeSpan.FromHours(36), calendar.Elapsed(At("2026-11-28 00:00"), At("2026-11-29 12:00")));
        Assert.Equal(TimeSpan.Zero, calendar.Elapsed(At("2026-11-29 12:00"), At("2026-11-28 00:00")));
        Assert.True(calendar.IsWorkingTime(At("2026-11-29 03:00")));
        Assert.Equal(At("2026-11-29 03:00"), calendar.NextWorkingTime(At("2026-11-29 03:00")));
        Assert.Equal(new DateOnly(2026, 11, 30), calendar.NextWorkingDay(new DateOnly(2026, 11, 29)));
    }

    [Fact]
    public void Results_are_in_utc() =>
        Assert.All(
            new[] { Standard.Add(At("2026-11-23 15:00").ToOffset(TimeSpan.FromHours(3)), TimeSpan.Zero), Standard.NextWorkingTime(At("2026-11-28 15:00")) },
            at => Assert.Equal(TimeSpan.Zero, at.Offset));

    private static string FaultOf(WorkingTime settings) => Assert.Throws<ArgumentException>(() => new WorkingCalendar(settings)).Message;
}
