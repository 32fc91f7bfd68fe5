using System.Text;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class SmtpTokenTests
{
    private static readonly string Expired = Base64("""{"status":"400","schemes":"Bearer"}""");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string XOAuth2(string token) => Base64($"user=support@desk.example\u0001auth=Bearer {token}\u0001\u0001");

    private static string Greeting(string mechanisms) => $"""
        S: 220 mx.example
        C: EHLO desk.example
        S: 250-mx.example
        S: 250 AUTH {mechanisms}

        """;

    private static SmtpClient TokenClient(ScriptedServer server, ITokenProvider tokens) => Client(server.Endpoint, new("support@desk.example", tokens));

    [Fact]
    public async Task A_refused_token_is_asked_anew_once_on_the_same_connection()
    {
        await using var server = new ScriptedServer(Greeting("LOGIN PLAIN XOAUTH2") + $"""
            C: AUTH XOAUTH2 {XOAuth2("old")}
            S: 334 {Expired}
            C:
            S: 535-5.7.8 Username and Password not accepted.
            S: 535 5.7.8 Learn more
            C: AUTH XOAUTH2 {XOAuth2("new")}
            S: 235 2.7.0 Accepted
            """ + OneLetter);
        var tokens = new Tokens("old", "new");
        await using var client = TokenClient(server, tokens);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        Assert.Equal([null, "old"], tokens.Refused);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task What_the_server_tells_before_it_refuses_is_shown()
    {
        await using var server = new ScriptedServer(Greeting("OAUTHBEARER") + $"""
            R:
            S: 334 {Expired}
            C: AQ==
            S: 535 5.7.8 no
            C: QUIT
            """);
        await using var client = TokenClient(server, new Tokens("secret-token"));

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Equal(535, result.Reply?.Code);
        Assert.Contains("""({"status":"400","schemes":"Bearer"})""", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", result.Reason, StringComparison.Ordinal);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_token_longer_than_a_command_line_waits_for_the_servers_word()
    {
        var token = new string('t', 2000); // Exchange Online's are about so long
        await using var server = new ScriptedServer(Greeting("XOAUTH2") + $"""
            C: AUTH XOAUTH2
            S: 334 
            C: {XOAuth2(token)}
            S: 235 2.7.0 Accepted
            """ + OneLetter);
        await using var client = TokenClient(server, new Tokens(token));

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_is_out_of_order_refuses_no_token()
    {
        await using var server = new ScriptedServer(Greeting("XOAUTH2") + """
            R:
            S: 454 4.7.0 Temporary authentication failure
            C: QUIT
            """);
        var tokens = new Tokens("one", "two");
        await using var client = TokenClient(server, tokens);

        Assert.Equal(454, Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reply?.Code);
        Assert.Equal([null], tokens.Refused);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_the_letter_waits()
    {
        await using var server = new ScriptedServer(Greeting("XOAUTH2"));
        await using var client = TokenClient(server, new NoTokens(new InvalidOperationException("the issuer is down")));

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Contains("the issuer is down", result.Reason, StringComparison.Ordinal);
    }
}
