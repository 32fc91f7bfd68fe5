using System.Globalization;

namespace MailDesk.Mail.Mime;

/// <summary>Dates of mail (RFC 5322 §3.3, §4.3): read in any order of their parts, written as the RFC has it.</summary>
public static class MailDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static string Format(DateTimeOffset date)
    {
        var zone = date.Offset;
        var sign = zone < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{date:ddd, dd MMM yyyy HH:mm:ss} {sign}{zone.Duration():hhmm}");
    }

    /// <summary>Comments, names of days, missing seconds, two-digit years and unknown zones (read as UTC) are borne. Null when it is no date.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        int day = 0, month = 0, year = -1;
        TimeSpan? time = null;
        var zone = 0;
        foreach (var token in WithoutComments(text).Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (token.Contains(':', StringComparison.Ordinal) && time is null) time = ParseTime(token) ?? TimeSpan.Zero;
            else if (time is not null && token[0] is '+' or '-') zone = ParseOffset(token);
            else if (char.IsAsciiDigit(token[0]))
            {
                if (token.Contains('-', StringComparison.Ordinal)) ParseDashed(token, ref day, ref month, ref year);
                else if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
                else if (day == 0 && number is > 0 and <= 31 && (token.Length <= 2 || token[0] == '0')) day = number;
                else if (year < 0) year = FullYear(number, token.Length);
            }
            else if (month == 0 && MonthOf(token) is > 0 and var named) month = named;
            else if (time is not null) zone = NamedZone(token) ?? zone;
        }

        return day > 0 && month > 0 && year is > 0 and < 10_000 && day <= DateTime.DaysInMonth(year, month)
            ? AtZone(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + (time ?? TimeSpan.Zero), zone)
            : null;
    }

    private static DateTimeOffset? AtZone(DateTime local, int zoneMinutes)
    {
        // Offsets beyond what exists are kept as an instant in UTC.
        if (Math.Abs(zoneMinutes) <= 14 * 60)
        {
            var utc = local.Ticks - TimeSpan.FromMinutes(zoneMinutes).Ticks;
            return utc < 0 || utc > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, TimeSpan.FromMinutes(zoneMinutes));
        }

        var ticks = local.Ticks - zoneMinutes * TimeSpan.TicksPerMinute;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static TimeSpan? ParseTime(string token)
    {
        var end = token.AsSpan().IndexOfAnyExceptInRange('0', ':');
        var parts = (end < 0 ? token : token[..end]).Split(':');
        if (parts.Length is < 2 or > 3 || !Number(parts[0], 24, out var hours) || !Number(parts[1], 59, out var minutes)) return null;
        var seconds = 0;
        if (parts.Length == 3 && !Number(parts[2], 60, out seconds)) return null; // RFC 5322 §3.3: 60 is a leap second
        return new TimeSpan(hours % 24, minutes, Math.Min(seconds, 59));
    }

    private static bool Number(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    private static int ParseOffset(string token)
    {
        var digits = token[1..].Replace(":", "", StringComparison.Ordinal);
        if (!Number(digits, 9999, out var number)) return 0;
        var minutes = digits.Length <= 2 ? number * 60 : number / 100 * 60 + number % 100;
        return token[0] == '-' ? -minutes : minutes;
    }

    /// <summary><c>2026-10-05</c> and <c>5-Oct-26</c>.</summary>
    private static void ParseDashed(string token, ref int day, ref int month, ref int year)
    {
        if (token.Split('-') is not [var first, var second, var third]) return;
        if (MonthOf(second) is > 0 and var named)
        {
            month = named;
            if (Number(first, 31, out var d)) day = d;
            if (Number(third, 9999, out var y)) year = FullYear(y, third.Length);
        }
        else if (first.Length == 4 && Number(first, 9999, out var y) && Number(second, 12, out var m))
        {
            (year, month) = (y, m);
            var end = third.AsSpan().IndexOfAnyExceptInRange('0', '9');
            if (Number(end < 0 ? third : third[..end], 31, out var d)) day = d;
        }
    }

    /// <summary>RFC 5322 §4.3.</summary>
    private static int FullYear(int year, int digits) => digits switch
    {
        <= 2 => year < 50 ? 2000 + year : 1900 + year,
        3 => 1900 + year,
        _ => year,
    };

    private static int MonthOf(string token) =>
        token.Length < 3 ? 0 : Array.FindIndex(Months, m => token.StartsWith(m, StringComparison.OrdinalIgnoreCase)) + 1;

    /// <summary>RFC 5322 §4.3; a name that is not there means UTC, and Central European time is too common to leave out.</summary>
    private static int? NamedZone(string token) => token.ToUpperInvariant() switch
    {
        "EST" => -5 * 60,
        "EDT" => -4 * 60,
        "CST" => -6 * 60,
        "CDT" => -5 * 60,
        "MST" => -7 * 60,
        "MDT" => -6 * 60,
        "PST" => -8 * 60,
        "PDT" => -7 * 60,
        "CET" or "MET" => 60,
        "CEST" or "MEST" or "EET" => 2 * 60,
        "EEST" or "MSK" => 3 * 60,
        "JST" => 9 * 60,
        var name when name.StartsWith("GMT+", StringComparison.Ordinal) || name.StartsWith("GMT-", StringComparison.Ordinal)
            || name.StartsWith("UTC+", StringComparison.Ordinal) || name.StartsWith("UTC-", StringComparison.Ordinal) => ParseOffset(name[3..]),
        _ => null,
    };

    /// <summary>RFC 5322 §4.3: comments may stand anywhere, and blanks around the colons of the time.</summary>
    private static string WithoutComments(string text)
    {
        if (!text.Contains('(', StringComparison.Ordinal) && !text.Contains(" :", StringComparison.Ordinal)) return text;
        var result = new System.Text.StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            if (c == '(' && depth++ == 0) result.Append(' ');
            else if (c == ')' && depth > 0) depth--;
            else if (depth == 0)
            {
                var afterColon = result.Length > 0 && result[^1] == ':';
                if (c == ':') while (result.Length > 0 && result[^1] == ' ') result.Length--;
                if (c != ' ' || !afterColon) result.Append(c);
            }
        }

        return result.ToString();
    }
}
