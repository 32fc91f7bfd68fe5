using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>What a person wants to know of an invitation (iCalendar, RFC 5545): what, when, where, who. Linear; any text is taken.</summary>
internal static class CalendarText
{
    private const int MaxValue = 8 * 1024;

    /// <returns>A few lines without labels but those of the format, so that they need no language; null when there is no event or task.</returns>
    public static string? Of(string calendar)
    {
        var fields = new Dictionary<string, (string Parameters, string Value)>(StringComparer.OrdinalIgnoreCase);
        var method = "";
        var isInside = false;
        var nested = 0; // alarms within the event have descriptions of their own
        foreach (var (name, parameters, value) in Lines(calendar))
        {
            if (name.Equals("METHOD", StringComparison.OrdinalIgnoreCase)) method = value;
            else if (name.Equals("BEGIN", StringComparison.OrdinalIgnoreCase))
            {
                if (isInside) nested++;
                isInside |= value is "VEVENT" or "VTODO";
            }
            else if (name.Equals("END", StringComparison.OrdinalIgnoreCase))
            {
                if (isInside && nested-- == 0) break;
            }
            else if (isInside && nested == 0) fields.TryAdd(name, (parameters, value));
        }

        if (!isInside) return null;
        var result = new StringBuilder();
        if (method.Length > 0 && !method.Equals("REQUEST", StringComparison.OrdinalIgnoreCase) && !method.Equals("PUBLISH", StringComparison.OrdinalIgnoreCase)) result.Append('[').Append(method).Append("] ");
        result.Append(Unescape(fields.GetValueOrDefault("SUMMARY").Value));
        Append(result, Times(fields));
        Append(result, Unescape(fields.GetValueOrDefault("LOCATION").Value));
        Append(result, Organizer(fields.GetValueOrDefault("ORGANIZER")));
        Append(result, Unescape(fields.GetValueOrDefault("DESCRIPTION").Value));
        return result.ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    private static void Append(StringBuilder result, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line)) result.Append('\n').Append(line.Trim());
    }

    /// <summary>RFC 5545 §3.1: a line goes on where the next begins with a blank.</summary>
    private static IEnumerable<(string Name, string Parameters, string Value)> Lines(string calendar)
    {
        var line = new StringBuilder();
        foreach (var raw in calendar.Split('\n'))
        {
            var next = raw.TrimEnd('\r');
            if (next is [' ' or '\t', ..])
            {
                if (line.Length < MaxValue) line.Append(next, 1, next.Length - 1);
                continue;
            }

            if (Parse(line.ToString()) is { } parsed) yield return parsed;
            line.Clear().Append(next);
        }

        if (Parse(line.ToString()) is { } last) yield return last;
    }

    private static (string Name, string Parameters, string Value)? Parse(string line)
    {
        var isQuoted = false;
        var nameEnd = -1;
        for (var i = 0; i < line.Length && i < MaxValue; i++)
        {
            if (line[i] == '"') isQuoted = !isQuoted;
            if (isQuoted) continue;
            if (line[i] == ';' && nameEnd < 0) nameEnd = i;
            if (line[i] != ':') continue;
            var name = nameEnd < 0 ? line[..i] : line[..nameEnd];
            return (name.Trim(), nameEnd < 0 ? "" : line[nameEnd..i], line[(i + 1)..Math.Min(line.Length, i + 1 + MaxValue)].Trim());
        }

        return null;
    }

    private static string? Times(Dictionary<string, (string Parameters, string Value)> fields)
    {
        var start = fields.GetValueOrDefault("DTSTART");
        var end = fields.TryGetValue("DTEND", out var given) ? given : fields.GetValueOrDefault("DUE");
        if (start.Value is null) return end.Value is null ? null : $"– {Time(end.Value)}{Zone(end)}";
        return end.Value is null ? $"{Time(start.Value)}{Zone(start)}" : $"{Time(start.Value)} – {Time(end.Value)}{Zone(start)}";
    }

    /// <summary>RFC 5545 §3.3.4, §3.3.5; as it stands where it is neither.</summary>
    private static string Time(string value)
    {
        if (DateTime.TryParseExact(value.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }

        return DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;
    }

    private static string Zone((string Parameters, string Value) time) =>
        time.Value.EndsWith('Z') ? " (UTC)" : Parameter(time.Parameters, "TZID") is { Length: > 0 } zone ? $" ({zone})" : "";

    private static string? Organizer((string Parameters, string Value) organizer)
    {
        if (organizer.Value is null) return null;
        var address = organizer.Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? organizer.Value[7..] : organizer.Value;
        return Parameter(organizer.Parameters, "CN") is { Length: > 0 } name && !name.Equals(address, StringComparison.OrdinalIgnoreCase) ? $"{name} <{address}>" : address;
    }

    private static string? Parameter(string parameters, string name)
    {
        var start = parameters.IndexOf($";{name}=", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        var value = parameters[(start + name.Length + 2)..];
        if (value is ['"', ..]) return value[1..].Split('"')[0];
        return value.Split(';')[0];
    }

    /// <summary>RFC 5545 §3.3.11.</summary>
    private static string Unescape(string? value)
    {
        if (value is null || !value.Contains('\\', StringComparison.Ordinal)) return value ?? "";
        var result = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length) result.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
            else result.Append(value[i]);
        }

        return result.ToString();
    }
}
