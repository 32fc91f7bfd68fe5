using MailDesk.Mail.Mime;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class HostileLetterTests
{
    private const string Markup = "<script>alert(1)</script><img src=x onerror=alert(1)> \"' {{ ticket }} & </div>";

    public static TheoryData<string> Names => [.. LetterSamples.All("ru").Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Words_of_strangers_are_shown_and_never_become_markup(string name)
    {
        var letter = ComposedLetter.OfSample(name, "ru", Poisoned);

        Assert.DoesNotContain("<script", letter.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", letter.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<[^>]+\\sonerror", letter.Html);
        Assert.Equal(ComposedLetter.OfSample(name, "ru").Html.Split("</div>").Length, letter.Html.Split("</div>").Length);
    }

    [Theory]
    [InlineData("сбой\r\nBcc: all@desk.example")]
    [InlineData("сбой\nBcc: all@desk.example\n\nтело")]
    [InlineData("сбой\r\n\r\nBcc: all@desk.example")]
    [InlineData("crash\rBcc: all@desk.example")]
    [InlineData("crash\u2028Bcc: all@desk.example\u0085X: y\0")]
    public void No_value_adds_a_header(string value)
    {
        var clean = ComposedLetter.OfSample("registered", "ru");
        var letter = ComposedLetter.OfSample("registered", "ru", l => l with
        {
            Subject = value,
            To = new MailboxAddress(value, l.To.Address),
            From = new MailboxAddress(value, l.From.Address),
            InReplyTo = value,
            References = [value, "good@client.example"],
            Author = value,
            Attachments = [new("a.txt\r\nBcc: all@desk.example", "text/plain\r\nBcc: all@desk.example", new byte[3])],
        });

        Assert.Null(letter.Message.Headers["Bcc"]);
        Assert.DoesNotContain(letter.WireLines, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["good@client.example"], letter.Message.References);
        Assert.Equal(clean.Message.Headers.Select(h => h.Name).Except(["In-Reply-To"]), letter.Message.Headers.Select(h => h.Name));
    }

    [Fact]
    public void A_subject_cannot_turn_the_direction_of_writing_or_grow_without_bound()
    {
        var letter = ComposedLetter.OfSample("registered", "ru", l => l with { Subject = "\u202Eотчёт\u2066 " + new string('я', 5000) });

        Assert.StartsWith("Re: [MD-1042] отчёт яяя", letter.Message.Subject, StringComparison.Ordinal);
        Assert.EndsWith("…", letter.Message.Subject, StringComparison.Ordinal);
        Assert.InRange(letter.Message.Subject.Length, 100, 220);
    }

    [Fact]
    public void A_strangers_subject_and_text_are_not_repeated()
    {
        var letter = ComposedLetter.OfSample("not-authorised", "ru", l => l with { Subject = "Купите слона", Words = "слоны оптом", Author = "Слонов" });

        Assert.Equal("Ваше письмо в службу поддержки", letter.Message.Subject);
        Assert.DoesNotContain("слон", letter.Text + letter.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_megabyte_of_lines_and_half_characters_is_composed()
    {
        var words = string.Concat(Enumerable.Repeat("строка \ud83d с половиной знака и https://example.org/a(b).\r\n", 20_000));
        var letter = ComposedLetter.OfSample("client-wrote", "ru", l => l with { Words = words });

        Assert.All(letter.WireLines, line => Assert.InRange(line.Length, 0, 998));
        Assert.Equal(20_000, letter.Text.Split('\n').Count(line => line.StartsWith("строка", StringComparison.Ordinal)));
    }

    private static Letter Poisoned(Letter letter) => letter with
    {
        Subject = Markup,
        To = new MailboxAddress(Markup, letter.To.Address),
        Tag = letter.Tag is null ? null : "MD-1042",
        TextToken = Markup,
        Words = letter.Words is null ? null : Markup,
        Author = letter.Author is null ? null : Markup,
        Reason = letter.Reason is null ? null : Markup,
        DeliveredBy = letter.DeliveredBy is null ? null : Markup,
        ClosedNumber = letter.ClosedNumber is null ? null : Markup,
        ActionsDone = [.. letter.ActionsDone.Select(a => a with { Engineer = Markup })],
        Transcript = [.. letter.Transcript.Select(t => t with { Command = Markup, Suggestion = Markup, Explanation = Markup })],
        Ticket = letter.Ticket is null ? null : letter.Ticket with
        {
            Number = Markup,
            Client = Markup,
            Service = Markup,
            Requester = Markup,
            Engineer = Markup,
        },
    };
}
