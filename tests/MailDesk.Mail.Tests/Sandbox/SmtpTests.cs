namespace MailDesk.Mail.Tests.Sandbox;

public sealed class SmtpTests
{
    private const string Message = "From: Anna <anna@client.example>\nTo: support@desk.example\nSubject: Help\n\nIt is broken.\n";

    [Fact]
    public async Task It_offers_what_clients_look_for()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.ConnectAsync(server.SmtpPort);
        await smtp.ExpectAsync("220 desk.example ESMTP");
        await smtp.SayAsync("EHLO tester");
        var offers = new List<string>();
        do offers.Add(await smtp.ReadLineAsync());
        while (offers[^1][3] == '-');
        Assert.Equal(
            ["PIPELINING", "SIZE 52428800", "8BITMIME", "SMTPUTF8", "CHUNKING", "ENHANCEDSTATUSCODES", "AUTH PLAIN LOGIN"], offers.Skip(1).Select(o => o[4..]));
    }

    [Fact]
    public async Task A_letter_without_a_login_is_delivered_with_its_trace()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        Assert.StartsWith("250 2.0.0", await smtp.MailAsync("anna@client.example", "support@desk.example", Message));
        var delivered = await server.Deliveries.ReadAsync();
        Assert.Equal("anna@client.example", delivered.From);
        Assert.Equal(["support@desk.example"], delivered.Recipients);
        Assert.Null(delivered.AuthenticatedAs);
        var raw = await server.NewestAsync();
        Assert.Contains("Return-Path: <anna@client.example>\nReceived: from tester ([127.0.0.1])\n\tby desk.example with ESMTP id ", raw);
        Assert.Contains("\n\tfor <support@desk.example>;\n", raw);
        Assert.Contains("\n\nIt is broken.\n", raw);
        Assert.DoesNotContain("Authentication-Results", raw);
    }

    [Theory]
    [InlineData("AUTH PLAIN {plain}")]
    [InlineData("AUTH PLAIN|{plain}")]
    [InlineData("AUTH LOGIN|{name}|{password}")]
    [InlineData("AUTH LOGIN {name}|{password}")]
    public async Task Every_way_to_log_in_works(string dialogue)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        var lines = dialogue.Replace("{plain}", Desk.Base64("\0info@desk.example\0secret")).Replace("{name}", Desk.Base64("info@desk.example"))
            .Replace("{password}", Desk.Base64("secret")).Split('|');
        foreach (var line in lines[..^1]) await smtp.AskAsync(line, "334 ");
        await smtp.AskAsync(lines[^1], "235 2.7.0");
        await smtp.AskAsync("AUTH PLAIN", "503 5.5.1");
    }

    [Theory]
    [InlineData("AUTH PLAIN AGluZm9AZGVzay5leGFtcGxlAHdyb25n", "535 5.7.8")]
    [InlineData("AUTH PLAIN !", "501 5.5.2")]
    [InlineData("AUTH PLAIN =", "501 5.5.2")]
    [InlineData("AUTH CRAM-MD5", "504 5.5.4")]
    [InlineData("AUTH", "501 5.5.4")]
    public async Task A_bad_login_is_refused(string line, string reply)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync(line, reply);
    }

    [Fact]
    public async Task A_login_can_be_given_up()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("AUTH LOGIN", "334 ");
        await smtp.AskAsync("*", "501 5.7.0");
        await smtp.AskAsync("NOOP", "250");
    }

    [Fact]
    public async Task A_sub_address_goes_to_its_account()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        Assert.StartsWith("250", await smtp.MailAsync("", "Support+1042.b3v9@DESK.example", Message));
        Assert.Contains("for <Support+1042.b3v9@DESK.example>;", await server.NewestAsync());
    }

    [Theory]
    [InlineData("RCPT TO:<support@desk.example>", "503 5.5.1")]
    [InlineData("MAIL FROM:<a@b|RCPT TO:<x>", "501 5.1.7")]
    [InlineData("MAIL FROM:<a@b.example> SIZE=99999999999", "552 5.3.4")]
    [InlineData("MAIL FROM:<a@b.example> RET=FULL", "555 5.5.4")]
    [InlineData("MAIL FROM:<\u00C3\u00A4@b.example>", "553 5.6.7")]
    [InlineData("MAIL FROM:<\u00C3\u00A4@b.example> SMTPUTF8", "250 2.1.0")]
    [InlineData("MAIL FROM:<@relay.example:a@b.example> BODY=8BITMIME", "250 2.1.0")]
    [InlineData("MAIL FROM:<a@b.example> BODY=BINARYMIME", "501 5.5.4")]
    [InlineData("VRFY support", "252 ")]
    [InlineData("EXPN all", "502 ")]
    [InlineData("WHAT", "500 5.5.1")]
    public async Task Each_command_has_its_reply(string line, string reply)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync(line, reply);
    }

    [Fact]
    public async Task Strangers_to_the_server_are_refused_one_by_one()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<>", "250");
        await smtp.AskAsync("RCPT TO:<nobody@desk.example>", "550 5.1.1");
        await smtp.AskAsync("DATA", "554 5.5.1");
        await smtp.AskAsync("RCPT TO:<info@desk.example> NOTIFY=NEVER", "555 5.5.4");
        await smtp.AskAsync("RCPT TO:<info@desk.example>", "250");
        await smtp.AskAsync("RSET", "250");
        await smtp.AskAsync("DATA", "503 5.5.1");
    }

    [Fact]
    public async Task A_whole_dialogue_fits_into_one_packet()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.SendAsync("MAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@x.example>\r\nRCPT TO:<info@desk.example>\r\nDATA\r\n");
        foreach (var reply in (string[])["250 2.1.0", "550 5.1.1", "250 2.1.5", "354"]) await smtp.ExpectAsync(reply);
        await smtp.SendAsync("Subject: dots\r\n\r\n..one\r\n...\r\n.\r\nQUIT\r\n");
        await smtp.ExpectAsync("250 2.0.0");
        await smtp.ExpectAsync("221 2.0.0");
        Assert.Contains("\n\n.one\n..\n)", await server.NewestAsync("info@desk.example"));
    }

    [Theory]
    [InlineData("\n.\r\n")]
    [InlineData("\r\n.\n")]
    [InlineData("\n.\n")]
    public async Task A_dot_beside_a_bare_line_feed_smuggles_nothing(string end)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<a@b.example>", "250");
        await smtp.AskAsync("RCPT TO:<info@desk.example>", "250");
        await smtp.AskAsync("DATA", "354");
        await smtp.SendAsync($"Subject: one\r\n\r\nfirst{end}MAIL FROM:<admin@desk.example>\r\nRCPT TO:<info@desk.example>\r\nDATA\r\n");
        await smtp.ExpectAsync("521 5.5.2");
        Assert.Equal("(closed)", await smtp.ReadLineAsync());
        Assert.False(server.Deliveries.TryRead(out _));
    }

    [Fact]
    public async Task A_bare_line_feed_elsewhere_becomes_a_line_end()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<a@b.example>", "250");
        await smtp.AskAsync("RCPT TO:<info@desk.example>", "250");
        await smtp.AskAsync("DATA", "354");
        await smtp.SendAsync("Subject: one\n\nfirst\n\r\n.\r\n");
        await smtp.ExpectAsync("250");
        Assert.EndsWith("Subject: one\r\n\r\nfirst\r\n\r\n", System.Text.Encoding.ASCII.GetString((await server.Deliveries.ReadAsync()).Raw.Span));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_the_session_goes_on()
    {
        await using var server = await Desk.StartAsync(o => o with { MaxMessageBytes = 10_000 });
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        Assert.StartsWith("552 5.3.4", await smtp.MailAsync("", "info@desk.example", Message + new string('x', 20_000)));
        Assert.StartsWith("250 2.0.0", await smtp.MailAsync("", "info@desk.example", Message + new string('x', 9_000)));
        Assert.Contains(new string('x', 9_000), await server.NewestAsync("info@desk.example"));
    }

    [Fact]
    public async Task A_command_of_endless_length_is_one_error()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("NOOP " + new string('x', 100_000), "500 5.5.2");
        await smtp.AskAsync("NOOP", "250");
    }

    [Fact]
    public async Task Too_many_recipients_and_too_many_errors_have_an_end()
    {
        await using var server = await Desk.StartAsync(o => o with { MaxRecipients = 1 });
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<>", "250");
        await smtp.AskAsync("RCPT TO:<info@desk.example>", "250");
        await smtp.AskAsync("RCPT TO:<support@desk.example>", "452 4.5.3");
        for (var i = 0; i < 20; i++) await smtp.AskAsync("BLAH", "500");
        await smtp.AskAsync("BLAH", "421");
        Assert.Equal("(closed)", await smtp.ReadLineAsync());
    }

    [Fact]
    public async Task Several_recipients_of_one_account_get_one_letter_and_are_not_told_of_each_other()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<>", "250");
        foreach (var to in (string[])["info@desk.example", "info+a@desk.example", "support@desk.example"]) await smtp.AskAsync($"RCPT TO:<{to}>", "250");
        await smtp.AskAsync("DATA", "354");
        await smtp.SendAsync("Subject: x\r\n\r\n.\r\n");
        await smtp.ExpectAsync("250");
        using var imap = await RawClient.ImapAsync(server.ImapPort, "info@desk.example", select: null);
        Assert.Contains("* 1 EXISTS", await imap.OkAsync("SELECT INBOX"));
        Assert.DoesNotContain("for <", await server.NewestAsync());
    }
}
