using System.Globalization;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

/// <summary>Dates and time spans beside each other. Two dates with an offset are compared as instants, otherwise by what their clocks show.</summary>
internal static class Time
{
    /// <exception cref="NotSupportedException">The operator is not for these.</exception>
    public static object Calculate(TokenKind sign, object left, object right) => (left, right) switch
    {
        (DateTimeOffset l, DateTimeOffset r) when sign == TokenKind.Minus => l - r,
        (DateTimeOffset l, DateTimeOffset r) => Number.Compare(sign, l.CompareTo(r)),
        (DateTime or DateTimeOffset, DateTime or DateTimeOffset) when sign == TokenKind.Minus => Clock(left) - Clock(right),
        (DateTime or DateTimeOffset, DateTime or DateTimeOffset) => Number.Compare(sign, Clock(left).CompareTo(Clock(right))),
        (DateTime l, TimeSpan r) when sign == TokenKind.Plus => l + r,
        (DateTime l, TimeSpan r) when sign == TokenKind.Minus => l - r,
        (DateTimeOffset l, TimeSpan r) when sign == TokenKind.Plus => l + r,
        (DateTimeOffset l, TimeSpan r) when sign == TokenKind.Minus => l - r,
        (TimeSpan l, TimeSpan r) when sign == TokenKind.Plus => l + r,
        (TimeSpan l, TimeSpan r) when sign == TokenKind.Minus => l - r,
        (TimeSpan l, TimeSpan r) => Number.Compare(sign, l.CompareTo(r)),
        _ when sign is TokenKind.Equal or TokenKind.NotEqual && Number.Rank(left) < 0 && Number.Rank(right) < 0 => Equals(left, right) == (sign == TokenKind.Equal),
        _ => throw new NotSupportedException(),
    };

    /// <summary>What the clock shows, in the date's own zone.</summary>
    public static DateTime Clock(object date) => date is DateTimeOffset offset ? offset.DateTime : (DateTime)date;
}

/// <summary>What can follow the dot of a date or a time span.</summary>
internal static class TimeMembers
{
    private static readonly Dictionary<string, Func<DateTime, object>> OfDates = new(StringComparer.Ordinal)
    {
        ["year"] = d => d.Year,
        ["month"] = d => d.Month,
        ["day"] = d => d.Day,
        ["day_of_year"] = d => d.DayOfYear,
        ["day_of_week"] = d => d.ToString("dddd", CultureInfo.InvariantCulture),
        ["hour"] = d => d.Hour,
        ["minute"] = d => d.Minute,
        ["second"] = d => d.Second,
        ["millisecond"] = d => d.Millisecond,
        ["date"] = d => d.Date,
        ["time_of_day"] = d => d.TimeOfDay,
    };

    private static readonly Dictionary<string, Func<TimeSpan, object>> OfSpans = new(StringComparer.Ordinal)
    {
        ["days"] = s => s.Days,
        ["hours"] = s => s.Hours,
        ["minutes"] = s => s.Minutes,
        ["seconds"] = s => s.Seconds,
        ["milliseconds"] = s => s.Milliseconds,
        ["total_days"] = s => s.TotalDays,
        ["total_hours"] = s => s.TotalHours,
        ["total_minutes"] = s => s.TotalMinutes,
        ["total_seconds"] = s => s.TotalSeconds,
        ["total_milliseconds"] = s => s.TotalMilliseconds,
    };

    /// <summary>Null when there is no such member.</summary>
    public static object? Get(object target, string name) => target is TimeSpan span
        ? OfSpans.GetValueOrDefault(name)?.Invoke(span)
        : OfDates.GetValueOrDefault(name)?.Invoke(Time.Clock(target));

    public static IEnumerable<string> Names(object target) => target is TimeSpan ? OfSpans.Keys : OfDates.Keys;
}
