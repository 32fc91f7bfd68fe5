using System.Globalization;
using System.Text;
using MailDesk.Templates.Functions;

namespace MailDesk.Templates.Runtime;

/// <summary>Values as Scriban writes them: a list as <c>["a", 1]</c>, an object as <c>{name: "x"}</c>, null as nothing.</summary>
internal static class Formatter
{
    /// <summary>A list that a template has put into itself has no end.</summary>
    private const int DepthLimit = 32;

    /// <summary>Null for null.</summary>
    /// <exception cref="InvalidOperationException">Longer than <paramref name="limit"/>, or too deep.</exception>
    public static string? Format(object? value, CultureInfo culture, int limit)
    {
        if (value is null)
        {
            return null;
        }

        if (Scalar(value, culture) is { } text)
        {
            return text;
        }

        var result = new StringBuilder();
        Write(value, result, culture, limit, depth: 0);
        return result.ToString();
    }

    /// <summary>Null for what is made of other values.</summary>
    private static string? Scalar(object value, CultureInfo culture) => value switch
    {
        string text => text,
        Markup markup => markup.Html,
        bool flag => flag ? "true" : "false",
        DateTime date => DatePattern.Format(date, DatePattern.Default, culture),
        DateTimeOffset date => DatePattern.Format(date, DatePattern.Default, culture),
        IFormattable formattable => formattable.ToString(format: null, culture),
        _ => null,
    };

    private static void Write(object? value, StringBuilder to, CultureInfo culture, int limit, int depth)
    {
        if (to.Length > limit || depth > DepthLimit)
        {
            throw new InvalidOperationException(depth > DepthLimit ? "this value is nested too deep to be written" : "this value is too long to be written");
        }

        switch (value)
        {
            case null:
                to.Append("null");
                break;
            case string or Markup:
                to.Append('"').Append(StringFunctions.Escape(value.ToString()!)).Append('"');
                break;
            case IReadOnlyDictionary<string, object?> members:
                WriteAll(members, '{', '}', to, member =>
                {
                    to.Append(IsSimple(member.Key) ? member.Key : $"\"{StringFunctions.Escape(member.Key)}\"").Append(": ");
                    Write(member.Value, to, culture, limit, depth + 1);
                });
                break;
            case System.Collections.IEnumerable items when Scalar(value, culture) is null:
                WriteAll(items.Cast<object?>(), '[', ']', to, item => Write(item, to, culture, limit, depth + 1));
                break;
            default:
                to.Append(Scalar(value, culture) ?? $"<{value.GetType().Name}>");
                break;
        }
    }

    private static void WriteAll<T>(IEnumerable<T> items, char open, char close, StringBuilder to, Action<T> write)
    {
        to.Append(open);
        var first = true;
        foreach (var item in items)
        {
            to.Append(first ? "" : ", ");
            first = false;
            write(item);
        }

        to.Append(close);
    }

    private static bool IsSimple(string key) =>
        key.Length > 0 && (char.IsLetter(key[0]) || key[0] == '_') && key.All(c => char.IsLetterOrDigit(c) || c == '_');
}
