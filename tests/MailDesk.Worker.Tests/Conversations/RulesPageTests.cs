using System.Text.RegularExpressions;
using MailDesk.TestServers;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>
/// docs/rules.md says for each clause what does it and what proves it. A clause that the page leaves out, that no conversation is named after,
/// or whose code or test is not there under the name that the page gives, fails here.
/// </summary>
public sealed partial class RulesPageTests
{
    /// <summary>The clauses that ask something of the software, as the published rules number them.</summary>
    private static readonly string[] Clauses =
    [
        "2.1", "3.1", "4.1", "4.2", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "5.10", "5.11",
        "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "7.1", "7.2", "7.3", "7.4", "8.1", "8.2", "8.3", "8.4",
    ];

    private static readonly string? Root = Upwards.Find("docs/rules.md", File.Exists) is { } page ? Path.GetDirectoryName(Path.GetDirectoryName(page)) : null;

    public static TheoryData<string> All => [.. Clauses];

    [Theory]
    [MemberData(nameof(All))]
    public void A_clause_has_code_and_a_conversation(string clause)
    {
        var rows = Rows().Where(row => row.Clauses.Contains(clause)).ToList();

        Assert.True(rows.Count > 0, $"docs/rules.md has no row for {clause}");
        Assert.Contains(rows, row => CodeFile().IsMatch(row.Code));
        Assert.True(Conversations().Any(name => name.StartsWith($"{clause}-", StringComparison.Ordinal)), $"tests/conversations has no {clause}-….txt");
    }

    [Fact]
    public void Every_file_that_the_page_names_is_there()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RootOrSkip(), "src"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        var named = Rows().SelectMany(row => CodeFile().Matches(row.Code).Select(match => match.Groups["file"].Value)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, file => Assert.Contains(file, sources));
    }

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var tests = string.Join('\n', Directory.EnumerateFiles(Path.Combine(RootOrSkip(), "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var conversations = Conversations().ToList();
        var named = Rows().SelectMany(row => Quoted().Matches(row.Tests).Select(match => match.Groups["name"].Value)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(
            ConversationName().IsMatch(name)
                ? conversations.Exists(conversation => Regex.IsMatch(conversation, $"^{Regex.Escape(name).Replace("…", ".*", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking))
                : tests.Contains($" {name.Split('.')[^1].TrimEnd('…')}", StringComparison.Ordinal),
            $"there is no {name}"));
    }

    [Fact]
    public void Every_conversation_is_named_after_a_clause_or_a_section_on_mail() =>
        Assert.All(Conversations(), name => Assert.True(
            Clauses.Contains(name[..name.IndexOf('-', StringComparison.Ordinal)]) || Section().IsMatch(name),
            $"{name} begins with no clause that is known"));

    /// <summary>The rows of the page's table: clauses, what is done, code, tests.</summary>
    private static IEnumerable<(string[] Clauses, string Code, string Tests)> Rows() =>
        from line in File.ReadLines(Path.Combine(RootOrSkip(), "docs/rules.md"))
        where line.StartsWith("| ", StringComparison.Ordinal)
        let cells = line.Trim('|', ' ').Split(" | ")
        where cells is [not "clause", _, _, _]
        select (cells[0].Split(", "), cells[2], cells[3]);

    private static IEnumerable<string> Conversations() =>
        Directory.EnumerateFiles(Path.Combine(RootOrSkip(), "tests/conversations"), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file));

    private static string RootOrSkip()
    {
        Assert.SkipWhen(Root is null, "the sources are not here");
        return Root!;
    }

    [GeneratedRegex(@"`([\w/]+/)?(?<file>\w+(\.\w+)*\.cs)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeFile();

    [GeneratedRegex(@"`(?<name>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(\d|mail\d|reports)[^ ]*-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ConversationName();

    [GeneratedRegex("^(mail[1-9]|reports)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();
}
