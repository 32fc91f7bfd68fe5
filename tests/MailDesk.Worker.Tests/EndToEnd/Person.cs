using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>Somebody with a mailbox, who writes by SMTP and reads by IMAP as any mail program does.</summary>
internal sealed class Person(MailSite site, string address)
{
    private readonly MailCredentials _account = new(address, MailSite.Password);
    private int _written;

    public string Address => address;

    /// <summary>Sends a mail under the person's own name, with what its head lacks to be one.</summary>
    /// <param name="head">Header lines such as Subject, without From, Date and Message-ID.</param>
    /// <param name="body">As it goes over the wire.</param>
    /// <returns>The Message-ID, without its angle brackets.</returns>
    public async Task<string> WriteAsync(string to, string head, byte[] body)
    {
        var id = $"{++_written}.{address}";
        var date = MailDate.Format(TimeProvider.System.GetUtcNow());
        var lines = $"From: {address}\r\nTo: {to}\r\nDate: {date}\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n{head.ReplaceLineEndings("\r\n")}\r\n\r\n";
        await SendAsync(to, (byte[])[.. Encoding.ASCII.GetBytes(lines), .. body]);
        return id;
    }

    public Task<string> WriteAsync(string to, string head, string body) =>
        WriteAsync(to, $"{head}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));

    /// <summary>Answers as a mail program does: to Reply-To, in the thread (RFC 5322 §3.6.4).</summary>
    public Task<string> ReplyAsync(MailMessage letter, string body) => WriteAsync(letter.ReplyTo[0].Address, ReplyHead(letter), body);

    public static string ReplyHead(MailMessage letter) =>
        $"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(letter.Subject))}?=\nIn-Reply-To: <{letter.MessageId}>\n"
        + $"References: {string.Join("\n ", letter.References.Append(letter.MessageId!).Select(id => $"<{id}>"))}";

    public async Task SendAsync(string to, ReadOnlyMemory<byte> raw)
    {
        await using var smtp = new SmtpClient(new SmtpOptions { Endpoint = site.Smtp, Credentials = _account, HeloName = "localhost" }, TimeProvider.System);
        var result = await smtp.SendAsync(new MailEnvelope(address, [to]), raw, TestContext.Current.CancellationToken);
        Assert.IsType<SendResult.Accepted>(result);
    }

    /// <summary>The first letter in the inbox that is meant; waits for it.</summary>
    public async Task<MailMessage> LetterAsync(string what, Func<MailMessage, bool> isMeant)
    {
        MailMessage? found = null;
        await Patience.UntilAsync($"{address} gets {what}", async () => (found = (await ReadAsync("INBOX")).Find(letter => isMeant(letter))) is not null);
        return found!;
    }

    public async Task<List<MailMessage>> ReadAsync(string folder)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var session = await ImapClient.ConnectAsync(site.Imap, _account, TimeProvider.System, cancellationToken);
        await session.OpenAsync(folder, cancellationToken);
        List<MailMessage> messages = [];
        await foreach (var message in session.FetchAsync(await session.ListAsync(1, cancellationToken), cancellationToken)) messages.Add(MimeParser.Parse(message.Raw));
        return messages;
    }
}
