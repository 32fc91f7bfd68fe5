using MailDesk.Domain;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Schedule;

/// <summary>
/// When the desk writes by the calendar. A digest belongs to a standard working day and is due on it at its time; a report belongs to a
/// month and is due at its time on the first standard working day of the next.
/// </summary>
/// <param name="at">The time of the day, in the calendar's zone; null for the beginning of working time.</param>
internal sealed class RoundCalendar(ServiceCalendar calendar, TimeOnly? at)
{
    /// <param name="period">The day of a digest; the first day of a report's month.</param>
    /// <returns>UTC.</returns>
    public DateTimeOffset DueAt(RoundKind kind, DateOnly period)
    {
        if (kind is RoundKind.Digest) return On(period);
        var first = period.AddMonths(1);
        return On(calendar.IsWorkingDay(first) ? first : calendar.NextWorkingDay(first));
    }

    /// <summary>Where a desk begins that has done none: the next digest, and the report of the present month.</summary>
    public DateOnly First(RoundKind kind, DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        if (kind is RoundKind.MonthlyReport) return new DateOnly(today.Year, today.Month, 1);
        return calendar.IsWorkingDay(today) && On(today) > now ? today : calendar.NextWorkingDay(today);
    }

    /// <summary>
    /// What follows: every month in turn, for each is reported; the digest of a day that is over is of no use to anybody.
    /// </summary>
    public DateOnly Next(RoundKind kind, DateOnly period, DateTimeOffset now) =>
        kind is RoundKind.MonthlyReport ? period.AddMonths(1) : calendar.NextWorkingDay(Latest(period, calendar.DayOf(now)));

    /// <summary>The digest to be done now, which is today's where those of earlier days were missed; null where working time is over or has not begun.</summary>
    public DateOnly? Today(DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        return calendar.HoursOf(today) is { } hours && On(today) <= now && now < hours.End ? today : null;
    }

    /// <summary>When today ends.</summary>
    public DateTimeOffset EndOfDay(DateTimeOffset now) => calendar.InstantOf(calendar.DayOf(now).AddDays(1), TimeOnly.MinValue);

    private DateTimeOffset On(DateOnly day) => at is { } time ? calendar.InstantOf(day, time) : calendar.HoursOf(day)?.Start ?? calendar.InstantOf(day, TimeOnly.MinValue);

    private static DateOnly Latest(DateOnly left, DateOnly right) => left > right ? left : right;
}
