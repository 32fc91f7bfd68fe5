using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class MessageBuilderTests
{
    private static readonly DateTimeOffset Monday = new(2026, 10, 5, 14, 0, 0, TimeSpan.FromHours(3));

    internal static MessageBuilder Letter(string? text = "Здравствуйте!\r\n", string? html = null, params OutgoingAttachment[] attachments) => new()
    {
        From = [new("Служба поддержки", "support@desk.example")],
        To = [new("Иванов, Иван \"Ваня\"", "ivan@client.example"), new(null, "two@client.example"), new("O'Neil, Pat", "pat@client.example")],
        Cc = [new("Ann", "ann@client.example")],
        ReplyTo = [new(null, "support+1042.k7@desk.example")],
        Subject = "Re: [MD-1042] Не работает почта с самого утра, и это очень длинная тема, которая не помещается в одну строку",
        Date = Monday,
        MessageId = "1042.k7.b3v9@desk.example",
        InReplyTo = ["a@client.example"],
        References = [.. Enumerable.Range(0, 12).Select(i => $"a-rather-long-identifier-{i}@client.example")],
        ExtraHeaders = [("Auto-Submitted", "auto-replied"), ("X-Note", "ü")],
        Text = text,
        Html = html,
        Attachments = attachments,
    };

    public static TheoryData<string, string?> Texts => new()
    {
        { "", null },
        { "plain", "<p>html</p>" },
        { "Здравствуйте!\r\n\r\nНомер обращения: 1042.\r\n", "<p>Здравствуйте!</p>\r\n" },
        { new string('x', 3000), new string('ы', 3000) },
        { "From here\r\n.\r\ntrailing blanks  \r\n=?utf-8?Q?x?= == \t\r\n", null },
        { "\u0001 control \u007f and 😀\r\n", null },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_written_is_read_back(string text, string? html)
    {
        byte[] picture = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        OutgoingAttachment[] attachments =
        [
            new("снимок экрана, очень длинное имя файла с пробелами и номером 123456789.png", "image/png", picture),
            new("a \"quoted\" name.txt", "text/plain", "LF only\n"u8.ToArray()),
            new(null, "message/rfc822", "Subject: inner\n\nbody\n"u8.ToArray()),
            new("logo.png", "image/png", picture, "logo@desk.example"),
        ];
        var letter = Letter(text, html, attachments);
        var raw = letter.Build();
        var message = MimeParser.Parse(raw);

        Assert.Equal(letter.From, message.From);
        Assert.Equal(letter.To, message.To);
        Assert.Equal(letter.Cc, message.Cc);
        Assert.Equal(letter.ReplyTo, message.ReplyTo);
        Assert.Equal(letter.Subject, message.Subject);
        Assert.Equal(letter.Date, message.Date);
        Assert.Equal(letter.MessageId, message.MessageId);
        Assert.Equal(letter.InReplyTo, message.InReplyTo);
        Assert.Equal(letter.References, message.References);
        Assert.Equal("ü", message.Headers["X-Note"]);
        Assert.Equal(text, message.Parts[0].DecodeText());
        Assert.Equal(html, message.HtmlBody);
        Assert.Equal(attachments.Select(a => a.FileName).Order(), message.Attachments.Select(a => a.FileName).Order());
        foreach (var written in attachments.Where(a => a.ContentType != "message/rfc822"))
        {
            Assert.Equal(written.Content.ToArray(), message.Attachments.Single(a => a.FileName == written.FileName).Decode());
        }

        Assert.Equal("inner", message.Parts.Single(p => p.ContentType.IsMessage).ParseMessage().Subject);
        Assert.Empty(message.Defects);
        Assert.True(Ascii.IsValid(raw));
        Assert.All(Lines(raw), l => Assert.InRange(l.Length, 0, 998));
        Assert.All(Lines(raw).TakeWhile(l => l.Length > 0), l => Assert.InRange(l.Length, 0, 78));
        Assert.DoesNotContain("\n", Encoding.ASCII.GetString(raw).Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_letter_gives_the_same_octets() => Assert.Equal(Letter("a", "b").Build(), Letter("a", "b").Build());

    [Fact]
    public void Another_letter_has_other_boundaries()
    {
        var first = MimeParser.Parse(Letter("a", "b").Build()).Body.ContentType["boundary"];
        var second = MimeParser.Parse(new MessageBuilder { From = [new(null, "a@b.c")], Date = Monday, MessageId = "x@y", Text = "a", Html = "b" }.Build()).Body.ContentType["boundary"];
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("x\r\nBcc: evil@example.org")]
    [InlineData("x\nBcc: evil@example.org")]
    [InlineData("x\r\n\r\nbody")]
    [InlineData("x\0\u0085\u2028y")]
    public void No_text_value_can_add_a_header(string value)
    {
        var message = MimeParser.Parse(new MessageBuilder
        {
            From = [new(value, "a@desk.example")],
            Date = Monday,
            MessageId = "x@y",
            Subject = value,
            ExtraHeaders = [("X-A", value)],
            Text = "t",
            Attachments = [new(value, "text/plain", default)],
        }.Build());
        Assert.False(message.Headers.Contains("Bcc"));
        Assert.Equal(["From", "Subject", "Date", "Message-ID", "X-A", "MIME-Version", "Content-Type"], message.Headers.Select(h => h.Name));
        Assert.StartsWith("x", message.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@b\r\nBcc: c@d", "x@y", "X-A")]
    [InlineData("a@b>, <c@d", "x@y", "X-A")]
    [InlineData("a b@c", "x@y", "X-A")]
    [InlineData("no-at-sign", "x@y", "X-A")]
    [InlineData("a@b", "x@y>\r\nBcc: c@d", "X-A")]
    [InlineData("a@b", "", "X-A")]
    [InlineData("a@b", "x@y", "X-A: b\r\nBcc")]
    [InlineData("a@b", "x@y", "")]
    public void What_cannot_be_written_safely_is_refused(string address, string messageId, string header)
    {
        var letter = new MessageBuilder { From = [new(null, address)], Date = Monday, MessageId = messageId, ExtraHeaders = [(header, "v")] };
        Assert.Throws<ArgumentException>(() => letter.Build());
    }

    [Fact]
    public void A_domain_is_written_in_ascii()
    {
        var letter = new MessageBuilder { From = [new(null, "a@пример.бел")], Date = Monday, MessageId = "x@y" };
        Assert.Equal("a@xn--e1afmkfd.xn--90ais", Assert.Single(MimeParser.Parse(letter.Build()).From).Address);
    }

    [Fact]
    public void Every_field_is_written_with_a_space_after_its_colon()
    {
        var lines = Lines(Letter("text", "<p>text</p>", new OutgoingAttachment("a.bin", "application/octet-stream", new byte[] { 1 })).Build());
        Assert.All(
            lines.Where(line => line.StartsWith("Date", StringComparison.Ordinal) || line.Contains("MIME-", StringComparison.Ordinal) || line.StartsWith("Content-", StringComparison.Ordinal)),
            line => Assert.Matches("^[A-Za-z-]+: [^ ]", line));
    }

    [Fact]
    public void A_date_is_written_as_the_RFC_has_it() => Assert.Equal("Mon, 05 Oct 2026 14:00:00 +0300", MailDate.Format(Monday));

    private static string[] Lines(byte[] raw) => Encoding.ASCII.GetString(raw).Split("\r\n");
}
