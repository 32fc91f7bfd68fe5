using System.Collections.Immutable;

namespace MailDesk.Domain;

/// <summary>A stretch of working time within a day, by the clock on the wall.</summary>
/// <param name="To">Not included. Midnight means the end of the day; hours do not run past it (a night shift is two stretches).</param>
public sealed record WorkingHours(TimeOnly From, TimeOnly To)
{
    /// <summary>From and To as times since the day's midnight.</summary>
    internal TimeSpan Start => From.ToTimeSpan();

    internal TimeSpan End => To == TimeOnly.MinValue ? TimeSpan.FromDays(1) : To.ToTimeSpan();
}

/// <summary>What a <see cref="WorkingCalendar"/> is made of. The defaults are standard working time (rule 2.1).</summary>
public sealed record WorkingTime
{
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk");

    /// <summary>The same for every working day; several where there is a break.</summary>
    public ImmutableArray<WorkingHours> Hours { get; init; } = [new(new TimeOnly(9, 0), new TimeOnly(18, 0))];

    public ImmutableHashSet<DayOfWeek> WeekDays { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Holidays, and working days that were transferred away.</summary>
    public ImmutableHashSet<DateOnly> DaysOff { get; init; } = [];

    /// <summary>Days to which working days were transferred: they work whatever else is said of them.</summary>
    public ImmutableHashSet<DateOnly> WorkingDates { get; init; } = [];

    /// <summary>The holidays of <see cref="MailDesk.Domain.BelarusHolidays"/> are days off.</summary>
    public bool BelarusHolidays { get; init; } = true;

    /// <summary>What makes these settings unusable, in words for an administrator; empty when nothing does.</summary>
    public IEnumerable<string> Faults()
    {
        if (WeekDays.IsEmpty)
            yield return "There is no working weekday: name at least one, such as Monday.";
        if (Hours.IsDefaultOrEmpty)
        {
            yield return "There are no working hours: name at least one stretch, such as 09:00-18:00.";
            yield break;
        }

        foreach (var hours in Hours.Where(h => h.End <= h.Start))
            yield return $"Working hours {hours.From:HH:mm}-{hours.To:HH:mm} must end after they begin; hours past midnight are two stretches.";
        foreach (var (earlier, later) in Hours.OrderBy(h => h.Start).Zip(Hours.OrderBy(h => h.Start).Skip(1)).Where(p => p.First.End > p.Second.Start))
            yield return $"Working hours {earlier.From:HH:mm}-{earlier.To:HH:mm} and {later.From:HH:mm}-{later.To:HH:mm} overlap.";
        foreach (var day in DaysOff.Intersect(WorkingDates).Order())
            yield return $"{day:yyyy-MM-dd} is both a day off and a working day.";
    }
}
