using System.Buffers;
using MailDesk.Templates.Runtime;

namespace MailDesk.Templates.Functions;

internal static class ObjectFunctions
{
    /// <summary>A precision of more digits than this only serves to fill the memory.</summary>
    private const int FormatDigitsLimit = 2;

    private const int FormatLengthLimit = 100;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static readonly Function[] All =
    [
        new("object.default", "value default", a => a[0] is null or "" or Markup { Html: "" } ? a[1] : a[0]),
        new("object.format", "value format culture?", Format),
        new("object.has_key", "value key", a => Members(a) is { } members && a.Text(1) is { } key && members.ContainsKey(key)),
        new("object.has_value", "value key", a => Members(a) is { } members && a.Text(1) is { } key && members.GetValueOrDefault(key) is not null),
        new("object.keys", "value", a => new TemplateList(Members(a)?.Keys ?? [])),
        new("object.values", "value", a => new TemplateList((Members(a)?.Values ?? []).Select(a.Import))),
        new("object.size", "value", a => a[0] is string or Markup ? a.Text(0)!.Length : a[0] is System.Collections.IEnumerable ? a.List(0)!.Count : 0),
        new("object.typeof", "value", a => TypeOf(a[0])),
    ];

    private static IReadOnlyDictionary<string, object?>? Members(Arguments a) => a[0] switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> members => a.Evaluator.Merge(members),
        _ => throw a.Fail(0, $"an object is needed here, and this is {Evaluator.Describe(a[0])}"),
    };

    private static string? TypeOf(object? value) => value switch
    {
        null => null,
        string or Markup => "string",
        bool => "boolean",
        NumberRange or Iterator => "iterator",
        IReadOnlyDictionary<string, object?> or DateTime or DateTimeOffset or TimeSpan or LoopState => "object",
        IReadOnlyList<object?> => "array",
        _ => "number",
    };

    public static string Format(Arguments a)
    {
        if (a[0] is null)
        {
            return "";
        }

        var format = a.Text(1) ?? "";
        var digits = 0;
        foreach (var c in format)
        {
            // `0000000` is a picture of the number; `N9999` asks for that many digits.
            digits = Digits.Contains(c) && c != '0' ? digits + 1 : c == '0' && digits > 0 ? digits + 1 : 0;
            if (digits > FormatDigitsLimit || format.Length > FormatLengthLimit)
            {
                throw a.Fail(1, "this format is too long");
            }
        }

        return a[0] is IFormattable value
            ? value.ToString(format, a.CultureOf(2))
            : throw a.Fail(0, $"a number, a date or a time span is needed here, and this is {Evaluator.Describe(a[0])}");
    }
}
