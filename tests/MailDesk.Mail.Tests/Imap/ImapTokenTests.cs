using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

public sealed class ImapTokenTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Expired = Base64("""{"status":"400","schemes":"Bearer"}""");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string XOAuth2(string token) => Base64($"user=u\u0001auth=Bearer {token}\u0001\u0001");

    private static Task<ImapClient> ConnectAsync(ScriptedServer server, ITokenProvider tokens, string name = "u") =>
        ImapClient.ConnectAsync(server.Endpoint, new(name, tokens), TimeProvider.System, None);

    [Fact]
    public async Task A_token_goes_with_the_command()
    {
        await using var server = new ScriptedServer($"""
            S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] ready
            C: AUTHENTICATE XOAUTH2 {XOAuth2("one")}
            S: $ OK [CAPABILITY IMAP4rev1] in
            """);
        await using var client = await ConnectAsync(server, new Tokens("one"));
    }

    [Fact]
    public async Task The_standard_mechanism_comes_first_and_waits_where_it_must()
    {
        await using var server = new ScriptedServer("""
            S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=OAUTHBEARER] ready
            C: AUTHENTICATE OAUTHBEARER
            S: +
            R:
            S: $ OK [CAPABILITY IMAP4rev1] in
            """);
        await using var client = await ConnectAsync(server, new Tokens("one"), "a=b,c");
        var said = Encoding.UTF8.GetString(Convert.FromBase64String(Assert.Single(server.Received)));
        Assert.Equal($"n,a=a=3Db=2Cc,\u0001host=localhost\u0001port={server.Endpoint.Port}\u0001auth=Bearer one\u0001\u0001", said);
    }

    [Fact]
    public async Task A_refused_token_is_asked_anew_once_on_the_same_connection()
    {
        await using var server = new ScriptedServer($"""
            S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
            C: AUTHENTICATE XOAUTH2 {XOAuth2("old")}
            S: + {Expired}
            C:
            S: $ NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)
            C: AUTHENTICATE XOAUTH2 {XOAuth2("new")}
            S: $ OK [CAPABILITY IMAP4rev1 IDLE] in
            """);
        var tokens = new Tokens("old", "new");
        await using var client = await ConnectAsync(server, tokens);
        Assert.Equal([null, "old"], tokens.Refused);
        Assert.Contains("IDLE", client.Capabilities);
    }

    [Theory]
    [InlineData("XOAUTH2", "")]
    [InlineData("OAUTHBEARER", "AQ==")]
    public async Task What_the_server_tells_before_it_refuses_is_shown_and_answered(string mechanism, string answer)
    {
        await using var server = new ScriptedServer($"""
            S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH={mechanism}] ready
            R:
            S: + {Expired}
            C: {answer}
            S: $ NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)
            """);
        var refusal = await Assert.ThrowsAsync<MailboxLoginException>(() => ConnectAsync(server, new Tokens("secret-token")));
        Assert.Equal("""[AUTHENTICATIONFAILED] Invalid credentials (Failure) ({"status":"400","schemes":"Bearer"})""", refusal.Message);
    }

    [Fact]
    public async Task A_server_that_is_down_refuses_no_token()
    {
        await using var server = new ScriptedServer("""
            S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
            R:
            S: $ NO [UNAVAILABLE] Try later
            """);
        var tokens = new Tokens("one", "two");
        await Assert.ThrowsAsync<MailConnectionException>(() => ConnectAsync(server, tokens));
        Assert.Equal([null], tokens.Refused);
    }

    [Fact]
    public async Task A_server_that_takes_no_tokens_gets_none()
    {
        await using var server = new ScriptedServer("S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready");
        var refusal = await Assert.ThrowsAsync<MailboxLoginException>(() => ConnectAsync(server, new Tokens("one")));
        Assert.Contains("neither AUTH=OAUTHBEARER nor AUTH=XOAUTH2", refusal.Message);
    }

    [Fact]
    public async Task Without_a_token_the_login_is_tried_again_later()
    {
        await using var server = new ScriptedServer("S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready");
        var broken = await Assert.ThrowsAsync<MailConnectionException>(
            () => ConnectAsync(server, new NoTokens(new InvalidOperationException("the issuer is down"))));
        Assert.Contains("the issuer is down", broken.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0001user=admin")]
    [InlineData("a b")]
    [InlineData("токен")]
    public async Task What_is_no_token_is_not_sent(string token)
    {
        await using var server = new ScriptedServer("S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready");
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => ConnectAsync(server, new Tokens(token)));
        Assert.Contains("characters that no token has", broken.Message);
    }

    [Fact]
    public void A_name_cannot_bring_its_own_token() =>
        Assert.Throws<ArgumentException>(() => new MailCredentials("u\u0001auth=Bearer x", new Tokens("one")));

    [Fact]
    public async Task Nothing_endless_is_answered()
    {
        await using var server = new ScriptedServer($"""
            S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
            R:
            S: + {Expired}
            C:
            S: + {Expired}
            """);
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => ConnectAsync(server, new Tokens("one")));
        Assert.Contains("where the login was complete", broken.Message);
    }

    [Fact]
    public async Task No_password_leaves_the_machine_in_clear_text_unless_allowed()
    {
        // One of this machine's own addresses is not loopback, though what is sent to it never leaves it.
        var own = NetworkInterface.GetAllNetworkInterfaces().Where(i => i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);
        Assert.SkipWhen(own is null, "this machine has no address but loopback");
        using var listener = new TcpListener(own!, 0);
        listener.Start();
        var endpoint = new MailEndpoint(own!.ToString(), ((System.Net.IPEndPoint)listener.LocalEndpoint).Port, TlsMode.None);
        await using var guarded = await MailConnection.ConnectAsync(endpoint, TimeProvider.System, None);
        Assert.Throws<MailConnectionException>(guarded.RequireSecrecy);
        await using var allowed = await MailConnection.ConnectAsync(endpoint with { AllowClearTextLogin = true }, TimeProvider.System, None);
        allowed.RequireSecrecy();
    }
}
