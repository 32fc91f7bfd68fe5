using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailDesk.Templates.Tests;

/// <summary>A template and what Scriban 7.2.6 gives for it: a text, or an error at a place.</summary>
internal sealed partial record ScribanCase(
    int Id, string Template, IReadOnlyDictionary<string, object?> Model, IReadOnlyDictionary<string, string> Includes, string? Output, (int Line, int Column)? Error)
{
    public static IReadOnlyList<ScribanCase> Read(string file) => [.. File.ReadLines(file).Select(Parse)];

    public TemplateSet Compile(string template)
    {
        var sources = new Dictionary<string, string>(Includes) { ["main"] = template };
        return TemplateSet.FromSources(sources);
    }

    private static ScribanCase Parse(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        (int, int)? error = null;
        if (json.TryGetProperty("error", out var message))
        {
            var place = Place().Match(message.GetString()!);
            error = (int.Parse(place.Groups["line"].Value), int.Parse(place.Groups["column"].Value));
        }

        return new ScribanCase(
            json.GetProperty("id").GetInt32(),
            json.GetProperty("template").GetString()!,
            (IReadOnlyDictionary<string, object?>)Value(json.GetProperty("model"))!,
            json.TryGetProperty("includes", out var includes)
                ? includes.EnumerateObject().ToDictionary(i => i.Name, i => i.Value.GetString()!)
                : new Dictionary<string, string>(),
            json.TryGetProperty("output", out var output) ? output.GetString() : null,
            error);
    }

    public static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(m => m.Name, m => Value(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Number => json.TryGetInt32(out var number) ? number : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when json.GetString()!.StartsWith("@date:", StringComparison.Ordinal) =>
            DateTime.Parse(json.GetString()!["@date:".Length..], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        JsonValueKind.String => json.GetString(),
        _ => null,
    };

    [GeneratedRegex(@"\((?<line>\d+),(?<column>\d+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
