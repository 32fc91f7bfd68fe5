using System.Net;
using System.Net.Sockets;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class SmtpSessionTests
{
    private static readonly MailCredentials Support = new("support@desk.example", "пароль");

    [Fact]
    public async Task A_server_that_does_not_know_EHLO_is_greeted_with_HELO()
    {
        await using var server = new ScriptedServer("""
            S: 220-old.example
            S: 220 is here
            C: EHLO desk.example
            S: 502 what?
            C: HELO desk.example
            S: 250 old.example
            """ + OneLetter);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_does_not_let_us_in_is_quoted()
    {
        await using var server = new ScriptedServer("""
            S: 554 5.7.1 your address is listed
            C: QUIT
            S: 221 bye
            """);
        await using var client = Client(server.Endpoint);

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Equal(new SmtpReply(554, "5.7.1", "your address is listed"), result.Reply);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var client = Client(new MailEndpoint("127.0.0.1", port, TlsMode.None));

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Contains($"127.0.0.1:{port}", result.Reason, StringComparison.Ordinal);
        Assert.Null(result.Reply);
    }

    [Theory]
    [InlineData("S: SSH-2.0-OpenSSH_9.2", "does not speak SMTP")]
    [InlineData("S: 2", "does not speak SMTP")]
    [InlineData("S: 999 what", "does not speak SMTP")]
    [InlineData("S: 220_what", "does not speak SMTP")]
    [InlineData("X:", "closed the connection")]
    public async Task A_peer_that_is_no_mail_server_is_unreachable(string script, string words)
    {
        await using var server = new ScriptedServer(script);
        await using var client = Client(server.Endpoint);

        Assert.Contains(words, Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_without_an_end_is_cut_off()
    {
        // In one piece: in the middle of it the client hangs up.
        await using var server = new ScriptedServer("S: " + string.Join(@"\r\n", Enumerable.Repeat("220-welcome", 600)));
        await using var client = Client(server.Endpoint);

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Contains("without an end", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_another_class_is_no_enhanced_code_but_text()
    {
        await using var server = new ScriptedServer("S: 554 2.1.0 is the oldest version we talk to");
        await using var client = Client(server.Endpoint);

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Equal(new SmtpReply(554, null, "2.1.0 is the oldest version we talk to"), result.Reply);
    }

    [Fact]
    public async Task A_reply_cannot_put_control_characters_into_a_log()
    {
        await using var server = new ScriptedServer("S: 554 5.7.1 no\u0007\u001b[31m\ttrouble");
        await using var client = Client(server.Endpoint);

        Assert.Equal("no  [31m trouble", Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reply?.Text);
    }

    [Fact]
    public async Task After_STARTTLS_the_server_is_asked_again_and_then_told_the_password()
    {
        // What was offered in clear text (LOGIN) counts for nothing.
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250-AUTH LOGIN
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go on
            T:
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 AUTH PLAIN LOGIN
            C: AUTH PLAIN AHN1cHBvcnRAZGVzay5leGFtcGxlANC/0LDRgNC+0LvRjA==
            S: 235 2.7.0 welcome
            """ + OneLetter);
        await using var client = Client(server.Endpoint with { Tls = TlsMode.StartTls }, Support);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_sent_to_a_server_that_must_have_it()
    {
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 AUTH PLAIN
            C: (closed)
            """);
        await using var client = Client(server.Endpoint with { Tls = TlsMode.StartTls }, Support);

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Contains("does not offer STARTTLS", result.Reason, StringComparison.Ordinal);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_reply_smuggled_in_ahead_of_the_handshake_ends_the_connection()
    {
        // CVE-2011-0411
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go on\r\n250 AUTH PLAIN
            C: (closed)
            """);
        await using var client = Client(server.Endpoint with { Tls = TlsMode.StartTls }, Support);

        Assert.Contains("ahead of", Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reason, StringComparison.Ordinal);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Login_is_used_where_the_server_knows_nothing_better()
    {
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 AUTH=CRAM-MD5 login
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: c3VwcG9ydEBkZXNrLmV4YW1wbGU=
            S: 334 UGFzc3dvcmQ6
            C: 0L/QsNGA0L7Qu9GM
            S: 235 welcome
            """ + OneLetter);
        await using var client = Client(server.Endpoint, Support);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_refused_login_is_no_fault_of_the_letter_and_never_tells_the_password()
    {
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AHN1cHBvcnRAZGVzay5leGFtcGxlANC/0LDRgNC+0LvRjA==
            S: 535 5.7.8 authentication failed
            C: QUIT
            S: 221 bye
            """);
        await using var client = Client(server.Endpoint, Support);

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Equal(new SmtpReply(535, "5.7.8", "authentication failed"), result.Reply);
        Assert.Contains("support@desk.example", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("пароль", result.ToString(), StringComparison.Ordinal);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_probe_logs_in_and_sends_nothing()
    {
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AHN1cHBvcnRAZGVzay5leGFtcGxlANC/0LDRgNC+0LvRjA==
            S: 235 2.7.0 welcome
            C: QUIT
            S: 221 bye
            """);

        await SmtpClient.ProbeAsync(
            new SmtpOptions { Endpoint = server.Endpoint, HeloName = "desk.example", Credentials = Support }, TimeProvider.System, TestContext.Current.CancellationToken);

        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_probe_tells_why_the_login_is_refused()
    {
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AHN1cHBvcnRAZGVzay5leGFtcGxlANC/0LDRgNC+0LvRjA==
            S: 535 5.7.8 authentication failed
            C: QUIT
            S: 221 bye
            """);

        var refusal = await Assert.ThrowsAnyAsync<MailConnectionException>(() => SmtpClient.ProbeAsync(
            new SmtpOptions { Endpoint = server.Endpoint, HeloName = "desk.example", Credentials = Support }, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.EndsWith("refuses the login of support@desk.example: 535 5.7.8 authentication failed", refusal.Message, StringComparison.Ordinal);
        await server.PlayedAsync();
    }

    [Theory]
    [InlineData("250 AUTH CRAM-MD5 GSSAPI", "offers only CRAM-MD5, GSSAPI")]
    [InlineData("250 HELP", "offers no AUTH")]
    public async Task A_server_without_a_way_to_log_in_is_unreachable(string offer, string words)
    {
        await using var server = new ScriptedServer($"""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250-mx.example
            S: {offer}
            C: (closed)
            """);
        await using var client = Client(server.Endpoint, Support);

        Assert.Contains(words, Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reason, StringComparison.Ordinal);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_wants_a_login_first_is_no_fault_of_the_letter()
    {
        await using var server = new ScriptedServer("""
            S: 220 mx.example
            C: EHLO desk.example
            S: 250 mx.example
            C: MAIL FROM:<support@desk.example>
            S: 530 5.7.0 authentication required
            C: RSET
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        Assert.Equal(530, Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reply?.Code);
        await server.PlayedAsync();
    }

    [Theory]
    [InlineData("desk example")]
    [InlineData("desk\r\nMAIL FROM:<x@y>")]
    [InlineData("")]
    public void A_greeting_that_is_no_host_name_is_refused_at_once(string name) =>
        Assert.Throws<ArgumentException>(() => new SmtpClient(
            new SmtpOptions { Endpoint = new MailEndpoint("127.0.0.1", 1, TlsMode.None), HeloName = name }, TimeProvider.System));
}
