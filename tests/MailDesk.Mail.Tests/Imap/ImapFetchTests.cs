using System.Globalization;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

public sealed class ImapFetchTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static string Text(FetchedMessage message) => Encoding.UTF8.GetString(message.Raw.Span);

    private static MessageSummary[] Samples(params uint[] uids) => [.. uids.Select(uid => ImapMailboxTests.Sample(uid, 5))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_come_by_uid_whatever_order_and_company_the_server_gives_them(bool byteByByte)
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(5) +
            """
            C: UID FETCH 1:3,7,9 (UID BODY.PEEK[])
            S: * 2 FETCH (BODY[] {12}
            S: two
            S: lines
            S:  UID 2)
            S: * 1 FETCH (FLAGS (\Seen))
            S: * 1 FETCH (UID 1 BODY[] {5}
            S: ) OK  FLAGS (\Seen))
            S: * 4 EXPUNGE
            S: * 3 FETCH (UID 3 BODY[] NIL)
            S: * 6 EXISTS
            S: * OK Still here {4}
            S: * 4 FETCH (UID 7 BODY[] "quoted \"one\"")
            S: * 5 FETCH (UID 8 BODY[] {7}
            S: unasked)
            S: $ OK done
            """,
            byteByByte: byteByByte);
        await using var client = await server.OpenInboxAsync();
        var fetched = await client.FetchAsync(Samples(9, 1, 2, 3, 7, 7), None).ToListAsync(None);
        Assert.Equal([1u, 2u, 7u], fetched.Select(m => m.Summary.Uid));
        Assert.Equal([") OK ", "two\r\nlines\r\n", "quoted \"one\""], fetched.Select(Text));
    }

    [Fact]
    public async Task The_next_batch_is_asked_for_before_the_first_has_come()
    {
        var script = new StringBuilder(ImapScript.Opened(250))
            .Append("C: UID FETCH 1:100 (UID BODY.PEEK[])\nC: UID FETCH 101:200 (UID BODY.PEEK[])\n");
        for (var uid = 1; uid <= 200; uid++)
        {
            script.Append(CultureInfo.InvariantCulture, $"S: * {uid} FETCH (UID {uid} BODY[] \"m{uid}\")\n");
            if (uid == 100) script.Append("S: A4 OK\nC: UID FETCH 201:250 (UID BODY.PEEK[])\n");
        }

        for (var uid = 201; uid <= 250; uid++) script.Append(CultureInfo.InvariantCulture, $"S: * {uid} FETCH (UID {uid} BODY[] \"m{uid}\")\n");
        script.Append("S: A6 OK\nS: A5 OK\n"); // in whatever order the server ends them
        await using var server = new ScriptedServer(script.ToString());
        await using var client = await server.OpenInboxAsync();
        var fetched = await client.FetchAsync(Samples([.. Enumerable.Range(1, 250).Select(i => (uint)i)]), None).ToListAsync(None);
        Assert.Equal(Enumerable.Range(1, 250).Select(i => $"m{i}"), fetched.Select(Text));
    }

    [Fact]
    public async Task Batches_are_bounded_by_octets()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(4) +
            """
            C: UID FETCH 1:2 (UID BODY.PEEK[])
            C: UID FETCH 3 (UID BODY.PEEK[])
            S: A4 OK
            C: UID FETCH 4 (UID BODY.PEEK[])
            S: A5 OK
            S: A6 OK
            """);
        await using var client = await server.OpenInboxAsync();
        MessageSummary[] messages = [.. new long[] { 2 << 20, 1 << 20, 900 << 20, 5 }.Select((size, i) => ImapMailboxTests.Sample((uint)i + 1, size))];
        Assert.Empty(await client.FetchAsync(messages, None).ToListAsync(None));
    }

    [Fact]
    public async Task A_reader_who_stops_early_leaves_the_session_in_order()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(2) +
            """
            C: UID FETCH 1:2 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 1 BODY[] "one")
            S: * 2 FETCH (UID 2 BODY[] {5}
            S: right)
            S: $ OK
            C: UID STORE 1 +FLAGS.SILENT (\Seen)
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        await foreach (var message in client.FetchAsync(Samples(1, 2), None))
        {
            Assert.Equal("one", Text(message));
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.ListAsync(1, None)); // one call at a time
            break;
        }

        await client.AddFlagsAsync([1], ["\\Seen"], None);
    }

    [Fact]
    public async Task A_message_that_the_server_cannot_read_does_not_keep_back_the_others()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(4) +
            """
            C: UID FETCH 1:4 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 1 BODY[] "one")
            S: $ NO [SERVERBUG] Internal error
            C: UID FETCH 2 (UID BODY.PEEK[])
            C: UID FETCH 3 (UID BODY.PEEK[])
            S: A5 NO [SERVERBUG] Internal error
            C: UID FETCH 4 (UID BODY.PEEK[])
            S: * 3 FETCH (UID 3 BODY[] "three")
            S: A6 OK
            S: $ NO [EXPUNGEISSUED] gone
            C: UID STORE 1 +FLAGS.SILENT (\Seen)
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        var fetched = new List<string>();
        var refusal = await Assert.ThrowsAsync<MailboxException>(async () =>
        {
            await foreach (var message in client.FetchAsync(Samples(1, 2, 3, 4), None)) fetched.Add(Text(message));
        });
        Assert.Equal(["one", "three"], fetched);
        Assert.Equal("UID FETCH 2: [SERVERBUG] Internal error", refusal.Message);
        await client.AddFlagsAsync([1], ["\\Seen"], None);
    }

    [Fact]
    public async Task Messages_that_vanished_meanwhile_are_left_out()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(2) +
            """
            C: UID FETCH 1:2 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 1 BODY[] "one")
            S: $ NO [EXPUNGEISSUED] Some are gone
            """);
        await using var client = await server.OpenInboxAsync();
        Assert.Equal("one", Text(Assert.Single(await client.FetchAsync(Samples(1, 2), None).ToListAsync(None))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_message_is_streamed_octet_for_octet(bool byteByByte)
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(2) +
            """
            C: UID FETCH 2 (UID BODY.PEEK[])
            S: * 1 FETCH (FLAGS (\Seen) UID 1)
            S: * 2 FETCH (BODY[] {12}
            S: line
            S: next
            S: UID 2)
            S: $ OK
            C: UID FETCH 3 (UID BODY.PEEK[])
            S: $ OK
            """,
            byteByByte: byteByByte);
        await using var client = await server.OpenInboxAsync();
        using var stream = new MemoryStream();
        Assert.True(await client.FetchToAsync(2, stream, None));
        Assert.Equal("line\r\nnext\r\n"u8, stream.ToArray());
        Assert.False(await client.FetchToAsync(3, stream, None));
        await Assert.ThrowsAsync<ArgumentException>(() => client.FetchToAsync(0, stream, None));
    }

    [Fact]
    public async Task Another_message_than_the_one_asked_for_is_a_broken_connection()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(2) +
            """
            C: UID FETCH 2 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 1 BODY[] "wrong")
            """);
        await using var client = await server.OpenInboxAsync();
        await Assert.ThrowsAsync<MailConnectionException>(() => client.FetchToAsync(2, Stream.Null, None));
    }

    [Fact]
    public async Task Cancelling_a_fetch_ends_the_session()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(2) +
            """
            C: UID FETCH 1:2 (UID BODY.PEEK[])
            P: waiting
            """);
        await using var client = await server.OpenInboxAsync();
        using var cancel = new CancellationTokenSource();
        var fetching = client.FetchAsync(Samples(1, 2), cancel.Token).ToListAsync(None).AsTask();
        await server.Reached("waiting");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        await Assert.ThrowsAsync<MailConnectionException>(() => client.ListAsync(1, None));
        server.Go("waiting");
    }
}
