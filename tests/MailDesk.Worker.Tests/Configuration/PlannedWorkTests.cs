using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.Tests.Configuration;

public sealed class PlannedWorkTests
{
    private static PlannedWorkOptions Window(string from, string to, string service = "Почта") => new() { Service = service, From = from, To = to };

    private static PlannedWork Plan(string zone, params PlannedWorkOptions[] windows) =>
        new(new DeskSettings { Desk = new DeskOptions { TimeZone = zone }, Rules = new RulesOptions { PlannedWork = [.. windows] } }, TestDesk.People);

    private static DateTimeOffset Utc(int day, int hour, int minute = 0) => new(2026, 3, day, hour, minute, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-02T09:00", "2026-03-02T13:00")]
    [InlineData("2026-03-02 09:00", "2026-03-02 13:00")]
    [InlineData("2026-03-02T07:00+01:00", "2026-03-02T10:00Z")]
    public void A_window_lies_in_the_desks_zone_or_where_its_offset_says(string from, string to)
    {
        var plan = Plan("Europe/Minsk", Window(from, to));

        Assert.Null(plan.Find("Почта", Utc(2, 5, 59)));
        Assert.NotNull(plan.Find("почта", Utc(2, 6)));
        Assert.NotNull(plan.Find("Почта", Utc(2, 9, 59)));
        Assert.Null(plan.Find("Почта", Utc(2, 10)));
        Assert.Null(plan.Find("Виртуальный сервер", Utc(2, 7)));
        Assert.Null(plan.Find(null, Utc(2, 7)));
    }

    [Fact]
    public void Of_several_the_one_that_ends_last_is_told() =>
        Assert.Equal(Utc(2, 15), Plan("UTC", Window("2026-03-02T09:00", "2026-03-02T15:00"), Window("2026-03-02T10:00", "2026-03-02T13:00")).Find("Почта", Utc(2, 11))!.To);

    [Theory]
    [InlineData("2026-03-02T13:00", "2026-03-02T13:00", "Почта", "To")]
    [InlineData("2026-03-02T13:00", "2026-03-01T13:00", "Почта", "To")]
    [InlineData("tomorrow", "2026-03-01T13:00", "Почта", "From")]
    [InlineData("", "2026-03-01T13:00", "Почта", "From")]
    [InlineData("2026-02-30T10:00", "2026-03-01T13:00", "Почта", "From")]
    [InlineData("2026-03-29T02:30", "2026-03-30T13:00", "Почта", "From")] // the clocks of Warsaw jump over it
    [InlineData("2026-10-24T02:30", "2026-10-25T02:30", "Почта", "To")] // and show this twice
    [InlineData("2026-03-01T10:00", "2026-03-01T13:00", "Пачта", "Service")]
    public void A_window_that_cannot_be_is_named(string from, string to, string service, string key) => Assert.StartsWith(
        $"MailDesk:Rules:PlannedWork:0:{key}: ",
        Assert.Single(Assert.Throws<SettingsException>(() => Plan("Europe/Warsaw", Window(from, to, service))).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(3, Assert.Throws<SettingsException>(() => Plan("UTC", Window("?", "?"), Window("2026-03-01T10:00", "2026-03-01T13:00", "?"))).Problems.Count);

    [Fact]
    public void A_title_speaks_the_readers_language_or_the_common_one()
    {
        var plan = Plan("UTC", new PlannedWorkOptions
        {
            Service = "Почта",
            From = "2026-03-02T09:00",
            To = "2026-03-02T15:00",
            Title = "mail update",
            Titles = { ["be"] = "абнаўленне пошты" },
        });
        var outage = plan.Find("Почта", Utc(2, 11))!;

        Assert.Equal(["абнаўленне пошты", "mail update"], new[] { "be", "ru" }.Select(outage.TitleIn));
        Assert.Throws<SettingsException>(() => Plan("UTC", new PlannedWorkOptions
        {
            Service = "Почта",
            From = "2026-03-02T09:00",
            To = "2026-03-02T15:00",
            Titles = { ["by"] = "?" },
        }));
    }

    [Fact]
    public void Who_answers_for_complaints_is_somebody_of_the_directory()
    {
        static string? Of(string address) => new ComplaintManager(new DeskSettings { Rules = new RulesOptions { ComplaintManager = address } }, TestDesk.People).Address;

        Assert.Null(Of(""));
        Assert.Equal("maria@desk.example", Of("Maria@desk.example"));
        Assert.StartsWith("MailDesk:Rules:ComplaintManager: ", Assert.Single(Assert.Throws<SettingsException>(() => Of("mario@desk.example")).Problems), StringComparison.Ordinal);
    }
}
