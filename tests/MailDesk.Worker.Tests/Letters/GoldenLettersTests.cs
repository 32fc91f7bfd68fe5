using System.Text;

namespace MailDesk.Worker.Tests.Letters;

/// <summary>
/// The text parts of letters as a person reads them. After a deliberate change of words, run the tests with MAILDESK_WRITE_GOLDEN=1 and read
/// the difference.
/// </summary>
public sealed class GoldenLettersTests
{
    private static readonly string[] Names =
    [
        "registered-incomplete", "not-authorised", "question", "completed", "completed-without-answer", "priority-changed",
        "split", "merged", "transcript-meanwhile",
        "new-request", "objection", "transcript-failed", "help",
        "complaint-registered-about", "complaint-registered-moved", "complaint-progress", "complaint-progress-promised", "complaint-answered", "date-promised",
        "registered-planned-work", "new-complaint", "deadline-missed-complaint", "third-party-reminder",
        "held-sender", "held-sender-in-request", "person-change-to-confirm", "person-change-decided", "person-change-impossible",
        "too-large-size", "over-limit-in-a-request", "unprocessable", "undelivered",
        "history-in-part", "client-help", "registered-correctable", "corrected-in-vain", "client-corrected", "client-wrote-joined",
        "complaint-question", "complaint-reminder", "complaint-answer", "complaint-third-party", "complaint-merged", "complaint-completed-without-answer",
        "list", "search", "daily-digest", "monthly-report", "monthly-report-empty",
    ];

    public static TheoryData<string, string> Letters => [.. new[] { "ru", "be", "en" }.SelectMany(language => Names.Select(name => (name, language)))];

    [Theory]
    [MemberData(nameof(Letters))]
    public void A_letter_reads_well_as_text(string name, string language)
    {
        var file = Path.Combine(GoldenDirectory, $"{name}.{language}.txt");
        var text = ComposedLetter.OfSample(name, language).Message.TextBody!.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("MAILDESK_WRITE_GOLDEN") == "1") File.WriteAllText(file, text, new UTF8Encoding(false));

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Every_golden_letter_is_compared() =>
        Assert.Equal(Letters.Count, Directory.EnumerateFiles(GoldenDirectory, "*.txt").Count());

    private static string GoldenDirectory
    {
        get
        {
            const string Here = "tests/MailDesk.Worker.Tests/Letters/golden";
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (directory is not null && !Directory.Exists(Path.Combine(directory.FullName, Here))) directory = directory.Parent;
            Assert.SkipWhen(directory is null, "the golden letters are beside the sources, and these are not here");
            return Path.Combine(directory.FullName, Here);
        }
    }
}
