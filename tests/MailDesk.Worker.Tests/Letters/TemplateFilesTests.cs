using System.Text.RegularExpressions;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class TemplateFilesTests
{
    [Fact]
    public void Every_language_has_the_same_files()
    {
        var sets = LetterSamples.Languages.Select(Files).ToList();

        Assert.NotEmpty(sets[0]);
        Assert.All(sets, set => Assert.Equal(sets[0], set));
    }

    [Fact]
    public void Every_language_assigns_the_same_words_and_leaves_none_empty()
    {
        var sets = LetterSamples.Languages.Select(language => Shape(File.ReadAllText(Path.Combine(ComposedLetter.TemplateDirectory, language, "words.html")))).ToList();

        Assert.NotEmpty(sets[0]);
        Assert.All(sets, set => Assert.Equal(sets[0], set));
    }

    [Fact]
    public void Every_language_asks_the_same_of_the_letter()
    {
        var languages = LetterSamples.Languages;
        Assert.All(Files(languages[0]), file => Assert.All(languages, language => Assert.Equal(Code(languages[0], file), Code(language, file))));
    }

    private static IReadOnlyList<string> Files(string language)
    {
        var root = Path.Combine(ComposedLetter.TemplateDirectory, language);
        return [.. Directory.EnumerateFiles(root, "*.html", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Names, and how many words each has, empty and in all.</summary>
    private static IReadOnlyList<(string Name, int Empty, int Words)> Shape(string words) =>
        [.. Regex.Matches(words, @"^(?<name>\w+) = (?<words>.+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)
            .Select(m => (m.Groups["name"].Value, m.Groups["words"].Value.Split("''").Length - 1, m.Groups["words"].Value.Count(c => c == '\'') / 2))];

    /// <summary>Sorted, because languages are free to choose the order, and without the words.</summary>
    private static IReadOnlyList<string> Code(string language, string file) =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(ComposedLetter.TemplateDirectory, language, file)), @"\{\{.+?\}\}", RegexOptions.Singleline | RegexOptions.NonBacktracking)
            .Select(m => Regex.Replace(m.Value, "'[^']*'", "''", RegexOptions.NonBacktracking))
            .Order(StringComparer.Ordinal)];
}
