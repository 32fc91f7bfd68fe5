using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class EveryLetterTests
{
    public static TheoryData<string, string> Samples =>
        [.. LetterSamples.Languages.SelectMany(language => LetterSamples.All(language).Select(sample => (sample.Name, language)))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_letter_reads_back_whole(string name, string language)
    {
        var letter = ComposedLetter.OfSample(name, language);

        Assert.Empty(letter.Message.Defects);
        Assert.Equal(letter.Message.Attachments.Count == 0 ? "multipart/alternative" : "multipart/mixed", letter.Message.Body.ContentType.MediaType);
        Assert.All(letter.WireLines, line => Assert.InRange(line.Length, 0, 998));
        Assert.All(letter.Raw, octet => Assert.InRange(octet, (byte)0, (byte)127));
        Assert.DoesNotContain("{{", letter.Html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", letter.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_letter_begins_with_the_marker_and_ends_with_the_token(string name, string language)
    {
        var sample = LetterSamples.All(language).Single(s => s.Name == name).Letter;
        var lines = new ComposedLetter(sample).Text.TrimEnd().Split('\n');

        Assert.Contains(lines[0], LetterComposer.Markers);
        if (sample.TextToken is { } token) Assert.Equal(token, lines[^1]);
        Assert.Single(lines, line => LetterComposer.Markers.Contains(line.Trim()));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_same_letter_gives_the_same_bytes(string name, string language) =>
        Assert.Equal(ComposedLetter.OfSample(name, language).Raw, ComposedLetter.OfSample(name, language).Raw);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_letter_to_an_engineer_says_first_what_replying_does(string name, string language)
    {
        var sample = LetterSamples.All(language).Single(s => s.Name == name).Letter;
        var second = new ComposedLetter(sample).Text.Split('\n').Skip(1).First(line => line.Length > 0);
        string? hint = sample switch
        {
            { Kind: LetterKind.List or LetterKind.Search or LetterKind.DailyDigest or LetterKind.MonthlyReport } => "#list",
            { Role: LetterRole.Client } or { Ticket: null } => null,
            { HeldReason: null } => "#note",
            _ => "#accept",
        };

        if (hint is null) Assert.DoesNotContain("#", second, StringComparison.Ordinal);
        else Assert.Contains(hint, second, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_letter_has_a_sample_in_every_language() =>
        Assert.All(LetterSamples.Languages, language => Assert.Equal(
            Enum.GetValues<LetterKind>().Order(),
            LetterSamples.All(language).Select(s => s.Letter.Kind).Distinct().Order()));

    [Fact]
    public void Languages_do_not_mix()
    {
        // Letters that one of the languages does not have at all.
        Assert.All(LetterSamples.All("ru"), s => Assert.DoesNotMatch("[іўІЎ]", new ComposedLetter(s.Letter).Text));
        Assert.All(LetterSamples.All("be"), s => Assert.DoesNotMatch("[иИщЩъЪ]", WithoutCommands(new ComposedLetter(s.Letter).Text)));
        Assert.All(LetterSamples.All("en"), s => Assert.DoesNotMatch(@"\p{IsCyrillic}", WithoutCommands(new ComposedLetter(s.Letter).Text)));
    }

    /// <summary>The aliases of commands are Russian in every language.</summary>
    private static string WithoutCommands(string text) => Regex.Replace(text, @"#\w+", "", RegexOptions.NonBacktracking);
}
