using System.Globalization;
using System.Text;
using MailDesk.Templates.Runtime;

namespace MailDesk.Templates.Functions;

/// <summary>Scriban's date patterns, which are those of Ruby's <c>strftime</c>: <c>%d.%m.%Y %H:%M</c>.</summary>
internal static class DatePattern
{
    public const string Default = "%d %b %Y";

    /// <summary>What can be said in a .NET format.</summary>
    private static readonly Dictionary<char, string> Net = new()
    {
        ['a'] = "ddd",
        ['A'] = "dddd",
        ['b'] = "MMM",
        ['B'] = "MMMM",
        ['c'] = "ddd MMM dd HH:mm:ss yyyy",
        ['d'] = "dd",
        ['D'] = "MM/dd/yy",
        ['F'] = "yyyy-MM-dd",
        ['h'] = "MMM",
        ['H'] = "HH",
        ['I'] = "hh",
        ['L'] = "fff",
        ['m'] = "MM",
        ['M'] = "mm",
        ['N'] = "fffffff00",
        ['p'] = "tt",
        ['r'] = "hh:mm:ss tt",
        ['R'] = "HH:mm",
        ['S'] = "ss",
        ['T'] = "HH:mm:ss",
        ['x'] = "d",
        ['X'] = "T",
        ['y'] = "yy",
        ['Y'] = "yyyy",
        ['Z'] = "zzz",
    };

    /// <param name="date">A <see cref="DateTime"/> or <see cref="DateTimeOffset"/>, shown as its own clock has it.</param>
    public static string Format(object date, string pattern, CultureInfo culture)
    {
        if (pattern is "%g")
        {
            pattern = "%g " + Default;
        }

        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                result.Append(pattern[i]);
            }
            else if (pattern[++i] == 'g')
            {
                culture = CultureInfo.InvariantCulture;
            }
            else
            {
                result.Append(Part(pattern[i], date, culture));
            }
        }

        return result.ToString();
    }

    /// <summary>The .NET format for reading; null when there is none.</summary>
    public static string? ToNet(string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                result.Append(pattern[i]);
            }
            else if (Net.TryGetValue(pattern[++i], out var format))
            {
                result.Append(format);
            }
            else if (pattern[i] != 'g')
            {
                return null;
            }
        }

        return result.ToString();
    }

    private static string Part(char letter, object value, CultureInfo culture)
    {
        if (Net.TryGetValue(letter, out var format))
        {
            return ((IFormattable)value).ToString(format, culture);
        }

        var date = Time.Clock(value);
        var invariant = CultureInfo.InvariantCulture;
        return letter switch
        {
            'C' => (date.Year / 100).ToString("D2", culture),
            'e' => date.Day.ToString(culture).PadLeft(2),
            'j' => date.DayOfYear.ToString("D3", culture),
            'k' => date.Hour.ToString(culture).PadLeft(2),
            'l' => date.ToString("%h", culture).PadLeft(2),
            'n' => "\n",
            'P' => date.ToString("tt", culture).ToLowerInvariant(),
            's' => (value is DateTimeOffset offset ? offset : new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc))).ToUnixTimeSeconds().ToString(culture),
            't' => "\t",
            'u' => (date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek).ToString(culture),
            'U' => Week(date, culture, culture.DateTimeFormat.CalendarWeekRule, DayOfWeek.Sunday),
            'v' => $"{date.Day.ToString(invariant),2}-{date.ToString("MMM", invariant).ToUpperInvariant()}-{date.Year.ToString("D4", invariant)}",
            'V' => Week(date, culture, CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Monday),
            'w' => ((int)date.DayOfWeek).ToString(culture),
            'W' => Week(date, culture, culture.DateTimeFormat.CalendarWeekRule, DayOfWeek.Monday),
            '%' => "%",
            _ => "%" + letter,
        };
    }

    private static string Week(DateTime date, CultureInfo culture, CalendarWeekRule rule, DayOfWeek first) =>
        culture.Calendar.GetWeekOfYear(date, rule, first).ToString("D2", culture);
}
