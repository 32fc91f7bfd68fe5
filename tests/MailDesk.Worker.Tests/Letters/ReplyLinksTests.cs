using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class ReplyLinksTests
{
    private const string Address = "support+1042.b3v9k7qd2m@desk.example";

    [Theory]
    [InlineData("ru", "Подтверждаю", "Не решено. Что осталось: ", "Пишите ответ выше этой строки")]
    [InlineData("be", "Пацвярджаю", "Не вырашана. Што засталося: ", "Пішыце адказ вышэй за гэты радок")]
    [InlineData("en", "Confirm", "Not solved. What is left: ", "Please reply above this line")]
    public void A_completion_can_be_confirmed_or_refused_by_a_link(string language, string confirm, string notSolved, string marker)
    {
        var links = ComposedLetter.OfSample("completed", language).ReplyLinks;

        Assert.Equal([confirm, notSolved], links.Select(l => l.Body.Split("\r\n")[0]));
        Assert.All(links, link =>
        {
            Assert.Equal(Address, link.Address);
            Assert.StartsWith("Re: [MD-1042] ", link.Subject, StringComparison.Ordinal);
            Assert.Equal(["", marker, "MD-1042·b3v9k7qd2m"], link.Body.Split("\r\n")[1..]);
        });
    }

    [Fact]
    public void An_answer_link_leaves_room_above_the_question()
    {
        var link = Assert.Single(ComposedLetter.OfSample("question", "ru").ReplyLinks);

        Assert.Equal(Address, link.Address);
        Assert.Equal(
            "\r\n\r\nПишите ответ выше этой строки\r\n> Анна, добрый день! В журнале web-2 видно, что база данных отклоняет соединения.…\r\nMD-1042·b3v9k7qd2m",
            link.Body);
    }

    [Fact]
    public void A_link_takes_the_request() =>
        Assert.StartsWith("#take\r\n\r\n", Assert.Single(ComposedLetter.OfSample("new-request", "en").ReplyLinks).Body, StringComparison.Ordinal);

    [Theory]
    [InlineData("completed", "ru", "", "Подтверждаю")]
    [InlineData("completed", "be", "", "Пацвярджаю")]
    [InlineData("completed", "en", "", "Confirm")]
    [InlineData("question", "ru", "Нет, не меняли.", "Нет, не меняли.")]
    [InlineData("new-request", "be", "", "#take")]
    public void What_stands_above_the_marker_is_all_that_the_desk_reads(string name, string language, string typed, string read)
    {
        var body = typed + ComposedLetter.OfSample(name, language).ReplyLinks[0].Body;

        Assert.Equal(new NewText(read, Uncertain: false), QuotationStripper.Strip(body, LetterComposer.Markers));
    }

    [Fact]
    public void Links_stay_short_enough_for_every_mail_program() =>
        Assert.All(LetterSamples.Languages, language =>
        {
            var letter = LetterSamples.All(language).Single(s => s.Name == "question").Letter with { Subject = new string('я', 500), Words = new string('я', 5000) };
            Assert.All(
                Regex.Matches(new ComposedLetter(letter).Html, "mailto:[^\"]+", RegexOptions.NonBacktracking),
                link => Assert.InRange(link.Length, 100, 2000));
        });

    [Theory]
    [InlineData("ru")]
    [InlineData("be")]
    [InlineData("en")]
    public void Every_correction_that_a_letter_offers_is_understood(string language)
    {
        var letter = ComposedLetter.OfSample("registered-correctable", language);
        var lines = letter.ReplyLinks.Select(link => QuotationStripper.Strip(link.Body, LetterComposer.Markers).Text).ToList();
        // Who reads plain text, or answers by hand, writes the words that the letter shows.
        var shown = letter.Text.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal))
            .SelectMany(line => line[2..].Split(':', 2)[1].Split('·').Select(word => $"{line[2..].Split(':', 2)[0]}:{word}"))
            .ToList();

        Assert.Equal(13, lines.Count);
        Assert.Equal(13, shown.Count);
        Assert.All(lines.Concat(shown), line =>
        {
            var claims = new Claims();
            Assert.Equal("", ClaimReader.ReadLines(line, claims).Trim());
            Assert.NotNull(claims.Sources);
        });
        Assert.DoesNotContain("support+1042", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Corrections_stay_short_and_few()
    {
        var letter = ComposedLetter.OfSample("registered-correctable", "ru", l => l with
        {
            Subject = new string('я', 500),
            Services = [.. Enumerable.Range(0, 40).Select(i => $"{new string('ю', 300)} {i}")],
        });

        Assert.Equal(20, letter.ReplyLinks.Count);
        Assert.All(Regex.Matches(letter.Html, "mailto:[^\"]+", RegexOptions.NonBacktracking), link => Assert.InRange(link.Length, 100, 2000));
    }

    [Fact]
    public void Nothing_in_an_address_or_a_subject_adds_to_a_link()
    {
        var link = ComposedLetter.OfSample("question", "ru", l => l with
        {
            Subject = "a&bcc=all@desk.example#x?y=%0d%0a\"><b>",
            ReplyTo = new MailboxAddress(null, "a&b?c=d%e@desk.example"),
        }).ReplyLinks;

        Assert.Equal(("a&b?c=d%e@desk.example", "Re: [MD-1042] a&bcc=all@desk.example#x?y=%0d%0a\"><b>"), (Assert.Single(link).Address, link[0].Subject));
    }
}
