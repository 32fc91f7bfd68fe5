namespace MailDesk.Domain.Tests;

public sealed class BelarusHolidaysTests
{
    [Theory]
    [InlineData("2018-04-17")]
    [InlineData("2019-05-07")]
    [InlineData("2020-04-28")]
    [InlineData("2021-05-11")]
    [InlineData("2022-05-03")]
    [InlineData("2023-04-25")]
    [InlineData("2024-05-14")]
    [InlineData("2025-04-29")]
    [InlineData("2026-04-21")]
    [InlineData("2027-05-11")]
    public void Radunitsa_is_the_tuesday_nine_days_after_orthodox_easter(string date)
    {
        var day = DateOnly.Parse(date);

        Assert.Equal(day, BelarusHolidays.Radunitsa(day.Year));
        Assert.True(BelarusHolidays.Contains(day));
    }

    [Fact]
    public void Radunitsa_is_a_tuesday_in_april_or_may_of_every_year() =>
        Assert.All(Enumerable.Range(1900, 300), year =>
        {
            var day = BelarusHolidays.Radunitsa(year);
            Assert.Equal(DayOfWeek.Tuesday, day.DayOfWeek);
            Assert.InRange(day.Month, 4, 5);
        });

    [Fact]
    public void The_days_off_of_2026_are_these_ten() =>
        Assert.Equal(
            ["01-01", "01-02", "01-07", "03-08", "04-21", "05-01", "05-09", "07-03", "11-07", "12-25"],
            Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(BelarusHolidays.Contains).Select(d => d.ToString("MM-dd")));

    [Fact]
    public void The_second_of_january_is_a_day_off_since_2020()
    {
        Assert.False(BelarusHolidays.Contains(new DateOnly(2019, 1, 2)));
        Assert.True(BelarusHolidays.Contains(new DateOnly(2020, 1, 2)));
    }
}
