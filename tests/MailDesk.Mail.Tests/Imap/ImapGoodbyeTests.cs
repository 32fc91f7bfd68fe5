using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>A whole session, in which the server says goodbye at every point in turn.</summary>
public sealed class ImapGoodbyeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly string[] Session = """
        S: * OK [CAPABILITY IMAP4rev1 UIDPLUS IDLE NAMESPACE] ready
        C: LOGIN "u" "p"
        S: $ OK [CAPABILITY IMAP4rev1 UIDPLUS IDLE NAMESPACE] welcome
        C: NAMESPACE
        S: * NAMESPACE (("" "/")) NIL NIL
        S: $ OK done
        C: SELECT "INBOX"
        S: * 1 EXISTS
        S: * OK [UIDVALIDITY 7] valid
        S: $ OK [READ-WRITE] opened
        C: UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)
        S: * 1 FETCH (UID 1 RFC822.SIZE 5)
        S: $ OK
        C: UID FETCH 1 (UID BODY.PEEK[])
        S: * 1 FETCH (UID 1 BODY[] "text")
        S: $ OK
        C: UID FETCH 1 (UID BODY.PEEK[])
        S: * 1 FETCH (UID 1 BODY[] "text")
        S: $ OK
        C: UID STORE 1 +FLAGS.SILENT (\Seen)
        S: $ OK
        C: UID COPY 1 "Done"
        S: $ NO [TRYCREATE] No such mailbox
        C: CREATE "Done"
        S: $ OK
        C: UID COPY 1 "Done"
        S: $ OK
        C: UID STORE 1 +FLAGS.SILENT (\Deleted)
        S: $ OK
        C: UID EXPUNGE 1
        S: * 1 EXPUNGE
        S: $ OK
        C: IDLE
        S: + idling
        S: * 1 EXISTS
        C: DONE
        S: $ OK
        """.ReplaceLineEndings("\n").Split('\n');

    public static TheoryData<int> Points { get; } = [.. Enumerable.Range(0, Session.Length).Where(i => Session[i].StartsWith("S:", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Goodbye_at_any_point_is_told_and_nothing_more_is_said(int point)
    {
        await using var server = new ScriptedServer(string.Join('\n', Session[..point]) + "\nS: * BYE Server is going down");
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => PlayAsync(server));
        Assert.Contains("Server is going down", broken.Message);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task What_the_server_tells_out_of_place_does_no_harm_anywhere(int point)
    {
        const string Unasked = "S: * OK [ALERT] Backup tonight\nS: * SEARCH 1 2\nS: * LIST () \"/\" \"x\"\nS: * NAMESPACE NIL NIL NIL\nS: * STATUS x (MESSAGES 5)\nS: * ENABLED\nS: * FLAGS ()\n";
        if (point == 0) point = 2; // a greeting comes first, and an OK would be it
        await using var server = new ScriptedServer(
            string.Join('\n', Session[..point]) + "\n" + Unasked + string.Join('\n', Session[point..]));
        await PlayAsync(server);
        await server.PlayedAsync();
    }

    private static async Task PlayAsync(ScriptedServer server)
    {
        await using var client = await server.OpenInboxAsync();
        var list = await client.ListAsync(1, None);
        Assert.Single(await client.FetchAsync(list, None).ToListAsync(None));
        Assert.True(await client.FetchToAsync(1, Stream.Null, None));
        await client.AddFlagsAsync([1], ["\\Seen"], None);
        await client.MoveAsync([1], "Done", None);
        Assert.True(await client.WaitForNewsAsync(TimeSpan.FromHours(1), TimeSpan.FromHours(1), None));
    }
}
