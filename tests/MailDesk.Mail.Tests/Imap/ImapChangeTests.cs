using MailDesk.Mail.Imap;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

public sealed class ImapChangeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Flags_are_added_to_ranges_of_uids()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(9) +
            """
            C: UID STORE 1:3,5,7:8 +FLAGS.SILENT (\Seen Label)
            S: * 1 FETCH (FLAGS (\Seen))
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        await client.AddFlagsAsync([8, 3, 2, 1, 5, 7, 2], ["\\Seen", "Label"], None);
        await client.AddFlagsAsync([], ["\\Seen"], None);
        await client.AddFlagsAsync([1], [], None);
    }

    [Theory]
    [InlineData("a) \r\nA9 LOGOUT")]
    [InlineData("\\")]
    [InlineData("")]
    [InlineData("\\\\Seen")]
    [InlineData("метка")]
    public async Task What_is_no_flag_is_refused_before_anything_is_sent(string flag)
    {
        await using var server = new ScriptedServer(ImapScript.Opened(9));
        await using var client = await server.OpenInboxAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.AddFlagsAsync([1], [flag], None));
        await Assert.ThrowsAsync<ArgumentException>(() => client.AddFlagsAsync([0], ["\\Seen"], None));
    }

    [Fact]
    public async Task Moving_uses_MOVE_and_creates_the_destination_when_the_server_says_so()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(9, "IMAP4rev1 MOVE") +
            """
            C: UID MOVE 1:2 "MailDesk/Processed"
            S: $ NO [TRYCREATE] No such mailbox
            C: CREATE "MailDesk/Processed"
            S: $ OK
            C: UID MOVE 1:2 "MailDesk/Processed"
            S: * OK [COPYUID 5 1:2 1:2] moved
            S: * 1 EXPUNGE
            S: * 1 EXPUNGE
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        await client.MoveAsync([1, 2], "MailDesk/Processed", None);
    }

    [Fact]
    public async Task Without_MOVE_only_the_moved_are_expunged()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(9, "IMAP4rev1 UIDPLUS") +
            """
            C: UID COPY 4 "Done"
            S: $ OK
            C: UID STORE 4 +FLAGS.SILENT (\Deleted)
            S: $ OK
            C: UID EXPUNGE 4
            S: * 4 EXPUNGE
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        await client.MoveAsync([4], "Done", None);
    }

    [Fact]
    public async Task Without_MOVE_and_UIDPLUS_nothing_is_ever_expunged()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(9) +
            """
            C: UID COPY 4 "Done"
            S: $ OK
            C: UID STORE 4 +FLAGS.SILENT (\Deleted \Seen)
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        await client.MoveAsync([4], "Done", None);
    }

    [Fact]
    public async Task A_copy_that_failed_leaves_the_original_alone()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(9, "IMAP4rev1 UIDPLUS") +
            """
            C: UID COPY 4 "Done"
            S: $ NO [OVERQUOTA] Full
            """);
        await using var client = await server.OpenInboxAsync();
        var refusal = await Assert.ThrowsAsync<MailboxException>(() => client.MoveAsync([4], "Done", None));
        Assert.Contains("[OVERQUOTA] Full", refusal.Message);
    }

    [Fact]
    public async Task No_command_line_is_too_long_for_the_server()
    {
        var script = ImapScript.Opened(9) + string.Concat(Enumerable.Repeat("R:\nS: $ OK\n", 10));
        await using var server = new ScriptedServer(script);
        await using var client = await server.OpenInboxAsync();
        uint[] uids = [.. Enumerable.Range(0, 5000).Select(i => 4_000_000_000 + (2 * (uint)i))];
        await client.AddFlagsAsync(uids, ["\\Seen"], None);
        Assert.All(server.Received, line => Assert.InRange(line.Length, 1, 8000));
        Assert.Equal(uids, server.Received.SelectMany(line => line.Split(' ')[2].Split(',')).Select(uint.Parse));
    }
}
