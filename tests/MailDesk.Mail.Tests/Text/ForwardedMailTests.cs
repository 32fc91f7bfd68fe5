using System.Diagnostics;
using System.Text;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class ForwardedMailTests
{
    /// <summary>Forwards as mail programs write them: the text of a mail, or its HTML, and behind a line of equal signs what is forwarded in it.</summary>
    public static TheoryData<string, string> Fixtures()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Text", "forwarded")).Select(file => Path.GetFileName(file)).ToList();
        Assert.True(files.Count >= 40, "the fixtures are missing");
        var data = new TheoryData<string, string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            data.Add(file, "\n");
            data.Add(file, "\r\n");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Who_wrote_what_is_found(string file, string lineEnd)
    {
        var halves = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Text", "forwarded", file)).ReplaceLineEndings("\n").Split("\n=====\n");
        Assert.Equal(2, halves.Length);
        var type = Path.GetExtension(file) is ".html" ? "html" : "plain";
        var message = Mail($"Content-Type: text/{type}; charset=utf-8", "Fwd: Что-то", halves[0].Replace("\n", lineEnd, StringComparison.Ordinal));

        var found = ForwardedMail.Find(message, MessageText.Of(message, []).Body);

        Assert.NotNull(found);
        var sender = found.Sender is { } address ? address.ToString() : $"{found.SenderText} (no address)";
        Assert.Equal(
            halves[1].TrimEnd(),
            $"sender: {sender}\nsubject: {found.Subject}\nto: {string.Join(", ", found.Recipients.Select(r => r.Address))}\n"
                + $"comment: {found.Comment.Replace("\n", "\\n", StringComparison.Ordinal)}\n\n{found.Text}");
        Assert.Same(message, found.Message);
    }

    [Fact]
    public void An_attached_message_is_read_with_all_that_it_has()
    {
        var message = Mail("Content-Type: multipart/mixed; boundary=B", "Почта", """
            --B
            Content-Type: text/plain; charset=utf-8

            Посмотрите.
            --B
            Content-Type: message/rfc822

            From: Анна <anna@client.example>
            To: ivan@desk.example
            Cc: boris@client.example
            Subject: Не работает
            Message-ID: <inner@client.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=C

            --C
            Content-Type: text/plain; charset=utf-8

            Никто не может войти.
            --C
            Content-Type: image/png; name=screen.png
            Content-Disposition: attachment; filename=screen.png

            x
            --C--
            --B--
            """);

        var found = ForwardedMail.Find(message, MessageText.Of(message, []).Body);

        Assert.NotNull(found);
        Assert.Equal("anna@client.example", found.Sender?.Address);
        Assert.Equal(["ivan@desk.example", "boris@client.example"], found.Recipients.Select(r => r.Address));
        Assert.Equal(("Не работает", "Никто не может войти.", "Посмотрите."), (found.Subject, found.Text, found.Comment));
        Assert.Equal("screen.png", Assert.Single(found.Message.Attachments).FileName);
        Assert.Equal("inner@client.example", found.Message.MessageId);
        Assert.Equal((true, 1), (found.IsAttached, found.Attached));
    }

    [Fact]
    public void Of_several_attached_messages_the_number_is_told()
    {
        const string inner = "--B\nContent-Type: message/rfc822\n\nFrom: anna@client.example\n\nx\n";
        var message = Mail("Content-Type: multipart/mixed; boundary=B", "Почта", $"{inner}{inner}--B--\n");
        Assert.Equal(2, ForwardedMail.Find(message, "")?.Attached);
    }

    [Fact]
    public void A_forward_within_a_forward_is_found()
    {
        const string body = "От: Ольга <olga@desk.example>\nОтправлено: 2 ноября 2026 г.\nКому: ivan@desk.example\nТема: Fwd: Почта\n\n"
            + "---------- Forwarded message ---------\nОт: Анна <anna@client.example>\nSubject: Почта\nDate: 2 ноября 2026\n\nНе работает.";
        var outer = ForwardedMail.Find(Mail("Content-Type: text/plain; charset=utf-8", "Fwd: Почта", body), body);
        Assert.Equal("olga@desk.example", outer?.Sender?.Address);
        var inner = outer!.Within();
        Assert.Equal(("anna@client.example", "Не работает."), (inner?.Sender?.Address, inner?.Text));
        Assert.Null(inner!.Within());
    }

    [Theory]
    [InlineData("Почта", "С утра не работает почта.")]
    [InlineData("Re: Почта", "Смотрим.\n\nОт: Анна <anna@client.example>\nОтправлено: 2 ноября 2026 г.\nКому: ivan@desk.example\nТема: Почта\n\nНе работает.")]
    [InlineData("HA: Почта", "---------- Forwarded message ---------\nОт: Анна <anna@client.example>\nSubject: Почта\nDate: 2 ноября 2026\n\nНе работает.")]
    [InlineData("Fwd: Почта", "Begin forwarded message:\n\nС утра не работает почта.")]
    [InlineData("Fwd: Почта", "02.11.2026, 10:15, Анна пишет:\n> Не работает.")]
    [InlineData("", "")]
    public void Where_nothing_is_forwarded_nothing_is_found(string subject, string body) =>
        Assert.Null(ForwardedMail.Find(Mail("Content-Type: text/plain; charset=utf-8", subject, body), body));

    /// <summary>MAIL.md §5: 1 MB of hostile text costs under 50 ms here; ten times that is allowed for a machine that does other things.</summary>
    [Theory]
    [InlineData("---------- Forwarded message ---------\n> x\n")]
    [InlineData("---------- Forwarded message ---------\n")]
    [InlineData("Тема: x;\nКому: y;\n")]
    [InlineData("От: x\n")]
    [InlineData("Дата: 1\nbcc: 2\n\n")]
    [InlineData("---------- Forwarded message ---------\nОт: ")]
    [InlineData("bcc: x\n\n")]
    [InlineData("> ")]
    [InlineData("a@")]
    [InlineData("Forwarded message ----------\n02.11.2026, 10:15, \"")]
    public void Hostile_text_takes_time_in_proportion_to_its_length(string piece)
    {
        var body = new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length).ToString();
        foreach (var text in (string[])[body, $"---------- Forwarded message ---------\nОт: {body}", $"---------- Forwarded message ---------\nОт: a@b.example\nКому: {body}"])
        {
            var message = Mail("Content-Type: text/plain; charset=utf-8", "Fwd: x", "");
            var watch = Stopwatch.StartNew();
            var found = ForwardedMail.Find(message, text);
            for (var depth = 0; found is not null && depth < 5; depth++) found = found.Within();
            Assert.True(watch.ElapsedMilliseconds < 2_000, $"{watch.ElapsedMilliseconds} ms");
        }
    }

    private static MailMessage Mail(string type, string subject, string body) => MimeParser.Parse(Encoding.UTF8.GetBytes(
        $"From: ivan@desk.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n{type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}"));
}
