namespace MailDesk.Domain.Tests;

public sealed class SupportPolicyTests
{
    [Theory]
    [InlineData(Priority.Critical, 10, 60)]
    [InlineData(Priority.High, 60, 4 * 60)]
    [InlineData(Priority.Medium, 2 * 60, 12 * 60)]
    [InlineData(Priority.Low, 4 * 60, 72 * 60)]
    [InlineData(Priority.Planned, 8 * 60, null)]
    public void Every_row_of_4_2_is_the_default(Priority priority, int reactionMinutes, int? executionMinutes)
    {
        var level = new SupportPolicy().Levels[priority];

        Assert.Equal(TimeSpan.FromMinutes(reactionMinutes), level.Reaction);
        Assert.Equal(executionMinutes, level.Execution?.TotalMinutes);
    }

    [Fact]
    public void Levels_run_round_the_clock_but_for_requests_to_start_a_service()
    {
        var policy = new SupportPolicy();

        Assert.Same(RoundTheClock.Utc, policy.CalendarOf(Category.Service, Priority.Low, startsService: false));
        Assert.Same(WorkingCalendar.Standard, policy.CalendarOf(Category.Service, Priority.Low, startsService: true));
    }

    [Fact]
    public void A_calendar_can_be_set_for_a_category_and_priority()
    {
        var policy = new SupportPolicy();
        policy = policy with { Calendars = policy.Calendars.Add((Category.Service, Priority.Low), WorkingCalendar.Standard) };

        Assert.Same(WorkingCalendar.Standard, policy.CalendarOf(Category.Service, Priority.Low, startsService: false));
        Assert.Same(RoundTheClock.Utc, policy.CalendarOf(Category.Service, Priority.Medium, startsService: false));
        Assert.Same(RoundTheClock.Utc, policy.CalendarOf(Category.Incident, Priority.Low, startsService: false));
    }

    [Fact]
    public void The_defaults_have_no_faults() => Assert.Empty(new SupportPolicy().Faults());

    [Fact]
    public void Unusable_settings_are_named()
    {
        var levels = ServiceLevels.Standard with { High = new(TimeSpan.FromHours(4), TimeSpan.FromHours(1)), Low = new(TimeSpan.Zero, null) };
        var faults = new SupportPolicy { Levels = levels, ClientAnswerDays = 0, ConfirmationDays = -1, ReminderShare = 1, ExecutionWarnings = [0.5, double.NaN], ComplaintDays = 0, ThirdPartyReminderDays = -1 }
            .Faults().ToList();

        Assert.Collection(
            faults,
            f => Assert.Contains("2 (High)", f, StringComparison.Ordinal),
            f => Assert.Contains("4 (Low)", f, StringComparison.Ordinal),
            f => Assert.Contains("ClientAnswerDays", f, StringComparison.Ordinal),
            f => Assert.Contains("ConfirmationDays", f, StringComparison.Ordinal),
            f => Assert.Contains("ComplaintDays", f, StringComparison.Ordinal),
            f => Assert.Contains("ThirdPartyReminderDays", f, StringComparison.Ordinal),
            f => Assert.Contains("ReminderShare", f, StringComparison.Ordinal),
            f => Assert.Contains("ExecutionWarnings", f, StringComparison.Ordinal));
    }
}
