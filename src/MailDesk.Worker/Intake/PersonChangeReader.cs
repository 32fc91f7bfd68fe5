using System.Collections.Frozen;
using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Intake;

/// <summary>One change as a person wrote it.</summary>
/// <param name="Address">As it was written where it is no address.</param>
/// <param name="IsAddress">There is one address, and nothing else that might be one.</param>
/// <param name="Name">Null where none is given.</param>
/// <param name="Language">ru, en or be; null where none is given.</param>
public sealed record AskedChange(PersonChangeKind Kind, string Address, bool IsAddress, string? Name, string? Language);

/// <summary>
/// Reads what asks for a change of a client's persons: <c>[добавить] address</c>, <c>[удалить] address</c> and the same in English and
/// Belarusian, in the subject of a new mail or in the first lines of any. Below the first other line nothing is a change.
/// </summary>
public static partial class PersonChangeReader
{
    private const int LongestName = 100;

    private static readonly FrozenDictionary<string, PersonChangeKind> Verbs = new Dictionary<string, PersonChangeKind>(StringComparer.Ordinal)
    {
        ["добавить"] = PersonChangeKind.Add,
        ["add"] = PersonChangeKind.Add,
        ["дадаць"] = PersonChangeKind.Add,
        ["удалить"] = PersonChangeKind.Remove,
        ["remove"] = PersonChangeKind.Remove,
        ["выдаліць"] = PersonChangeKind.Remove,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Languages = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ru"] = "ru",
        ["рус"] = "ru",
        ["русский"] = "ru",
        ["russian"] = "ru",
        ["en"] = "en",
        ["англ"] = "en",
        ["английский"] = "en",
        ["english"] = "en",
        ["be"] = "be",
        ["бел"] = "be",
        ["белорусский"] = "be",
        ["беларуская"] = "be",
        ["belarusian"] = "be",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Refusals = FrozenSet.Create(
        StringComparer.Ordinal, "отклоняю", "отклоняем", "отказываю", "не подтверждаю", "нет", "против", "refuse", "i refuse", "refused", "reject", "no", "адхіляю", "адмаўляю", "не пацвярджаю", "не");

    /// <param name="subjectToo">A new mail: the subject of a reply is not its writer's.</param>
    /// <returns>Empty when the mail asks for none.</returns>
    public static IReadOnlyList<AskedChange> Read(string subject, string newText, bool subjectToo)
    {
        List<AskedChange> asked = [];
        if (subjectToo) ReadLine(subject, asked, anywhere: true);
        foreach (var line in newText.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace()) continue;
            if (line.Length > 1000 || !ReadLine(line.ToString(), asked, anywhere: false)) break;
        }

        return asked;
    }

    /// <summary>Whether the first words refuse; a reason may stand below.</summary>
    public static bool Refuses(string newText)
    {
        var text = newText.AsSpan().TrimStart();
        var end = text.IndexOfAny('\n', '.', ',');
        return Refusals.Contains(Vocabulary.Normalise((end < 0 ? text : text[..end])[..Math.Min(100, end < 0 ? text.Length : end)].ToString()));
    }

    /// <returns>Whether the line is about changes.</returns>
    private static bool ReadLine(string line, List<AskedChange> asked, bool anywhere)
    {
        var tags = Tag().Matches(line).Where(tag => Verbs.ContainsKey(Vocabulary.Normalise(tag.Groups["verb"].Value))).ToList();
        if (tags.Count == 0 || !(anywhere || line.AsSpan(0, tags[0].Index).IsWhiteSpace())) return false;
        for (var i = 0; i < tags.Count; i++)
        {
            var begin = tags[i].Index + tags[i].Length;
            var end = i + 1 < tags.Count ? tags[i + 1].Index : line.Length;
            // The name may stand before the address or after it, but not before the tag.
            asked.Add(ReadChange(Verbs[Vocabulary.Normalise(tags[i].Groups["verb"].Value)], line[begin..end]));
        }

        return true;
    }

    private static AskedChange ReadChange(PersonChangeKind kind, string words)
    {
        List<string> addresses = [], name = [];
        string? language = null;
        foreach (var word in words.Split([' ', '\t', '\u00A0', ',', ';', '<', '>', '(', ')', '"', '«', '»', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Contains('@', StringComparison.Ordinal)) addresses.Add(word.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? word[7..] : word.TrimEnd('.', ':'));
            else if (Languages.TryGetValue(Vocabulary.Normalise(word), out var code)) language = code;
            else if (word.Any(char.IsLetter)) name.Add(word);
        }

        // Programs write an address and its link one behind the other.
        addresses = [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase)];
        var full = string.Join(' ', name);
        var isAddress = addresses is [var only] && MailboxAddress.TryParse(only, out var parsed) && (addresses[0] = parsed.Address).Length is > 2 and <= 254;
        return new AskedChange(
            kind, addresses.Count > 0 ? string.Join(", ", addresses.Take(3)) : words.Trim(), isAddress, addresses.Count == 0 || full.Length is 0 or > LongestName ? null : full, language);
    }

    [GeneratedRegex(@"\[(?<verb>[^\[\]]{1,20})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
