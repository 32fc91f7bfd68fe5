using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class FormatFlowedTests
{
    [Theory]
    [InlineData("One line \nof text.\nNext", "One line of text.\nNext")]
    [InlineData("One line \r\nof text.\r\nNext", "One line of text.\nNext")]
    [InlineData(">> deep \n>> er\n> less", ">> deep er\n> less")]
    [InlineData("> quoted \nnot joined", "> quoted \nnot joined")]
    [InlineData(" >stuffed\n From here", ">stuffed\nFrom here")]
    [InlineData("text \n-- \nAnna", "text \n-- \nAnna")]
    [InlineData("> text\n> -- \n> Anna", "> text\n> -- \n> Anna")]
    [InlineData("", "")]
    public void A_line_that_ends_with_a_space_goes_on(string encoded, string text) => Assert.Equal(text, FormatFlowed.Decode(encoded, delSp: false));

    [Fact]
    public void With_DelSp_the_last_space_is_no_text() =>
        Assert.Equal("日本語テスト word wrap", FormatFlowed.Decode("日本語 \nテスト  \nword  \nwrap", delSp: true));

    [Theory]
    [InlineData("one two three four", "one two \nthree four")]
    [InlineData("unbreakablewordoftwentychars x", "unbreakablewordoftwentychars \nx")]
    [InlineData(" indented", "  indented")]
    [InlineData("From Minsk", " From Minsk")]
    [InlineData("> quoted line here", "> quoted \n> line here")]
    [InlineData("trailing  ", "trailing")]
    [InlineData("-- \nAnna", "-- \nAnna")]
    [InlineData("", "")]
    public void Long_lines_are_wrapped_softly_at_spaces(string text, string encoded) => Assert.Equal(encoded, FormatFlowed.Encode(text, 12));

    [Theory]
    [InlineData("")]
    [InlineData(" some words that are too long for a line")]
    public void Lines_quoted_deeper_than_a_line_is_wide_are_not_wrapped(string words)
    {
        var text = new string('>', 100) + words;
        Assert.Equal(text, FormatFlowed.Encode(text));
    }

    [Fact]
    public void What_was_encoded_decodes_to_itself_in_lines_of_76()
    {
        string[] words = ["слово", "a", "From", ">", "--", "https://example.org/a/very/long/path/that/is/longer/than/any/line/should/be/in/a/mail", "x  y", "日本語", ">>"];
        var random = new Random(5);
        for (var round = 0; round < 1000; round++)
        {
            var text = string.Join('\n', Enumerable.Range(0, 4).Select(_ => Line(words, random)));
            var encoded = FormatFlowed.Encode(text);
            Assert.Equal(text, FormatFlowed.Decode(encoded, delSp: false));
            Assert.All(encoded.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 76 || !line.Trim(' ', '>', '-').Contains(' '), line));
        }
    }

    private static string Line(string[] words, Random random)
    {
        var line = string.Join(' ', Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
        return line.StartsWith('>') ? ("> " + line.TrimStart('>', ' ')).TrimEnd() : line;
    }
}
