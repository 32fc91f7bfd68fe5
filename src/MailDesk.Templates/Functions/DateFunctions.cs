using System.Globalization;

namespace MailDesk.Templates.Functions;

internal static class DateFunctions
{
    public static readonly Function[] All =
    [
        new("date.to_string", "date pattern? culture?", a => a[0] is null ? null : DatePattern.Format(a.Date(0), a.Text(1) ?? DatePattern.Default, a.CultureOf(2))),
        new("date.parse", "text pattern? culture?", a => Parse(a)),
        new("date.add_years", "date years", a => Add(a, (d, n) => d.AddYears((int)n))),
        new("date.add_months", "date months", a => Add(a, (d, n) => d.AddMonths((int)n))),
        new("date.add_days", "date days", a => Add(a, (d, n) => d.AddDays(n))),
        new("date.add_hours", "date hours", a => Add(a, (d, n) => d.AddHours(n))),
        new("date.add_minutes", "date minutes", a => Add(a, (d, n) => d.AddMinutes(n))),
        new("date.add_seconds", "date seconds", a => Add(a, (d, n) => d.AddSeconds(n))),
        new("date.add_milliseconds", "date millis", a => Add(a, (d, n) => d.AddMilliseconds(n))),
    ];

    private static object Add(Arguments a, Func<DateTime, double, DateTime> add) => a.Date(0) switch
    {
        DateTimeOffset date => new DateTimeOffset(add(date.DateTime, a.Double(1)), date.Offset),
        var date => (object)add((DateTime)date, a.Double(1)),
    };

    /// <summary>A text with an offset or a <c>Z</c> is taken as UTC: where the machine stands must not show in a letter.</summary>
    private static DateTime? Parse(Arguments a)
    {
        if (a.Text(0) is not { Length: > 0 } text)
        {
            return null;
        }

        const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        var culture = a.CultureOf(2);
        var parsed = a.Text(1) is { } pattern
            ? DateTime.TryParseExact(text, DatePattern.ToNet(pattern) ?? throw a.Fail(1, "this pattern cannot be used to read a date"), culture, Styles, out var date)
            : DateTime.TryParse(text, culture, Styles, out date);
        return parsed ? date : throw a.Fail(0, $"`{(text.Length > 40 ? text[..40] : text)}` is not a date");
    }
}

internal static class TimeSpanFunctions
{
    public static readonly Function[] All =
    [
        new("timespan.zero", "", _ => TimeSpan.Zero),
        new("timespan.from_days", "days", a => TimeSpan.FromDays(a.Double(0))),
        new("timespan.from_hours", "hours", a => TimeSpan.FromHours(a.Double(0))),
        new("timespan.from_minutes", "minutes", a => TimeSpan.FromMinutes(a.Double(0))),
        new("timespan.from_seconds", "seconds", a => TimeSpan.FromSeconds(a.Double(0))),
        new("timespan.from_milliseconds", "millis", a => TimeSpan.FromMilliseconds(a.Double(0))),
        new("timespan.parse", "text", a => TimeSpan.Parse(a.Text(0) ?? "", a.Culture)),
    ];
}
