using System.Text;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Intake;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>The whole daemon between real sockets: what people write and what they get.</summary>
public sealed class ConversationTests
{
    private const string Support = "support@desk.example";

    static ConversationTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task A_request_lives_from_the_first_mail_to_the_confirmation(SiteKind kind)
    {
        await using var site = await MailSite.StartAsync(kind);
        using var folder = new DeskFolder(site);
        await using var daemon = await Daemon.StartAsync(folder);
        var (anna, ivan, support) = (new Person(site, "anna@client.example"), new Person(site, "ivan@desk.example"), new Person(site, Support));

        var first = await anna.WriteAsync(Support, "Subject: =?koi8-r?B?7sUg0sHCz9TBxdQg0M/e1ME=?=\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit",
            Encoding.GetEncoding("koi8-r").GetBytes("Здравствуйте!\r\nПочта не открывается с утра.\r\n"));
        var registered = await anna.LetterAsync("the confirmation", letter => letter.InReplyTo.Contains(first));
        Assert.Equal("Re: [MD-1001] Не работает почта", registered.Subject);
        Assert.Equal([first], registered.References);
        AssertSubAddress(registered);
        var notice = await ivan.LetterAsync("the new request", letter => letter.Subject.Contains("[MD-1001]", StringComparison.Ordinal));
        Assert.Contains("Почта не открывается с утра.", notice.TextBody, StringComparison.Ordinal);
        AssertSubAddress(notice);

        var take = await ivan.ReplyAsync(notice, "#take\n\n23.11.2026 10:12, Служба поддержки пишет:\n> Почта не открывается с утра.\n");
        await ivan.LetterAsync("the transcript of #take", letter => letter.InReplyTo.Contains(take));
        var ask = await ivan.ReplyAsync(notice, "#ask\nКакую программу вы используете?\n\n-- \nИван\n");
        await ivan.LetterAsync("the transcript of #ask", letter => letter.InReplyTo.Contains(ask));
        var question = await anna.LetterAsync("the question", letter => letter.TextBody!.Contains("Какую программу", StringComparison.Ordinal));
        Assert.Equal([registered.MessageId!], question.InReplyTo);
        Assert.Equal([first, registered.MessageId!], question.References);
        AssertSubAddress(question);

        var answer = await anna.WriteAsync(question.ReplyTo[0].Address, $"{Person.ReplyHead(question)}\nContent-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: 8bit",
            Encoding.GetEncoding("windows-1251").GetBytes(OutlookReply("Обычный Outlook.", question)));
        var wrote = await ivan.LetterAsync("the client's answer", letter => letter.TextBody!.Contains("Обычный Outlook.", StringComparison.Ordinal));
        Assert.DoesNotContain("Какую программу", wrote.TextBody, StringComparison.Ordinal);

        var done = await ivan.ReplyAsync(wrote, "#done\nСоздайте профиль Outlook заново.\n");
        await ivan.LetterAsync("the transcript of #done", letter => letter.InReplyTo.Contains(done));
        var completed = await anna.LetterAsync("the solution", letter => letter.TextBody!.Contains("Создайте профиль", StringComparison.Ordinal));
        Assert.Equal([answer], completed.InReplyTo);
        Assert.Equal([first, registered.MessageId!, question.MessageId!, answer], completed.References);
        AssertSubAddress(completed);

        var confirmation = await anna.ReplyAsync(completed, "Да, решено. Спасибо!\n");
        var closed = await anna.LetterAsync("the closing letter", letter => letter.InReplyTo.Contains(confirmation));
        Assert.Equal([first, registered.MessageId!, question.MessageId!, answer, completed.MessageId!, confirmation], closed.References);

        await folder.QuietAsync(support, mails: 6);
        Assert.Equal(6, (await support.ReadAsync("MailDesk/Processed")).Count);
        await using var db = folder.Open();
        var ticket = await db.Tickets.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((TicketState.Closed, ClosingReason.ConfirmedByClient), (ticket.State, ticket.ClosingReason));
        Assert.Equal(0, folder.CountInLog(" ERR "));
    }

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task A_mail_of_HTML_alone_reaches_the_engineer_with_its_screenshot(SiteKind kind)
    {
        await using var site = await MailSite.StartAsync(kind);
        using var folder = new DeskFolder(site);
        await using var daemon = await Daemon.StartAsync(folder);
        var screenshot = new byte[50_000];
        new Random(1).NextBytes(screenshot);
        var body = $"""
            --b
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            {Base64("<html><body><p>Ошибка <b>при входе</b>, см. картинку:</p><img src=\"cid:shot@client\"></body></html>"u8)}
            --b
            Content-Type: image/png; name="screen.png"
            Content-ID: <shot@client>
            Content-Disposition: inline; filename="screen.png"
            Content-Transfer-Encoding: base64

            {Base64(screenshot)}
            --b--

            """.ReplaceLineEndings("\r\n");
        await new Person(site, "boris@client.example").WriteAsync(Support, "Subject: login\nContent-Type: multipart/related; boundary=b", Encoding.ASCII.GetBytes(body));

        var notice = await new Person(site, "ivan@desk.example").LetterAsync("the new request", letter => letter.Subject.Contains("login", StringComparison.Ordinal));
        Assert.Contains("Ошибка при входе", notice.TextBody, StringComparison.Ordinal);
        var attachment = Assert.Single(notice.Attachments);
        Assert.Equal("screen.png", attachment.FileName);
        Assert.Equal(screenshot, attachment.Decode());
    }

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task A_wrong_password_is_told_and_tried_again_while_the_other_mailbox_goes_on(SiteKind kind)
    {
        await using var site = await MailSite.StartAsync(kind);
        using var folder = new DeskFolder(site, infoPassword: "wrong");
        await using var daemon = await Daemon.StartAsync(folder);
        var anna = new Person(site, "anna@client.example");

        await Patience.UntilAsync("two refusals in the log", () => folder.CountInLog("127.0.0.1 refuses the password of info@desk.example") >= 2);
        Assert.Contains(kind == SiteKind.Sandbox ? "Wrong name or password" : "Authentication failed", folder.Log(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"wrong\"", folder.Log(), StringComparison.Ordinal);
        var first = await anna.WriteAsync(Support, "Subject: still here", "Is anybody there?\n");
        await anna.LetterAsync("the confirmation", letter => letter.InReplyTo.Contains(first));
    }

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task A_mail_to_both_mailboxes_at_once_is_registered_once(SiteKind kind)
    {
        await using var site = await MailSite.StartAsync(kind);
        using var folder = new DeskFolder(site);
        var anna = new Person(site, "anna@client.example");
        const int mails = 20;
        for (var i = 1; i <= mails; i++)
        {
            var raw = Encoding.ASCII.GetBytes($"From: {anna.Address}\r\nTo: {Support}\r\nCc: info@desk.example\r\nSubject: both {i}\r\nDate: Mon, 23 Nov 2026 10:12:00 +0300\r\nMessage-ID: <both-{i}@client.example>\r\n\r\nHelp.\r\n");
            await anna.SendAsync(Support, raw);
            await anna.SendAsync("info@desk.example", raw);
        }

        await using var daemon = await Daemon.StartAsync(folder);
        await folder.QuietAsync(new Person(site, Support), 2 * mails);
        await using var db = folder.Open();
        Assert.Equal(mails, await db.Tickets.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(mails, await db.Mails.CountAsync(m => m.Kind == MailKind.Duplicate, TestContext.Current.CancellationToken));
    }

    private static void AssertSubAddress(MailMessage letter) => Assert.Matches(@"^support\+1001\.[a-z0-9]+@desk\.example$", Assert.Single(letter.ReplyTo).Address);

    /// <summary>The new words, and below them what Outlook makes of the whole letter that is answered.</summary>
    private static string OutlookReply(string words, MailMessage letter) => $"""
        {words}

        С уважением, Анна

        From: Служба поддержки <{letter.ReplyTo[0].Address}>
        Sent: Monday, November 23, 2026 10:12 AM
        To: anna@client.example
        Subject: {letter.Subject}

        {letter.TextBody}
        """.ReplaceLineEndings("\r\n");

    private static string Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
}
