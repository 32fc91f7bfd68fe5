using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

public sealed class ImapConnectTests
{
    private static Task<ImapClient> ConnectAsync(MailEndpoint endpoint, string name = "u", string password = "p") =>
        ImapClient.ConnectAsync(endpoint, new(name, password), TimeProvider.System, CancellationToken.None);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Login_reads_the_capabilities_again_when_the_server_does_not_volunteer_them(bool byteByByte)
    {
        await using var server = new ScriptedServer(
            """
            S: * OK hello
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 LOGINREFERRALS
            S: $ OK done
            C: LOGIN "u" "p"
            S: $ OK in
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 IDLE MOVE
            S: $ OK done
            """,
            byteByByte: byteByByte);
        await using var client = await server.ConnectAsync();
        Assert.Equal(["IDLE", "IMAP4rev1", "MOVE"], client.Capabilities.Order());
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_the_servers_words()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: LOGIN "u" "p"
            S: $ NO [AUTHENTICATIONFAILED] Nobody of that name.
            """);
        var refusal = await Assert.ThrowsAsync<MailboxLoginException>(() => server.ConnectAsync());
        Assert.Contains("Nobody of that name.", refusal.Message);
    }

    [Fact]
    public async Task A_server_that_cannot_log_in_anyone_now_is_not_a_wrong_password()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: LOGIN "u" "p"
            S: $ NO [UNAVAILABLE] User backend is down
            """);
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => server.ConnectAsync());
        Assert.Contains("User backend is down", broken.Message);
    }

    [Fact]
    public async Task Without_a_way_to_log_in_no_password_is_sent()
    {
        await using var server = new ScriptedServer("S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] ready");
        await Assert.ThrowsAsync<MailboxLoginException>(() => server.ConnectAsync());
    }

    [Fact]
    public async Task Plain_goes_with_the_command_where_the_server_allows_it()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN SASL-IR] ready
            C: AUTHENTICATE PLAIN AHUAcA==
            S: $ OK [CAPABILITY IMAP4rev1] in
            """);
        await using var client = await server.ConnectAsync();
    }

    [Fact]
    public async Task Plain_waits_for_the_servers_word_where_it_must()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready
            C: AUTHENTICATE PLAIN
            S: +
            C: AHUAcA==
            S: $ OK [CAPABILITY IMAP4rev1] in
            """);
        await using var client = await server.ConnectAsync();
    }

    [Fact]
    public async Task A_name_with_line_breaks_travels_as_a_counted_literal()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: LOGIN {15}
            S: + go on
            C: u
            C: inject and
            C:  {4}
            S: + go on
            C: пє
            S: $ OK [CAPABILITY IMAP4rev1] in
            """);
        await using var client = await ConnectAsync(server.Endpoint, "u\r\ninject and\r\n", "пє");
    }

    [Fact]
    public async Task Where_the_server_takes_literals_unasked_nothing_waits()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1 LITERAL+] ready
            C: LOGIN "a\"b\\c" {4+}
            C: пє
            S: $ OK [CAPABILITY IMAP4rev1] in
            """);
        await using var client = await ConnectAsync(server.Endpoint, "a\"b\\c", "пє");
    }

    [Fact]
    public async Task A_literal_that_the_server_refuses_ends_the_command()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1] ready
            C: LOGIN "u" {4}
            S: $ NO no literals here
            """);
        var refusal = await Assert.ThrowsAsync<MailboxLoginException>(() => ConnectAsync(server.Endpoint, "u", "пє"));
        Assert.Contains("no literals here", refusal.Message);
    }

    [Fact]
    public async Task A_NUL_in_the_password_is_refused_before_anything_is_sent()
    {
        await using var server = new ScriptedServer("S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready");
        await Assert.ThrowsAsync<MailboxLoginException>(() => ConnectAsync(server.Endpoint, "u", "p\0q"));
    }

    [Fact]
    public async Task After_StartTls_nothing_that_was_said_in_clear_text_counts()
    {
        await using var server = new ScriptedServer(
            """
            S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED X-CLEAR] ready
            C: STARTTLS
            S: $ OK [CAPABILITY IMAP4rev1 X-CLEAR] begin
            T:
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1
            S: $ OK done
            C: LOGIN "u" "p"
            S: $ OK in
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 X-SECRET
            S: $ OK done
            """);
        await using var client = await ConnectAsync(server.Endpoint with { Tls = TlsMode.StartTls });
        Assert.Equal(["IMAP4rev1", "X-SECRET"], client.Capabilities.Order());
    }

    [Theory]
    [InlineData("S: * OK [CAPABILITY IMAP4rev1] ready", "offers no STARTTLS")]
    [InlineData("S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome", "PREAUTH")]
    [InlineData("S: * OK [CAPABILITY STARTTLS] ready\nC: STARTTLS\nS: $ NO not today", "not today")]
    [InlineData("S: * OK [CAPABILITY STARTTLS] ready\nC: STARTTLS\nS: $ OK go\\r\\n* CAPABILITY X-INJECTED", "ahead of the TLS handshake")]
    public async Task Where_TLS_is_required_no_password_goes_without_it(string script, string reason)
    {
        await using var server = new ScriptedServer(script);
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => ConnectAsync(server.Endpoint with { Tls = TlsMode.StartTls }));
        Assert.Contains(reason, broken.Message);
    }

    [Theory]
    [InlineData("S: * BYE Too many connections", "Too many connections")]
    [InlineData("S: * NO go away", "no greeting")]
    [InlineData("S: HTTP/1.1 400 Bad Request", "names no command")]
    [InlineData("S: * 5 EXISTS", "no greeting")]
    [InlineData("X:", "closed")]
    [InlineData("S: * OK [CAPABILITY IMAP4rev1] ready\nC: LOGIN \"u\" \"p\"\nS: * BYE Going down", "Going down")]
    [InlineData("S: * OK [CAPABILITY IMAP4rev1] ready\nC: LOGIN \"u\" \"p\"\nS: A77 OK in", "names no command")]
    [InlineData("S: * OK [CAPABILITY IMAP4rev1] ready\nC: LOGIN \"u\" \"p\"\nS: $ MAYBE in", "MAYBE")]
    [InlineData("S: * OK [CAPABILITY IMAP4rev1] ready\nC: LOGIN \"u\" \"p\"\nS: + more", "request for more")]
    [InlineData("S: * OK ready\nC: CAPABILITY\nS: $ OK nothing", "nothing about what it can do")]
    public async Task What_is_no_IMAP_server_is_a_broken_connection(string script, string reason)
    {
        await using var server = new ScriptedServer(script);
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => server.ConnectAsync());
        Assert.Contains(reason, broken.Message);
    }

    [Fact]
    public async Task Preauth_needs_no_login()
    {
        await using var server = new ScriptedServer(
            """
            S: * PREAUTH welcome
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 IDLE
            S: $ OK done
            """);
        await using var client = await server.ConnectAsync();
        Assert.Contains("IDLE", client.Capabilities);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer("P: silence");
        var connecting = server.ConnectAsync(time);
        await server.Reached("silence");
        await time.AdvanceUntilAsync(connecting, TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<MailConnectionException>(() => connecting);
        server.Go("silence");
    }
}
