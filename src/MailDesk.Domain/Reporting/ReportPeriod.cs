using System.Globalization;

namespace MailDesk.Domain.Reporting;

/// <summary>A reporting period: a calendar month in the desk's time zone.</summary>
public sealed record ReportPeriod
{
    private ReportPeriod(DateOnly month, DateTimeOffset from, DateTimeOffset to) => (Month, From, To) = (month, from, to);

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; }

    /// <summary>UTC; the month's first instant.</summary>
    public DateTimeOffset From { get; }

    /// <summary>UTC; the next month's first instant, which does not belong to the period.</summary>
    public DateTimeOffset To { get; }

    /// <summary>Such as 2026-10: what <c>#report</c> takes and what attachments are named after.</summary>
    public string Name => Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <param name="day">Any day of the month.</param>
    /// <param name="calendar">Its zone says where days begin.</param>
    public static ReportPeriod Of(DateOnly day, ServiceCalendar calendar)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        return new(month, calendar.InstantOf(month, TimeOnly.MinValue), calendar.InstantOf(month.AddMonths(1), TimeOnly.MinValue));
    }
}
