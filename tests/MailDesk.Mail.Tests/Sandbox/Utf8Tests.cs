using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;

namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>Addresses of other letters (RFC 6531, RFC 6532) from end to end.</summary>
public sealed class Utf8Tests
{
    private const string Anna = "анна@тест.бел";
    private const string OnTheWire = "анна@xn--e1aybc.xn--90ais";

    [Fact]
    public async Task A_letter_to_and_from_an_address_of_other_letters_arrives_as_it_was_written()
    {
        await using var server = await Desk.StartAsync(o => o with { Accounts = [.. o.Accounts, new(Anna, Desk.Password)] });
        var letter = new MessageBuilder
        {
            From = [new("Анна", Anna)],
            To = [new(null, Anna), new("Support", "support@desk.example")],
            Subject = "Привет",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@desk.example",
            Text = "Привет\r\n",
        };
        await using (var smtp = Client(server.SmtpPort, new(Anna, Desk.Password)))
        {
            Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(new(Anna, [Anna, "support@desk.example"]), letter.Build(), CancellationToken.None));
        }

        var delivered = await server.Deliveries.ReadAsync();
        Assert.Equal((OnTheWire, Anna), (delivered.From, delivered.AuthenticatedAs));
        Assert.Equal([OnTheWire, "support@desk.example"], delivered.Recipients);

        await using var imap = await ImapClient.ConnectAsync(
            new("127.0.0.1", server.ImapPort, TlsMode.None), new(Anna, Desk.Password), TimeProvider.System, CancellationToken.None);
        Assert.Equal(1, (await imap.OpenAsync("INBOX", CancellationToken.None)).Exists);
        var raw = Encoding.UTF8.GetString(delivered.Raw.Span);
        Assert.Contains(" with UTF8SMTPA id ", raw, StringComparison.Ordinal); // RFC 6531 §4.3
        Assert.Contains($"Return-Path: <{OnTheWire}>", raw, StringComparison.Ordinal);
        var message = MimeParser.Parse(delivered.Raw);
        Assert.Equal([new("Анна", OnTheWire)], message.From);
        Assert.Equal([new(null, OnTheWire), new("Support", "support@desk.example")], message.To);
        Assert.Equal("Привет", message.Subject);
        Assert.Empty(message.Defects);
    }

    [Fact]
    public async Task A_recipient_of_other_letters_needs_SMTPUTF8_of_its_sender()
    {
        await using var server = await Desk.StartAsync(o => o with { Accounts = [.. o.Accounts, new(Anna, Desk.Password)] });
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        var recipient = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"RCPT TO:<{Anna}>"));
        await smtp.AskAsync("MAIL FROM:<a@b.example>", "250");
        await smtp.AskAsync(recipient, "553 5.6.7");
        await smtp.AskAsync("RSET", "250");
        await smtp.AskAsync("MAIL FROM:<a@b.example> SMTPUTF8=yes", "501 5.5.4");
        await smtp.AskAsync("MAIL FROM:<a@b.example> SMTPUTF8", "250");
        await smtp.AskAsync(recipient, "250 2.1.5");
    }

    [Fact]
    public async Task A_domain_that_is_none_is_nobodys()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<a@b.example> SMTPUTF8", "250");
        await smtp.AskAsync(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("RCPT TO:<a@..бел>")), "550 5.1.1");
        await smtp.AskAsync("NOOP", "250");
    }

    private static SmtpClient Client(int port, MailCredentials who) =>
        new(new SmtpOptions { Endpoint = new("127.0.0.1", port, TlsMode.None), Credentials = who, HeloName = "desk.example" }, TimeProvider.System);
}
