namespace MailDesk.Domain;

/// <summary>Every instant is working time. The zone only says where days begin.</summary>
public sealed class RoundTheClock(TimeZoneInfo timeZone) : ServiceCalendar(timeZone)
{
    public static RoundTheClock Utc { get; } = new(TimeZoneInfo.Utc);

    public override TimeSpan StandardDay => TimeSpan.FromDays(1);

    public override bool IsWorkingTime(DateTimeOffset at) => true;

    public override DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingTime, TimeSpan.Zero);
        return (from + workingTime).ToUniversalTime();
    }

    public override TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;

    public override bool IsWorkingDay(DateOnly day) => true;

    public override (DateTimeOffset Start, DateTimeOffset End)? HoursOf(DateOnly day) =>
        (InstantOf(day.ToDateTime(TimeOnly.MinValue)), InstantOf(day.AddDays(1).ToDateTime(TimeOnly.MinValue)));
}
