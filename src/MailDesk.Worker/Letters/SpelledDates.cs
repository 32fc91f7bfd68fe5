using System.Globalization;

namespace MailDesk.Worker.Letters;

/// <summary>Spells dates out in the reader's language and time zone: "понедельник, 2 марта 2026 г., 15:40 (Минск, UTC+3)".</summary>
internal sealed class SpelledDates(LetterLanguage language, TimeZoneInfo zone)
{
    /// <summary>"понедельник, 2 марта 2026 г., 15:40 (Минск, UTC+3)"</summary>
    public string Full(DateTimeOffset instant)
    {
        var local = Local(instant);
        return $"{Weekday(local)}, {Moment(local)} ({Place(local)})";
    }

    /// <summary>What stands after "до", "да" or "by": "понедельника, 2 марта 2026 г., 15:40 (Минск, UTC+3)".</summary>
    public string AfterBy(DateTimeOffset instant)
    {
        var local = Local(instant);
        return $"{WeekdayAfterBy(local.DayOfWeek)}, {Moment(local)} ({Place(local)})";
    }

    /// <summary>"2 марта 2026 г., 15:40", for lists whose zone is said elsewhere or clear.</summary>
    public string Short(DateTimeOffset instant) => Moment(Local(instant));

    /// <summary>What stands after "в течение": "понедельника, 2 марта 2026 г.".</summary>
    public string AfterBy(DateOnly day) => $"{WeekdayAfterBy(day.DayOfWeek)}, {day.ToString(language.DatePattern, language.Culture)}";

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    private string Weekday(DateTimeOffset local) => local.ToString("dddd", language.Culture);

    private string WeekdayAfterBy(DayOfWeek day) => language.WeekdaysAfterBy[(int)day];

    private string Moment(DateTimeOffset local) =>
        $"{local.ToString(language.DatePattern, language.Culture)}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";

    private string Place(DateTimeOffset local)
    {
        var id = zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : "";
        var city = id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)
            ? id[(id.LastIndexOf('/') + 1)..]
            : null;
        return city is null ? Offset(local.Offset) : $"{language.Cities.GetValueOrDefault(city) ?? city.Replace('_', ' ')}, {Offset(local.Offset)}";
    }

    private static string Offset(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero) return "UTC";
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        return "UTC" + sign + offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
    }
}
