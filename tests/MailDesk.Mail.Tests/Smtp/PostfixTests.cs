using System.Diagnostics;
using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using MailDesk.TestServers;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class PostfixTests(MailServersFixture fixture, ITestOutputHelper output) : IClassFixture<MailServersFixture>
{
    [Theory]
    [InlineData(TlsMode.None)]
    [InlineData(TlsMode.StartTls)]
    public async Task A_letter_arrives_in_the_mailbox_as_it_was_sent(TlsMode tls)
    {
        var subject = $"dots and letters {tls}";
        await using var client = Client(fixture.Servers.Smtp with { Tls = tls }, MailServers.User("ivan@desk.example"));

        var result = await client.SendAsync($"Subject: {subject}\n\n.\n..dots\nпривет\n.", from: "ivan@desk.example", to: "anna@client.example");

        Assert.Equal("2.0.0", Assert.IsType<SendResult.Accepted>(result).Reply.EnhancedCode);
        var arrived = await ArrivedAsync("anna@client.example", subject);
        Assert.EndsWith("\r\n\r\n.\r\n..dots\r\nпривет\r\n.\r\n", arrived, StringComparison.Ordinal);
        Assert.Contains(
            "\r\nAuthentication-Results: mx.desk.example; auth=pass smtp.auth=ivan@desk.example; dmarc=pass header.from=desk.example\r\n",
            arrived,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_to_an_address_with_a_token_arrives_with_the_token()
    {
        await using var client = Client(fixture.Servers.Smtp);

        var result = await client.SendAsync("Subject: token\n\nhello\n", from: "anna@client.example", to: "support+1042.b3v9@desk.example");

        Assert.IsType<SendResult.Accepted>(result);
        var arrived = await ArrivedAsync("support@desk.example", "token");
        Assert.Contains("\r\nDelivered-To: support+1042.b3v9@desk.example\r\n", arrived, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthentication-Results: mx.desk.example; auth=none\r\n", arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_apart_from_a_refused_letter()
    {
        await using var client = Client(fixture.Servers.Smtp with { Tls = TlsMode.StartTls }, new MailCredentials("ivan@desk.example", "wrong"));

        var result = Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        Assert.Equal((535, "5.7.8"), (result.Reply?.Code, result.Reply?.EnhancedCode));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_unreachable()
    {
        await using var client = Client(fixture.Servers.Smtp with { Tls = TlsMode.StartTls, CertificateCheck = null });

        Assert.Contains("no TLS", Assert.IsType<SendResult.Unreachable>(await client.SendAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_are_refused_one_by_one_and_the_connection_goes_on()
    {
        await using var client = Client(fixture.Servers.Smtp);

        var nobody = Assert.IsType<SendResult.Refused>(await client.SendAsync(to: "nobody@client.example"));
        Assert.Equal("5.1.1", nobody.Reply.EnhancedCode);
        var outside = Assert.IsType<SendResult.Refused>(await client.SendAsync(to: "somebody@elsewhere.example"));
        Assert.Equal("5.7.1", outside.Reply.EnhancedCode);
        var some = Assert.IsType<SendResult.Accepted>(await client.SendAsync(to: ["boris@client.example", "nobody@client.example"]));
        Assert.Equal("nobody@client.example", Assert.Single(some.RefusedRecipients).Address);
    }

    [Fact]
    public async Task A_letter_over_the_limit_is_refused_before_it_is_sent()
    {
        await using var client = Client(fixture.Servers.Smtp);

        var refused = Assert.IsType<SendResult.Refused>(await client.SendAsync(new string('x', 60 * 1024 * 1024)));
        Assert.Equal((552, "5.3.4"), (refused.Reply.Code, refused.Reply.EnhancedCode));
    }

    [Fact]
    public async Task An_address_of_other_letters_is_taken_with_SMTPUTF8()
    {
        await using var client = Client(fixture.Servers.Smtp);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("From: анна@client.example\n\nhello\n", to: "boris@client.example"));
        var result = await client.SendAsync("To: анна@client.example\n\nhello\n", from: "анна@client.example", to: ["анна@client.example", "анна@тест.бел"]);

        // Postfix knows that address, and that the other one is none of its own.
        Assert.Equal("5.7.1", Assert.Single(Assert.IsType<SendResult.Accepted>(result).RefusedRecipients).Reply.EnhancedCode);
        // Dovecot's LMTP takes no such mail, which Postfix says of both: it was told SMTPUTF8, and saw in the header or the envelope why.
        await UntilAsync(() => Task.FromResult(
            fixture.Servers.Log().Split('\n').Count(line => line.Contains("SMTPUTF8 is required", StringComparison.Ordinal)
                && (line.Contains("to=<boris@client.example>", StringComparison.Ordinal) || line.Contains("to=<анна@client.example>", StringComparison.Ordinal))) >= 2));
    }

    [Fact]
    public async Task Five_hundred_letters_go_through_one_connection_and_all_arrive()
    {
        const int Count = 500;
        await using (var client = Client(fixture.Servers.Smtp with { Tls = TlsMode.StartTls }, MailServers.User("support@desk.example")))
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Count; i++)
            {
                Assert.IsType<SendResult.Accepted>(await client.SendAsync($"Subject: letter {i}\n\nhello {i}\n", to: "vera@other.example"));
            }

            output.WriteLine($"{Count / watch.Elapsed.TotalSeconds:0} letters a second");
        }

        // Postfix sums up a connection when it is over: all of the letters in one.
        await UntilAsync(() => Task.FromResult(fixture.Servers.Log().Contains($" mail={Count} ", StringComparison.Ordinal)));
        await using var imap = await LoginAsync("vera@other.example");
        await UntilAsync(async () => (await AskAsync(imap, "STATUS INBOX (MESSAGES)")).Contains($"(MESSAGES {Count})", StringComparison.Ordinal));
    }

    /// <summary>The message with this subject as Dovecot shows it.</summary>
    private async Task<string> ArrivedAsync(string user, string subject)
    {
        await using var imap = await LoginAsync(user);
        await AskAsync(imap, "SELECT INBOX");
        var found = "";
        await UntilAsync(async () =>
        {
            await AskAsync(imap, "NOOP");
            found = (await AskAsync(imap, $"SEARCH SUBJECT \"{subject}\"")).Split("\r\n")[0];
            return found != "* SEARCH";
        });
        return await AskAsync(imap, string.Create(CultureInfo.InvariantCulture, $"FETCH {found.Split(' ')[^1]} BODY.PEEK[]"));
    }

    /// <summary>A few words of IMAP, so that what is tested here stands on no other client.</summary>
    private async Task<MailConnection> LoginAsync(string user)
    {
        var imap = await MailConnection.ConnectAsync(fixture.Servers.Imap, TimeProvider.System, CancellationToken.None);
        await imap.ReadLineAsync(CancellationToken.None);
        await AskAsync(imap, $"LOGIN {user} {MailServers.Password}");
        return imap;
    }

    /// <summary>All lines of the answer before the tagged one. A fetched message comes without the line that closes the FETCH.</summary>
    private static async Task<string> AskAsync(MailConnection imap, string command)
    {
        imap.Write(Encoding.UTF8.GetBytes($"a {command}\r\n"));
        await imap.FlushAsync(CancellationToken.None);
        var answer = new StringBuilder();
        while (true)
        {
            var line = Encoding.UTF8.GetString((await imap.ReadLineAsync(CancellationToken.None)).Span);
            if (line.StartsWith("a OK", StringComparison.Ordinal)) return answer.ToString();
            Assert.False(line.StartsWith("a ", StringComparison.Ordinal), line);
            if (line != ")") answer.Append(line).Append("\r\n");
        }
    }

    private async Task UntilAsync(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), fixture.Servers.Log());
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
