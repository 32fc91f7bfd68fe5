namespace MailDesk.Mail.Tests.Sandbox;

public sealed class RehearsalTests
{
    [Theory]
    [InlineData("temperror@desk.example", "451 4.3.0")]
    [InlineData("TempError-again@anywhere.example", "451 4.3.0")]
    [InlineData("permerror@desk.example", "550 5.0.0")]
    [InlineData("452@desk.example", "452 4.3.0")]
    [InlineData("554-spam@desk.example", "554 5.0.0")]
    [InlineData("5541@desk.example", "550 5.1.1")]
    public async Task A_recipient_fails_as_its_name_says(string address, string reply)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<>", "250");
        await smtp.AskAsync($"RCPT TO:<{address}>", reply);
        await smtp.AskAsync("NOOP", "250");
    }

    [Theory]
    [InlineData("RCPT")]
    [InlineData("AUTH")]
    [InlineData("LOGIN")]
    public async Task A_timeout_says_nothing_to_anything(string command)
    {
        await using var server = await Desk.StartAsync(o => o with { IdleTimeout = TimeSpan.FromMilliseconds(300), Token = "open" });
        using var client = command == "LOGIN" ? await RawClient.ConnectAsync(server.ImapPort) : await RawClient.SmtpAsync(server.SmtpPort);
        if (command == "RCPT") await client.AskAsync("MAIL FROM:<>", "250");
        if (command == "LOGIN") await client.ExpectAsync("* OK");
        await client.SayAsync(command switch
        {
            "RCPT" => "RCPT TO:<timeout@desk.example>",
            "AUTH" => $"AUTH PLAIN {Desk.Base64("\0timeout@desk.example\0secret")}",
            _ => "a LOGIN timeout@desk.example secret",
        });
        Assert.Equal("(closed)", await client.ReadLineAsync());
    }

    [Fact]
    public async Task After_421_the_connection_is_closed()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<>", "250");
        await smtp.AskAsync("RCPT TO:<421@desk.example>", "421 4.3.0");
        Assert.Equal("(closed)", await smtp.ReadLineAsync());
    }

    [Theory]
    [InlineData("temperror+data@desk.example", "451")]
    [InlineData("550+data@desk.example", "550")]
    public async Task A_whole_message_can_be_refused_after_its_data(string address, string reply)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        Assert.StartsWith(reply, await smtp.MailAsync("", address, "Subject: x\n\n"));
        Assert.StartsWith("250", await smtp.MailAsync("", "info@desk.example", "Subject: the next one\n\n"));
    }

    [Fact]
    public async Task Silence_lasts_until_the_idle_time_is_over_and_the_others_have_got_the_letter()
    {
        await using var server = await Desk.StartAsync(o => o with { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync("MAIL FROM:<>", "250");
        await smtp.AskAsync("RCPT TO:<info@desk.example>", "250");
        await smtp.AskAsync("RCPT TO:<timeout+data@desk.example>", "250");
        await smtp.AskAsync("DATA", "354");
        await smtp.SendAsync("Subject: uncertain\r\n\r\n.\r\n");
        Assert.Equal("(closed)", await smtp.ReadLineAsync());
        Assert.Contains("Subject: uncertain", await server.NewestAsync("info@desk.example"));
    }

    [Theory]
    [InlineData("temperror@desk.example", "454 4.7.0", "NO [UNAVAILABLE]")]
    [InlineData("permerror@desk.example", "535 5.7.8", "NO [AUTHENTICATIONFAILED]")]
    [InlineData("535@desk.example", "535 5.7.8", "NO [AUTHENTICATIONFAILED]")]
    public async Task A_login_fails_as_its_name_says(string user, string smtpReply, string imapReply)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.AskAsync($"AUTH PLAIN {Desk.Base64($"\0{user}\0secret")}", smtpReply);
        using var imap = await RawClient.ConnectAsync(server.ImapPort);
        await imap.ExpectAsync("* OK");
        Assert.StartsWith(imapReply, await imap.RefusedAsync($"LOGIN {user} secret"));
    }
}
