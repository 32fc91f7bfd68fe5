using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>Tokens from end to end: the desk's own clients against the sandbox, and what the sandbox says to others.</summary>
public sealed class TokenTests
{
    private const string User = "support@desk.example";

    [Theory]
    [InlineData("open", 1)]
    [InlineData("expired", 2)]
    public async Task Both_protocols_log_in_with_a_token(string first, int asked)
    {
        await using var server = await Desk.StartAsync(o => o with { Token = "open" });
        var tokens = new Tokens(first, "open");
        await using var imap = await ImapClient.ConnectAsync(new("localhost", server.ImapPort, TlsMode.None), new(User, tokens), TimeProvider.System, CancellationToken.None);
        Assert.Equal(0, (await imap.OpenAsync("INBOX", CancellationToken.None)).Exists);
        Assert.Equal(asked, tokens.Refused.Count);

        tokens = new Tokens(first, "open");
        await using var smtp = new SmtpClient(
            new() { Endpoint = new("localhost", server.SmtpPort, TlsMode.None), Credentials = new(User, tokens), HeloName = "desk.example" }, TimeProvider.System);
        Assert.IsType<SendResult.Accepted>(await smtp.SendAsync(new(User, [User]), "From: support@desk.example\r\nSubject: x\r\n\r\n"u8.ToArray(), CancellationToken.None));
        Assert.Equal(asked, tokens.Refused.Count);
        Assert.Contains("dmarc=pass", await server.NewestAsync());
    }

    [Fact]
    public async Task A_wrong_token_is_told_why()
    {
        await using var server = await Desk.StartAsync(o => o with { Token = "open" });
        var refusal = await Assert.ThrowsAsync<MailboxLoginException>(() => ImapClient.ConnectAsync(
            new("localhost", server.ImapPort, TlsMode.None), new(User, new Tokens("shut")), TimeProvider.System, CancellationToken.None));
        Assert.Contains("""{"status":"401","schemes":"bearer"}""", refusal.Message);
    }

    [Theory]
    [InlineData("XOAUTH2", "user=support@desk.example\u0001auth=Bearer open\u0001\u0001", "OK")]
    [InlineData("OAUTHBEARER", "n,a=support@desk.example,\u0001auth=Bearer open\u0001\u0001", "OK")]
    [InlineData("OAUTHBEARER", "n,a=nobody@desk.example,\u0001auth=Bearer open\u0001\u0001", "+")]
    [InlineData("XOAUTH2", "user=support@desk.example\u0001auth=Bearer open\u0001", "BAD")]
    [InlineData("XOAUTH2", "user=support@desk.example\u0001\u0001\u0001", "BAD")]
    [InlineData("OAUTHBEARER", "user=support@desk.example\u0001auth=Bearer open\u0001\u0001", "BAD")]
    [InlineData("OAUTHBEARER", "p=x,a=support@desk.example,\u0001auth=Bearer open\u0001\u0001", "BAD")]
    public async Task Each_mechanism_is_taken_at_its_word(string mechanism, string response, string answer)
    {
        await using var server = await Desk.StartAsync(o => o with { Token = "open" });
        using var imap = await RawClient.ConnectAsync(server.ImapPort);
        Assert.Contains("AUTH=OAUTHBEARER AUTH=XOAUTH2", await imap.ExpectAsync("* OK"));
        await imap.SayAsync($"a AUTHENTICATE {mechanism} {Desk.Base64(response)}");
        await imap.ExpectAsync(answer == "+" ? "+ " : $"a {answer}");
        if (answer != "+") return;
        await imap.SayAsync("");
        await imap.ExpectAsync("a NO");
    }

    [Fact]
    public async Task Without_a_configured_word_no_token_is_taken()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ConnectAsync(server.ImapPort);
        Assert.DoesNotContain("OAUTH", await imap.ExpectAsync("* OK"));
        await imap.SayAsync($"a AUTHENTICATE XOAUTH2 {Desk.Base64($"user={User}\u0001auth=Bearer \u0001\u0001")}");
        await imap.ExpectAsync("a NO");
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync($"AUTH XOAUTH2 {Convert.ToBase64String(Encoding.UTF8.GetBytes($"user={User}\u0001auth=Bearer \u0001\u0001"))}", "504");
    }
}
