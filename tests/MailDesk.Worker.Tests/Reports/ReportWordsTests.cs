using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.Tests.Reports;

public sealed class ReportWordsTests
{
    public static TheoryData<string> Languages => [.. LetterSamples.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_value_has_words(string language)
    {
        var words = ReportWords.Of(language);

        Assert.All(Enum.GetValues<Outcome>(), outcome => Assert.NotEmpty(words.Outcomes[outcome]));
        AssertWords<ClosingReason>(words.ClosingReasons, 0);
        AssertWords<TicketState>(words.States, 0);
        AssertWords<Category>(words.Categories, 0);
        AssertWords<Priority>(words.Priorities, 1);
        AssertWords<LevelVerdict>(words.Verdicts, 1);
        AssertWords<MissedTerm>(words.Terms, 0);
    }

    /// <param name="empty">How many at the beginning stand for nothing.</param>
    private static void AssertWords<T>(IReadOnlyList<string> words, int empty)
        where T : struct, Enum
    {
        Assert.Equal(Enum.GetValues<T>().Max(value => Convert.ToInt32(value, null)) + 1, words.Count);
        Assert.All(words.Skip(empty), Assert.NotEmpty);
        Assert.Distinct(words);
    }
}
