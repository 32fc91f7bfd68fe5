using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class SpelledDatesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 12, 40, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ru", "понедельник, 2 марта 2026 г., 15:40 (Минск, UTC+3)", "понедельника, 2 марта 2026 г., 15:40 (Минск, UTC+3)")]
    [InlineData("be", "панядзелак, 2 сакавіка 2026 г., 15:40 (Мінск, UTC+3)", "панядзелка, 2 сакавіка 2026 г., 15:40 (Мінск, UTC+3)")]
    [InlineData("en", "Monday, 2 March 2026, 15:40 (Minsk, UTC+3)", "Monday, 2 March 2026, 15:40 (Minsk, UTC+3)")]
    public void A_moment_is_spelled_out_in_the_readers_language_and_zone(string language, string full, string afterBy)
    {
        var dates = In(language, "Europe/Minsk");

        Assert.Equal(full, dates.Full(Monday));
        Assert.Equal(afterBy, dates.AfterBy(Monday));
    }

    [Theory]
    [InlineData("ru", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря")]
    [InlineData("be", "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня")]
    [InlineData("en", "January February March April May June July August September October November December")]
    public void Months_stand_in_the_genitive(string language, string months) =>
        Assert.Equal(months, string.Join(' ', Enumerable.Range(1, 12).Select(m => In(language, "UTC").AfterBy(new DateOnly(2026, m, 2)).Split(' ')[2])));

    [Theory]
    [InlineData("ru", "понедельника вторника среды четверга пятницы субботы воскресенья")]
    [InlineData("be", "панядзелка аўторка серады чацвярга пятніцы суботы нядзелі")]
    [InlineData("en", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")]
    public void Weekdays_fit_what_stands_before_them(string language, string days) =>
        Assert.Equal(days, string.Join(' ', Enumerable.Range(2, 7).Select(d => In(language, "UTC").AfterBy(new DateOnly(2026, 3, d)).Split(',')[0])));

    [Theory]
    [InlineData("ru", "понедельник вторник среда четверг пятница суббота воскресенье")]
    [InlineData("be", "панядзелак аўторак серада чацвер пятніца субота нядзеля")]
    [InlineData("en", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")]
    public void Weekdays_that_begin_a_date_are_in_the_nominative(string language, string days) =>
        Assert.Equal(days, string.Join(' ', Enumerable.Range(0, 7).Select(d => In(language, "UTC").Full(Monday.AddDays(d)).Split(',')[0])));

    [Theory]
    [InlineData("UTC", "12:40 (UTC)")]
    [InlineData("Etc/GMT-5", "17:40 (UTC+5)")]
    [InlineData("Europe/Vilnius", "14:40 (Вильнюс, UTC+2)")]
    [InlineData("America/New_York", "07:40 (New York, UTC−5)")]
    [InlineData("Asia/Kolkata", "18:10 (Kolkata, UTC+5:30)")]
    [InlineData("America/St_Johns", "09:10 (St Johns, UTC−3:30)")]
    public void A_zone_is_named_by_its_city_and_offset(string zone, string expected) =>
        Assert.EndsWith(expected, In("ru", zone).Full(Monday), StringComparison.Ordinal);

    [Fact]
    public void Summer_time_is_that_of_the_moment() =>
        Assert.EndsWith("15:40 (Вильнюс, UTC+3)", In("ru", "Europe/Vilnius").Full(Monday.AddMonths(3)), StringComparison.Ordinal);

    private static SpelledDates In(string language, string zone) => new(LetterLanguage.Of(language), TimeZoneInfo.FindSystemTimeZoneById(zone));
}
