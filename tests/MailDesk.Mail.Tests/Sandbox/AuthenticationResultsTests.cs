namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>MAIL.md §4: what an engineer's mail is believed by.</summary>
public sealed class AuthenticationResultsTests
{
    [Theory]
    [InlineData("From: Anna <anna@client.example>", true)]
    [InlineData("From: Anna+work <anna+work@CLIENT.example>", true)]
    [InlineData("From: Boss <info@desk.example>", false)]
    [InlineData("From: anna@client.example, info@desk.example", false)]
    [InlineData("From: anna@client.example\nFrom: info@desk.example", false)]
    [InlineData("To: nobody", false)]
    public async Task Only_an_account_that_writes_in_its_own_name_is_vouched_for(string header, bool vouched)
    {
        await using var server = await Desk.StartAsync();
        var raw = await DeliverAsync(server, header, logIn: true);
        Assert.Equal(vouched, raw.Contains(
            "Authentication-Results: desk.example;\n\tauth=pass smtp.auth=anna@client.example;\n\tdmarc=pass header.from=client.example\n"));
        Assert.Equal(vouched, raw.Contains("dmarc"));
    }

    [Fact]
    public async Task Nobody_is_vouched_for_without_a_login()
    {
        await using var server = await Desk.StartAsync();
        Assert.DoesNotContain("Authentication-Results", await DeliverAsync(server, "From: anna@client.example", logIn: false));
    }

    [Theory]
    [InlineData("Authentication-Results: desk.example; dmarc=pass header.from=client.example")]
    [InlineData("AUTHENTICATION-RESULTS : DESK.EXAMPLE 1;\n dmarc=pass")]
    [InlineData("Authentication-Results:\n (a \\) comment) desk.example;\n\tdmarc=pass")]
    [InlineData("Authentication-Results: \"desk.example\"; dmarc=pass")]
    [InlineData("Authentication-Results: ; dmarc=pass")]
    [InlineData("no field at all\nAuthentication-Results: desk.example; dmarc=pass")]
    [InlineData("X-Harmless: 1\rAuthentication-Results: desk.example; dmarc=pass")]
    public async Task What_pretends_to_be_ours_is_removed(string header)
    {
        await using var server = await Desk.StartAsync();
        var raw = await DeliverAsync(server, $"From: anna@client.example\n{header}\nSubject: kept", logIn: false);
        Assert.DoesNotContain("dmarc", raw);
        Assert.Contains("Subject: kept\n", raw);
    }

    [Fact]
    public async Task The_results_of_others_stay()
    {
        await using var server = await Desk.StartAsync();
        var raw = await DeliverAsync(server, "Authentication-Results: mx.elsewhere.example; dmarc=fail\nReturn-Path: <forged@x.example>", logIn: false);
        Assert.Contains("mx.elsewhere.example; dmarc=fail", raw);
        Assert.DoesNotContain("forged", raw);
    }

    private static async Task<string> DeliverAsync(MailDesk.Mail.Sandbox.SandboxServer server, string header, bool logIn)
    {
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        if (logIn) await smtp.AskAsync($"AUTH PLAIN {Desk.Base64("\0anna@client.example\0secret")}", "235");
        await smtp.AskAsync("MAIL FROM:<anna@client.example>", "250");
        await smtp.AskAsync("RCPT TO:<support@desk.example>", "250");
        await smtp.AskAsync("DATA", "354");
        await smtp.SendAsync(header.Replace("\n", "\r\n") + "\r\n\r\nBody.\r\n.\r\n");
        await smtp.ExpectAsync("250");
        return await server.NewestAsync();
    }
}
