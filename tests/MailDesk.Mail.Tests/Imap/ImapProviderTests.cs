using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>What the big providers do in their own way; the capabilities and words are theirs.</summary>
public sealed class ImapProviderTests
{
    private const string Gmail = "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE "
        + "ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584";

    private const string Exchange = "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES "
        + "CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Plain = Convert.ToBase64String("\0u\0p"u8);

    private static readonly string GmailLogin = $"""
        S: * OK Gimap ready for requests from 192.0.2.7 u9mb76462483wmq
        C: CAPABILITY
        S: * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER
        S: $ OK Thats all she wrote! u9mb76462483wmq
        C: AUTHENTICATE PLAIN {Plain}

        """;

    [Fact]
    public async Task Gmail_has_mailbox_names_in_UTF8_and_literals_of_4096_octets_that_do_not_wait()
    {
        var longName = new string('ж', 2049);
        await using var server = new ScriptedServer(GmailLogin + $"""
            S: * CAPABILITY {Gmail}
            S: $ OK support@desk.example authenticated (Success)
            C: ENABLE UTF8=ACCEPT
            S: * ENABLED UTF8=ACCEPT
            S: $ OK Success
            C: NAMESPACE
            S: * NAMESPACE (("" "/")) NIL NIL
            S: $ OK Success
            C: CREATE {"{8+}"}
            C: Ящик
            S: $ NO [ALREADYEXISTS] Duplicate folder name Ящик (Failure)
            C: CREATE {"{14+}"}
            C: R&D/почта
            S: $ OK Success
            C: CREATE {"{4096+}"}
            C: {longName[..2048]}
            S: $ OK Success
            C: CREATE {"{4098}"}
            S: + go ahead
            C: {longName}
            S: $ NO [CANNOT] Too long (Failure)
            C: STATUS {"{4098}"}
            S: + go ahead
            C: {longName} (MESSAGES)
            S: $ NO [NONEXISTENT] Unknown Mailbox (Failure)
            """);
        await using var client = await server.ConnectAsync();
        await client.EnsureMailboxAsync("Ящик", None);
        await client.EnsureMailboxAsync("R&D/почта", None);
        await client.EnsureMailboxAsync(longName[..2048], None);
        var refusal = await Assert.ThrowsAsync<MailboxException>(() => client.EnsureMailboxAsync(longName, None));
        Assert.Equal("CANNOT", refusal.Code);
    }

    [Fact]
    public async Task Where_UTF8_is_not_enabled_after_all_names_stay_in_modified_UTF7()
    {
        await using var server = new ScriptedServer(GmailLogin + $"""
            S: * CAPABILITY {Gmail}
            S: $ OK support@desk.example authenticated (Success)
            C: ENABLE UTF8=ACCEPT
            S: * ENABLED
            S: $ OK Success
            C: NAMESPACE
            S: * NAMESPACE (("" "/")) NIL NIL
            S: $ OK Success
            C: CREATE "&BC8ESQQ4BDo-"
            S: $ OK Success
            """);
        await using var client = await server.ConnectAsync();
        await client.EnsureMailboxAsync("Ящик", None);
    }

    [Fact]
    public async Task A_sixteenth_connection_to_Gmail_is_no_wrong_password()
    {
        await using var server = new ScriptedServer(GmailLogin + "S: $ NO [ALERT] Too many simultaneous connections. (Failure)");
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => server.ConnectAsync());
        Assert.Contains("Too many simultaneous connections", broken.Message);
    }

    [Fact]
    public async Task Gmail_ends_a_session_with_its_token_and_another_one_is_opened()
    {
        await using var server = new ScriptedServer(GmailLogin + $"""
            S: * CAPABILITY IMAP4rev1
            S: $ OK support@desk.example authenticated (Success)
            C: LIST "" ""
            S: * LIST (\Noselect) "/" "/"
            S: $ OK Success
            C: SELECT "INBOX"
            S: * BYE Session expired, please login again.
            """);
        await using var client = await server.ConnectAsync();
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => client.OpenAsync("INBOX", None));
        Assert.Contains("Session expired", broken.Message);
    }

    [Fact]
    public async Task Exchange_lets_one_log_in_to_a_mailbox_that_it_cannot_open()
    {
        await using var server = new ScriptedServer($"""
            S: * OK The Microsoft Exchange IMAP4 service is ready. [QgBZADIA]
            C: CAPABILITY
            S: * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+
            S: $ OK CAPABILITY completed.
            C: AUTHENTICATE PLAIN {Plain}
            S: $ OK AUTHENTICATE completed.
            C: CAPABILITY
            S: * CAPABILITY {Exchange}
            S: $ OK CAPABILITY completed.
            C: NAMESPACE
            S: $ BAD User is authenticated but not connected.
            """);
        await using var client = await server.ConnectAsync();
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => client.OpenAsync("INBOX", None));
        Assert.Contains("authenticated but not connected", broken.Message);
    }

    [Fact]
    public async Task Exchange_estimates_sizes_and_refuses_sets_in_an_empty_mailbox_and_keeps_no_keywords()
    {
        await using var server = new ScriptedServer(ImapScript.LoggedIn("IMAP4 IMAP4rev1 UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+") + """
            C: NAMESPACE
            S: * NAMESPACE (("" "/")) NIL NIL
            S: $ OK NAMESPACE completed.
            C: SELECT "INBOX"
            S: * 0 EXISTS
            S: * 0 RECENT
            S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft MDNSent)
            S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft MDNSent)] Permanent flags
            S: * OK [UIDVALIDITY 14] UIDVALIDITY value
            S: * OK [UIDNEXT 7] The next unique identifier value
            S: $ OK [READ-WRITE] SELECT completed.
            C: NOOP
            S: $ OK NOOP completed.
            C: NOOP
            S: * 1 EXISTS
            S: $ OK NOOP completed.
            C: UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)
            S: * 1 FETCH (UID 7 FLAGS (\Recent) INTERNALDATE "23-Nov-2026 09:00:00 +0000" RFC822.SIZE 3)
            S: $ OK FETCH completed.
            C: UID FETCH 7 (UID BODY.PEEK[])
            S: * 1 FETCH (UID 7 BODY[] {13}
            S: longer text
            S: )
            S: $ OK FETCH completed.
            C: UID STORE 7 +FLAGS.SILENT (\Seen MDNSent)
            S: $ OK STORE completed.
            """);
        await using var client = await server.ConnectAsync();
        Assert.False((await client.OpenAsync("INBOX", None)).KeepsKeywords);
        Assert.Empty(await client.ListAsync(1, None));
        var list = await client.ListAsync(1, None);
        Assert.Equal("longer text\r\n", Encoding.ASCII.GetString(Assert.Single(await client.FetchAsync(list, None).ToListAsync(None)).Raw.Span));
        await client.AddFlagsAsync([7], ["\\Seen", "MailDeskDone", "MDNSent"], None);
        await client.AddFlagsAsync([7], ["MailDeskDone"], None);
    }

    [Theory]
    [InlineData("S: * 1 FETCH (UID 5 BODY[])")]
    [InlineData("S: * 1 FETCH (UID 5 BODY[]")]
    public async Task A_message_that_Yandex_leaves_empty_keeps_nothing_from_the_others(string damaged)
    {
        await using var server = new ScriptedServer(ImapScript.LoggedIn("IMAP4rev1 CHILDREN UNSELECT LITERAL+ NAMESPACE XLIST UIDPLUS ENABLE ID IDLE MOVE") + $"""
            C: NAMESPACE
            S: * NAMESPACE (("" "|")) NIL NIL
            S: $ OK NAMESPACE Completed.
            C: SELECT "INBOX"
            S: * FLAGS (\Answered \Seen \Draft \Deleted Forwarded)
            S: * 2 EXISTS
            S: * 0 RECENT
            S: * OK [UNSEEN 1]
            S: * OK [PERMANENTFLAGS (\Answered \Seen \Draft \Flagged \Deleted Forwarded \*)] Limited
            S: * OK [UIDNEXT 7] Ok
            S: * OK [UIDVALIDITY 1325508100] Ok
            S: $ OK [READ-WRITE] SELECT Completed.
            C: UID FETCH 5:6 (UID BODY.PEEK[])
            {damaged}
            S: * 2 FETCH (UID 6 BODY[] "whole")
            S: $ OK UID FETCH Completed.
            C: UID FETCH 5 (UID BODY.PEEK[])
            {damaged}
            S: $ OK UID FETCH Completed.
            C: UID MOVE 6 "MailDesk|Processed"
            S: * 2 EXPUNGE
            S: $ OK [COPYUID 1325508101 6 1] UID MOVE Completed.
            """);
        await using var client = await server.OpenInboxAsync();
        var fetched = await client.FetchAsync([ImapMailboxTests.Sample(5, 5), ImapMailboxTests.Sample(6, 5)], None).ToListAsync(None);
        Assert.Equal(6u, Assert.Single(fetched).Summary.Uid);
        Assert.False(await client.FetchToAsync(5, Stream.Null, None));
        await client.MoveAsync([6], "MailDesk/Processed", None);
    }

    [Fact]
    public async Task MailRu_neither_idles_nor_has_namespaces_nor_keeps_keywords()
    {
        await using var server = new ScriptedServer("""
            S: * OK IMAP4 ready
            C: CAPABILITY
            S: * CAPABILITY IMAP4rev1 ID XLIST UIDPLUS UNSELECT MOVE LIST-STATUS AUTH=PLAIN AUTH=XOAUTH2 SASL-IR
            S: $ OK CAPABILITY completed
            C: AUTHENTICATE PLAIN AHUAcA==
            S: * CAPABILITY IMAP4rev1 ID XLIST UIDPLUS UNSELECT MOVE LIST-STATUS
            S: $ OK Authentication successful
            C: LIST "" ""
            S: * LIST (\Noselect) "/" ""
            S: $ OK LIST completed
            C: SELECT "INBOX"
            S: * FLAGS (\Answered \Flagged \Deleted \Draft \Seen)
            S: * 0 EXISTS
            S: * 0 RECENT
            S: * OK [UIDVALIDITY 1427955509]
            S: * OK [PERMANENTFLAGS (\Answered \Flagged \Deleted \Seen \Draft)]
            S: * OK [UIDNEXT 3592]
            S: $ OK [READ-WRITE] SELECT completed
            C: NOOP
            S: * 1 EXISTS
            S: $ OK NOOP completed
            """);
        await using var client = await server.ConnectAsync();
        var opened = await client.OpenAsync("INBOX", None);
        Assert.Equal(new OpenedMailbox("INBOX", 1427955509, 3592, 0) { KeepsKeywords = false }, opened);
        await client.AddFlagsAsync([1], ["MailDeskDone"], None);
        Assert.True(await client.WaitForNewsAsync(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(1), None));
    }
}
