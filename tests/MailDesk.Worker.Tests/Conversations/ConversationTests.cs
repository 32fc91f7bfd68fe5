using System.Text.RegularExpressions;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>Plays the files of tests/conversations: each proves the clause that its name begins with.</summary>
public sealed partial class ConversationTests
{
    public static IEnumerable<TheoryDataRow<string>> Files =>
        Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string>(Path.GetFileName(file)) { TestDisplayName = Title(file) });

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_desk_answers_as_the_conversation_tells(string file)
    {
        var steps = ConversationReader.Read(await File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken));
        var settings = steps.OfType<Step.Setting>().Select(setting => (setting.Key, setting.Value)).ToArray();
        var start = Assert.IsType<Step.Moment>(steps[settings.Length]).At;
        await using var desk = new TestDesk(start, settings);

        await new ConversationPlayer(desk).PlayAsync(steps.Skip(settings.Length).ToList());
    }

    [Fact]
    public void There_are_conversations_and_each_is_named_after_its_clause()
    {
        var files = Directory.GetFiles(Folder, "*.txt");

        Assert.True(files.Length > 50, $"{files.Length} conversations");
        Assert.All(files, file => Assert.Matches(Name(), Path.GetFileName(file)));
        Assert.All(files, file => Assert.StartsWith($"# {Path.GetFileName(file).Split('-')[0]} ", File.ReadAllText(file), StringComparison.Ordinal));
    }

    /// <summary>The sentence that the file begins with.</summary>
    private static string Title(string file) => File.ReadLines(file).First().TrimStart('#', ' ');

    /// <summary>A file that stands beside the conversations.</summary>
    internal static string PathOf(string name) => Path.Combine(Folder, name);

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "conversations");

    /// <summary>A clause of RULES ("7.2"), its section on reports, or a section of MAIL ("mail6"), then what happens.</summary>
    [GeneratedRegex(@"^(\d(\.\d+)?|mail\d|reports)-[a-z0-9-]+\.txt$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
