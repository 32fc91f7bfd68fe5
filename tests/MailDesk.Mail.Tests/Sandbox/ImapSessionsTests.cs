namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>Several sessions on one mailbox (RFC 3501 §7.4.1, RFC 2180, RFC 2177).</summary>
public sealed class ImapSessionsTests
{
    [Fact]
    public async Task An_idling_client_is_told_of_new_mail_at_once()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        for (var round = 1; round <= 3; round++)
        {
            await imap.SayAsync($"I{round} IDLE");
            await imap.ExpectAsync("+ ");
            using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
            await smtp.MailAsync("", "support@desk.example", "Subject: x\n\n");
            await imap.ExpectAsync($"* {round} EXISTS");
            await imap.ExpectAsync($"* {round} RECENT");
            await imap.SayAsync("DONE");
            await imap.ExpectAsync($"I{round} OK");
        }
    }

    [Fact]
    public async Task An_idling_client_sees_what_another_one_flags_and_expunges()
    {
        await using var server = await Desk.StartAsync();
        using var watcher = await RawClient.ImapAsync(server.ImapPort);
        using var other = await RawClient.ImapAsync(server.ImapPort);
        await other.AppendAsync("INBOX", "Subject: x\n\n");
        await watcher.OkAsync("NOOP");
        await watcher.SayAsync("I IDLE");
        await watcher.ExpectAsync("+ ");
        await other.OkAsync("STORE 1 +FLAGS.SILENT (\\Deleted)");
        await watcher.ExpectAsync("* 1 FETCH (UID 1 FLAGS (\\Deleted");
        Assert.Equal(["* 1 EXPUNGE", "OK EXPUNGE completed"], await other.OkAsync("EXPUNGE"));
        await watcher.ExpectAsync("* 1 EXPUNGE");
        await watcher.SayAsync("something else");
        await watcher.ExpectAsync("I BAD");
    }

    [Fact]
    public async Task Numbers_stand_still_until_a_command_that_may_change_them()
    {
        await using var server = await Desk.StartAsync();
        using var reader = await RawClient.ImapAsync(server.ImapPort);
        for (var i = 1; i <= 3; i++) await reader.AppendAsync("INBOX", $"Subject: {i}\n\n");
        await reader.OkAsync("CREATE Done");
        using var other = await RawClient.ImapAsync(server.ImapPort);
        await other.OkAsync("STORE 1:2 +FLAGS (\\Deleted)");
        Assert.Equal(["* 1 EXPUNGE", "OK EXPUNGE completed"], await other.OkAsync("UID EXPUNGE 1"));

        Assert.DoesNotContain(await reader.OkAsync("FETCH 3 FLAGS"), l => l.Contains("EXPUNGE"));
        Assert.Contains("Subject: 1", await reader.OkAsync("FETCH 1 BODY.PEEK[]")); // gone, but this session has not been told
        Assert.Equal("* SEARCH 3", (await reader.OkAsync("SEARCH SUBJECT 3"))[0]);
        Assert.DoesNotContain(await reader.OkAsync("STORE 1 +FLAGS (\\Flagged)"), l => l.Contains("FETCH"));
        Assert.Equal(["* 1 EXPUNGE", "NO [EXPUNGEISSUED] some of them are gone"], await reader.RunAsync("MOVE 1:2 Done"));
        Assert.Contains("Subject: 2", await reader.OkAsync("FETCH 1 BODY.PEEK[]"));
    }

    [Fact]
    public async Task A_mailbox_that_another_client_deletes_is_seen_emptied()
    {
        await using var server = await Desk.StartAsync();
        using var reader = await RawClient.ImapAsync(server.ImapPort);
        await reader.OkAsync("CREATE Old");
        await reader.AppendAsync("Old", "Subject: x\n\n");
        await reader.OkAsync("SELECT Old");
        using var other = await RawClient.ImapAsync(server.ImapPort);
        await other.OkAsync("DELETE Old");
        Assert.Equal(["* 1 EXPUNGE", "OK NOOP completed"], await reader.OkAsync("NOOP"));
    }

    [Fact]
    public async Task Many_clients_at_once_lose_nothing()
    {
        const int Clients = 20, Each = 25;
        await using var server = await Desk.StartAsync();
        using var stuck = await RawClient.ImapAsync(server.ImapPort); // never reads what it asks for
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
            using var imap = await RawClient.ImapAsync(server.ImapPort);
            for (var i = 0; i < Each; i++)
            {
                Assert.StartsWith("250", await smtp.MailAsync("", "support@desk.example", $"Subject: {client}-{i}\n\n{new string('x', 2000)}"));
                await stuck.SayAsync("S FETCH 1:* BODY[]");
                await imap.OkAsync("UID FETCH 1:* (FLAGS)");
                await imap.OkAsync("UID STORE 1:* +FLAGS.SILENT (\\Flagged)");
            }
        }));
        using var last = await RawClient.ImapAsync(server.ImapPort);
        Assert.Equal("* SEARCH " + string.Join(' ', Enumerable.Range(1, Clients * Each)), (await last.OkAsync("UID SEARCH FLAGGED"))[0]);
    }

    [Fact]
    public async Task Disposing_ends_every_session_and_the_deliveries()
    {
        var server = await Desk.StartAsync();
        using var idle = await RawClient.ImapAsync(server.ImapPort);
        await idle.SayAsync("I IDLE");
        await idle.ExpectAsync("+ ");
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await server.DisposeAsync();
        await server.DisposeAsync();
        Assert.Equal("(closed)", await idle.ReadLineAsync());
        Assert.Equal("(closed)", await smtp.ReadLineAsync());
        Assert.True(server.Deliveries.Completion.IsCompleted);
    }

    [Fact]
    public async Task Silent_clients_and_crowds_are_sent_away()
    {
        await using var server = await Desk.StartAsync(o => o with { IdleTimeout = TimeSpan.FromMilliseconds(500), MaxSessions = 2 });
        using var smtp = await RawClient.ConnectAsync(server.SmtpPort);
        await smtp.ExpectAsync("220");
        using var imap = await RawClient.ConnectAsync(server.ImapPort);
        await imap.ExpectAsync("* OK");
        using var third = await RawClient.ConnectAsync(server.ImapPort);
        await third.ExpectAsync("* BYE Too many");
        await smtp.ExpectAsync("421 4.4.2");
        await imap.ExpectAsync("* BYE [UNAVAILABLE]");
    }
}
