using System.Collections.Frozen;
using System.Text;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Commands;

/// <summary>
/// Reads the block of commands at the very top of an engineer's new text (MAIL.md §6): lines that begin with #, one command each, up to the
/// first other line that is not blank. Nothing below that line is a command. A line that is wrong is returned with what would be right;
/// deciding that nothing is done then belongs to the caller.
/// </summary>
public sealed class CommandParser(DeskDirectory directory)
{
    private static readonly FrozenDictionary<string, string> Verbs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["take"] = "take",
        ["взять"] = "take",
        ["assign"] = "assign",
        ["назначить"] = "assign",
        ["reply"] = "reply",
        ["ответ"] = "reply",
        ["ask"] = "ask",
        ["вопрос"] = "ask",
        ["note"] = "note",
        ["заметка"] = "note",
        ["done"] = "done",
        ["готово"] = "done",
        ["priority"] = "priority",
        ["приоритет"] = "priority",
        ["category"] = "category",
        ["категория"] = "category",
        ["help"] = "help",
        ["помощь"] = "help",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="text">Lines end with LF. What is below the block stays as it was written.</param>
    public CommandBlock Parse(string text)
    {
        List<CommandLineRead> lines = [];
        var position = 0;
        while (position < text.Length)
        {
            var end = text.IndexOf('\n', position);
            var line = Clean(text.AsSpan(position, (end < 0 ? text.Length : end) - position)).Trim();
            if (line.Length > 0 && line[0] != '#') break;
            if (line.Length > 0) lines.Add(Read(line));
            position = end < 0 ? text.Length : end + 1;
        }

        return CheckText(new CommandBlock(lines, text[position..].Trim()));
    }

    private CommandLineRead Read(string line)
    {
        var body = line[1..].TrimStart();
        var space = body.AsSpan().IndexOfAny(' ', '\t');
        var verb = Vocabulary.Normalise(space < 0 ? body : body[..space]).TrimEnd(':');
        var argument = space < 0 ? "" : body[space..].Trim();
        if (!Verbs.TryGetValue(verb, out var command))
        {
            var suggestion = InOneScript(verb).FirstOrDefault(Verbs.ContainsKey) ?? Nearest(verb, Verbs.Keys);
            return Wrong(line, MixesScripts(verb) ? TranscriptMeaning.MixedScripts : TranscriptMeaning.UnknownCommand, suggestion is null ? "#help" : $"#{suggestion}");
        }

        return command switch
        {
            "assign" => ReadAssign(line, argument),
            "done" => ReadDone(line, argument),
            "priority" => ReadPriority(line, argument),
            "category" => ReadCategory(line, argument),
            _ when argument.Length > 0 => Wrong(line, TranscriptMeaning.ArgumentInvalid, $"#{verb}"),
            "take" => new(line, new DeskCommand.Take()),
            "reply" => new(line, new DeskCommand.Reply()),
            "ask" => new(line, new DeskCommand.Ask()),
            "note" => new(line, new DeskCommand.Note()),
            _ => new(line, new DeskCommand.Help()),
        };
    }

    /// <summary>Takes an address, or a name as far as it names one engineer only.</summary>
    private CommandLineRead ReadAssign(string line, string argument)
    {
        var example = $"#assign {directory.Engineers[0].Address}";
        if (argument.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, example);
        var address = MailboxAddress.TryParse(argument, out var mailbox) ? mailbox.Address : argument;
        if (directory.FindEngineer(address) is { } engineer) return new(line, new DeskCommand.Assign(engineer));

        var named = directory.Engineers.Where(e => e.Name.Contains(argument, StringComparison.OrdinalIgnoreCase)
            || e.Address.StartsWith($"{argument}@", StringComparison.OrdinalIgnoreCase)).ToList();
        if (named is [var only]) return new(line, new DeskCommand.Assign(only));
        var nearest = Nearest(address, directory.Engineers.SelectMany(e => e.Addresses));
        return Wrong(line, TranscriptMeaning.UnknownEngineer, nearest is null ? example : $"#assign {nearest}");
    }

    private static CommandLineRead ReadDone(string line, string argument)
    {
        var words = Vocabulary.Normalise(argument);
        foreach (var prefix in (ReadOnlySpan<string>)["by ", "по "])
        {
            if (words.StartsWith(prefix, StringComparison.Ordinal)) return new(line, new DeskCommand.Done(MeansOf(words[prefix.Length..].Trim())));
        }

        return words.Length == 0 ? new(line, new DeskCommand.Done(null)) : Wrong(line, TranscriptMeaning.ArgumentInvalid, "#done by phone");
    }

    /// <summary>The letters have words of their own for the phone; any other means is told as it was written.</summary>
    private static string MeansOf(string words) => words is "телефону" or "телефоне" or "phone" or "telephone" ? "phone" : words;

    private static CommandLineRead ReadPriority(string line, string argument)
    {
        var space = argument.AsSpan().IndexOfAny(' ', '\t');
        var value = space < 0 ? argument : argument[..space];
        if (value.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, "#priority 2");
        return Vocabulary.FindPriority(value) is { } priority
            ? new(line, new DeskCommand.SetPriority(priority, space < 0 ? null : argument[space..].Trim()))
            : Wrong(line, TranscriptMeaning.ArgumentInvalid, "#priority 1 … #priority 5");
    }

    private static CommandLineRead ReadCategory(string line, string argument)
    {
        const string right = "#category incident | support | change | service | service-start";
        if (argument.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, right);
        if (Vocabulary.IsServiceStart(argument)) return new(line, new DeskCommand.SetCategory(Category.ServiceChange, StartsService: true));
        return Vocabulary.FindCategory(argument) is { } category
            ? new(line, new DeskCommand.SetCategory(category, StartsService: false))
            : Wrong(line, TranscriptMeaning.ArgumentInvalid, right);
    }

    private static CommandBlock CheckText(CommandBlock block)
    {
        var users = 0;
        List<CommandLineRead> lines = [];
        foreach (var line in block.Lines)
        {
            var usesText = line.Command?.UsesText == true;
            if (usesText) users++;
            var error = !usesText ? null
                : users > 1 ? new CommandError(TranscriptMeaning.Contradiction)
                : block.Text.Length == 0 && line.Command is not DeskCommand.Done ? new CommandError(TranscriptMeaning.TextMissing)
                : null;
            lines.Add(error is null ? line : line with { Error = error });
        }

        return block with { Lines = lines };
    }

    private static CommandLineRead Wrong(string line, TranscriptMeaning meaning, string? suggestion) => new(line, null, new CommandError(meaning, suggestion));

    /// <summary>A line without what programs put into it: NBSP to space, zero-width characters and BOM away, smart dashes and quotes to plain ones.</summary>
    private static string Clean(ReadOnlySpan<char> line)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            switch (c)
            {
                case '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD' or '\r': break;
                case '\u00A0' or '\u202F' or '\u2007': clean.Append(' '); break;
                case '＃': clean.Append('#'); break;
                case >= '\u2010' and <= '\u2015' or '\u2212': clean.Append('-'); break;
                case '\u2018' or '\u2019': clean.Append('\''); break;
                case '\u201C' or '\u201D' or '\u201E' or '«' or '»': clean.Append('"'); break;
                default: clean.Append(c); break;
            }
        }

        return clean.ToString();
    }

    private static bool MixesScripts(string word) => word.Any(char.IsAsciiLetter) && word.Any(IsCyrillic);

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u04FF';

    /// <summary>The word in Latin letters and in Cyrillic ones, as far as letters look alike.</summary>
    private static IEnumerable<string> InOneScript(string word)
    {
        const string latin = "aeopcyxktmhb", cyrillic = "аеорсухктмнв";
        yield return Fold(word, cyrillic, latin);
        yield return Fold(word, latin, cyrillic);
    }

    private static string Fold(string word, string from, string to) =>
        string.Concat(word.Select(c => from.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? to[at] : c));

    private static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 60) return null;
        var (nearest, distance) = candidates.Select(candidate => (candidate, Distance(word, candidate))).MinBy(pair => pair.Item2);
        return distance <= (word.Length < 4 ? 1 : Math.Max(2, word.Length / 3)) ? nearest : null;
    }

    /// <summary>Levenshtein's distance: how many letters must be changed, added or left out.</summary>
    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[Math.Min(right.Length, 100) + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
