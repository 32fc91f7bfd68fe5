using System.Globalization;
using System.Text;
using MailDesk.Templates.Runtime;

namespace MailDesk.Templates.Functions;

internal static class StringFunctions
{
    public static readonly Function[] All =
    [
        new("string.append", "text with", a => Concat(a, a.Text(0), a.Text(1))),
        new("string.capitalize", "text", a => a.Text(0) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : ""),
        new("string.capitalizewords", "text", a => CapitalizeWords(a.Text(0) ?? "")),
        new("string.contains", "text value", a => Test(a, (text, value) => text.Contains(value, StringComparison.Ordinal))),
        new("string.downcase", "text", a => a.Text(0)?.ToLowerInvariant()),
        new("string.empty", "text", a => string.IsNullOrEmpty(a.Text(0))),
        new("string.ends_with", "text value", a => Test(a, (text, value) => text.EndsWith(value, StringComparison.Ordinal))),
        new("string.escape", "text", a => a.Text(0) is { } text ? Escape(text) : null),
        new("string.handleize", "text", a => Handleize(a.Text(0) ?? "")),
        new("string.index_of", "text search start_index? count?", a => IndexOf(a)),
        new("string.literal", "text", a => a.Text(0) is { } text ? $"\"{Escape(text)}\"" : null),
        new("string.lstrip", "text", a => Strip(a, text => text.TrimStart())),
        new("string.pad_left", "text width", a => Pad(a, (text, width) => text.PadLeft(width))),
        new("string.pad_right", "text width", a => Pad(a, (text, width) => text.PadRight(width))),
        new("string.pluralize", "number singular plural", a => a.Int(0) == 1 ? a[1] : a[2]),
        new("string.prepend", "text by", a => Concat(a, a.Text(1), a.Text(0))),
        new("string.remove", "text remove", a => a.Text(0) is { Length: > 0 } ? Replace(a, a.Text(1), "") : a.Text(0)),
        new("string.remove_first", "text remove", a => ReplaceOne(a, "", last: false)),
        new("string.remove_last", "text remove", a => ReplaceOne(a, "", last: true)),
        new("string.replace", "text match replace", a => Replace(a, a.Text(1), a.Text(2) ?? "")),
        new("string.replace_first", "text match replace", a => ReplaceOne(a, a.Text(2) ?? "", last: false)),
        new("string.rstrip", "text", a => Strip(a, text => text.TrimEnd())),
        new("string.size", "text", a => a.Text(0)?.Length ?? 0),
        new("string.slice", "text start length?", a => Slice(a.Text(0) ?? "", a.Int(1), a.Has(2) ? a.Int(2) : null)),
        new("string.slice1", "text start length?", a => Slice(a.Text(0) ?? "", a.Int(1), a.Has(2) ? a.Int(2) : 1)),
        new("string.split", "text match", Split),
        new("string.starts_with", "text value", a => Test(a, (text, value) => text.StartsWith(value, StringComparison.Ordinal))),
        new("string.strip", "text", a => Strip(a, text => text.Trim())),
        new("string.strip_newlines", "text", a => (a.Text(0) ?? "").Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)),
        new("string.to_double", "text", a => double.TryParse(a.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, a.Culture, out var n) ? n : null),
        new("string.to_int", "text", a => int.TryParse(a.Text(0), NumberStyles.Integer, a.Culture, out var n) ? n : null),
        new("string.to_long", "text", a => long.TryParse(a.Text(0), NumberStyles.Integer, a.Culture, out var n) ? n : null),
        new("string.truncate", "text length ellipsis?", Truncate),
        new("string.truncatewords", "text count", TruncateWords),
        new("string.upcase", "text", a => a.Text(0)?.ToUpperInvariant()),
        new("string.whitespace", "text", a => string.IsNullOrWhiteSpace(a.Text(0))),
    ];

    /// <summary>As it would stand between double quotes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var sign = "\"\\\a\b\t\r\v\f\n".IndexOf(c, StringComparison.Ordinal);
            _ = sign >= 0 ? escaped.Append('\\').Append("\"\\abtrvfn"[sign])
                : c < ' ' ? escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")
                : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Concat(Arguments a, string? first, string? second)
    {
        a.Reserve((long)(first?.Length ?? 0) + (second?.Length ?? 0));
        return first + second;
    }

    private static bool Test(Arguments a, Func<string, string, bool> test) =>
        a.Text(0) is { Length: > 0 } text && a.Text(1) is { Length: > 0 } value && test(text, value);

    /// <summary>Markup without the space around it is markup still.</summary>
    private static object? Strip(Arguments a, Func<string, string> strip) => a.Text(0) is not { } text ? null
        : a[0] is Markup ? new Markup(strip(text))
        : strip(text);

    private static string CapitalizeWords(string text)
    {
        var result = new StringBuilder(text.Length);
        var atWord = true;
        foreach (var c in text)
        {
            var capital = atWord && char.IsLetter(c);
            result.Append(capital ? char.ToUpperInvariant(c) : c);
            atWord = char.IsWhiteSpace(c) || (atWord && !capital);
        }

        return result.ToString();
    }

    private static string Handleize(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                result.Append(char.ToLowerInvariant(c));
            }
            else if (result.Length == 0 || result[^1] != '-')
            {
                result.Append('-');
            }
        }

        return result.Length > 0 && result[^1] == '-' ? result.ToString(0, result.Length - 1) : result.ToString();
    }

    private static int IndexOf(Arguments a)
    {
        var text = a.Text(0) ?? throw a.Fail(0, "a text is needed here, and this is null");
        var search = a.Text(1) ?? throw a.Fail(1, "a text is needed here, and this is null");
        var start = a.Int(2);
        return a.Culture.CompareInfo.IndexOf(text, search, start, a.Has(3) ? a.Int(3) : text.Length - start, CompareOptions.None);
    }

    private static string Pad(Arguments a, Func<string, int, string> pad)
    {
        a.Reserve(a.Int(1));
        return pad(a.Text(0) ?? "", a.Int(1));
    }

    private static string Replace(Arguments a, string? match, string replacement)
    {
        var text = a.Text(0) ?? "";
        if (text.Length == 0 || string.IsNullOrEmpty(match))
        {
            return text;
        }

        a.Reserve(text.Length + (text.AsSpan().Count(match) * ((long)replacement.Length - match.Length)));
        return text.Replace(match, replacement, StringComparison.Ordinal);
    }

    /// <summary>Regardless of case, as Scriban does.</summary>
    private static string ReplaceOne(Arguments a, string replacement, bool last)
    {
        var (text, match) = (a.Text(0) ?? "", a.Text(1) ?? "");
        var at = match.Length == 0 ? -1
            : last ? text.LastIndexOf(match, StringComparison.OrdinalIgnoreCase)
            : text.IndexOf(match, StringComparison.OrdinalIgnoreCase);
        a.Reserve((long)text.Length + replacement.Length);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length));
    }

    private static string Slice(string text, int start, int? length)
    {
        var from = start < 0 ? (long)start + text.Length : start;
        var to = Math.Min(from + (length ?? text.Length), text.Length);
        from = Math.Max(from, 0);
        return from >= to ? "" : text[(int)from..(int)to];
    }

    private static Iterator Split(Arguments a)
    {
        var text = a.Text(0) ?? "";
        a.Reserve(text.Length);
        return new Iterator(text.Split(a.Text(1) ?? "", StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Truncate(Arguments a)
    {
        var (text, length, ellipsis) = (a.Text(0) ?? "", a.Int(1), a.Text(2) ?? "...");
        return text.Length > length ? string.Concat(text.AsSpan(0, Math.Clamp(length - ellipsis.Length, 0, text.Length)), ellipsis) : text;
    }

    private static string TruncateWords(Arguments a)
    {
        var text = a.Text(0) ?? "";
        a.Reserve(text.Length);
        return text.Length == 0 ? "" : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(a.Int(1))) + "...";
    }
}
