using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

public sealed class ImapNewsTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Long = TimeSpan.FromHours(2);

    private static string Listed(string capabilities) => ImapScript.Opened(1, capabilities) +
        """
        C: UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)
        S: * 1 FETCH (UID 1 RFC822.SIZE 5)
        S: $ OK

        """;

    private static async Task<ImapClient> ListInboxAsync(ScriptedServer server, TimeProvider? time = null)
    {
        var client = await server.OpenInboxAsync(time);
        await client.ListAsync(1, None);
        return client;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task New_mail_ends_the_idling(bool byteByByte)
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            S: * OK Still here
            S: * 1 EXISTS
            S: * 2 EXISTS
            S: * 1 RECENT
            C: DONE
            S: $ OK
            """,
            byteByByte: byteByByte);
        await using var client = await ListInboxAsync(server);
        Assert.True(await client.WaitForNewsAsync(Long, Long, None));
    }

    [Fact]
    public async Task News_told_during_another_command_is_not_lost()
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: UID STORE 1 +FLAGS.SILENT (\Seen)
            S: * 1 EXPUNGE
            S: * 1 EXISTS
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server);
        await client.AddFlagsAsync([1], ["\\Seen"], None);
        Assert.True(await client.WaitForNewsAsync(Long, Long, None)); // one went, another came
    }

    [Fact]
    public async Task News_told_while_listing_counts_unless_it_was_listed()
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: UID FETCH 2:* (UID FLAGS INTERNALDATE RFC822.SIZE)
            S: * 3 EXISTS
            S: * 2 FETCH (UID 2 RFC822.SIZE 5)
            S: $ OK
            C: UID FETCH 3:* (UID FLAGS INTERNALDATE RFC822.SIZE)
            S: * 3 FETCH (UID 3 RFC822.SIZE 5)
            S: $ OK
            C: IDLE
            S: + idling
            S: * 4 EXISTS
            C: DONE
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server);
        Assert.Single(await client.ListAsync(2, None));
        Assert.True(await client.WaitForNewsAsync(Long, Long, None));
        Assert.Single(await client.ListAsync(3, None));
        Assert.True(await client.WaitForNewsAsync(Long, Long, None));
    }

    [Fact]
    public async Task Idling_is_renewed_before_29_minutes_and_ends_when_asked()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            P: first
            C: DONE
            S: $ OK
            C: IDLE
            S: + idling
            P: second
            C: DONE
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server, time);
        var waiting = client.WaitForNewsAsync(TimeSpan.FromMinutes(12), Long, None);
        await server.Reached("first");
        time.Advance(TimeSpan.FromMinutes(9));
        server.Go("first");
        await server.Reached("second");
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(3));
        server.Go("second");
        Assert.False(await waiting);
    }

    [Fact]
    public async Task Cancelling_the_wait_ends_the_idling_and_leaves_the_session_alive()
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            P: idling
            C: DONE
            S: * 2 EXISTS
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server);
        using var cancel = new CancellationTokenSource();
        var waiting = client.WaitForNewsAsync(Long, Long, cancel.Token);
        await server.Reached("idling");
        await cancel.CancelAsync();
        server.Go("idling");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(await client.WaitForNewsAsync(Long, Long, None)); // what came meanwhile is not forgotten
    }

    [Fact]
    public async Task A_server_that_ignores_DONE_is_given_up()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            S: * 2 EXISTS
            C: DONE
            P: silence
            """);
        await using var client = await ListInboxAsync(server, time);
        var waiting = client.WaitForNewsAsync(Long, Long, None);
        await server.Reached("silence");
        time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<MailConnectionException>(() => waiting);
        server.Go("silence");
    }

    [Fact]
    public async Task A_server_that_ends_idling_by_itself_gets_no_DONE_and_is_polled()
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            S: $ OK enough
            C: NOOP
            S: * 2 EXISTS
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server);
        Assert.True(await client.WaitForNewsAsync(Long, TimeSpan.FromMilliseconds(1), None));
    }

    [Fact]
    public async Task A_DONE_that_crossed_the_servers_own_end_is_answered_with_BAD_and_does_no_harm()
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            S: * 2 EXISTS
            C: DONE
            S: $ OK idled enough\r\nDONE BAD unknown command
            C: UID STORE 1 +FLAGS.SILENT (\Seen)
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server);
        Assert.True(await client.WaitForNewsAsync(Long, Long, None));
        await client.AddFlagsAsync([1], ["\\Seen"], None);
    }

    [Fact]
    public async Task Without_idling_the_server_is_asked_once_and_not_before_its_time()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer(Listed("IMAP4rev1") +
            """
            C: NOOP
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server, time);
        var waiting = client.WaitForNewsAsync(Long, TimeSpan.FromMinutes(1), None);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_connection_that_is_polled_seldom_is_kept_alive()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer(Listed("IMAP4rev1") +
            """
            C: NOOP
            S: * 2 EXISTS
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server, time);
        var waiting = client.WaitForNewsAsync(Long, TimeSpan.FromHours(1), None);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_server_that_refuses_to_idle_is_polled()
    {
        await using var server = new ScriptedServer(Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: $ NO not now
            C: NOOP
            S: $ OK
            """);
        await using var client = await ListInboxAsync(server);
        Assert.False(await client.WaitForNewsAsync(Long, TimeSpan.FromMilliseconds(1), None));
    }

    [Fact]
    public async Task Goodbye_while_idling_is_told()
    {
        await using var server = new ScriptedServer(
            Listed("IMAP4rev1 IDLE") +
            """
            C: IDLE
            S: + idling
            S: * BYE Disconnected for inactivity.
            X:
            """);
        await using var client = await ListInboxAsync(server);
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => client.WaitForNewsAsync(Long, Long, None));
        Assert.Contains("Disconnected for inactivity.", broken.Message);
    }

    [Fact]
    public async Task Closing_says_LOGOUT()
    {
        await using var server = new ScriptedServer(
            ImapScript.LoggedIn() +
            """
            C: LOGOUT
            S: * BYE see you
            S: $ OK
            """);
        await using var client = await server.ConnectAsync();
    }
}
