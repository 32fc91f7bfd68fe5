using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

public sealed class ImapMailboxTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Opening_tells_validity_next_uid_and_count_whatever_else_the_server_says(bool byteByByte)
    {
        await using var server = new ScriptedServer(
            ImapScript.LoggedIn() +
            """
            C: LIST "" ""
            S: * LIST (\Noselect) "/" {0}
            S: 
            S: $ OK done
            C: SELECT "INBOX"
            S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
            S: * OK [PERMANENTFLAGS (\Answered \*)] Flags {5} permitted.
            S: * X-NONSENSE (a (b "c]{3}") {5}
            S: ab
            S: c) "d\"e"
            S: * 12 EXISTS
            S: * 0 RECENT
            S: * OK [UNSEEN 3] First unseen
            S: * OK [UIDVALIDITY 4294967295] UIDs valid
            S: * OK [UIDNEXT 4294967294] Predicted
            S: 
            S: * LIST () NIL stray
            S: $ OK [READ-WRITE] done
            """,
            byteByByte: byteByByte);
        await using var client = await server.ConnectAsync();
        Assert.Equal(new OpenedMailbox("inbox", 4294967295, 4294967294, 12), await client.OpenAsync("inbox", None));
    }

    [Theory]
    [InlineData("$ NO [NONEXISTENT] No such mailbox", "No such mailbox")]
    [InlineData("$ BAD what?", "what?")]
    [InlineData("$ OK [READ-ONLY] opened", "reading only")]
    [InlineData("$ OK [READ-WRITE] opened", "UIDVALIDITY")]
    public async Task A_mailbox_that_cannot_be_worked_with_is_refused_and_the_session_lives(string reply, string reason)
    {
        await using var server = new ScriptedServer(
            ImapScript.LoggedIn() + $"""
            C: LIST "" ""
            S: * LIST () "/" ""
            S: $ OK done
            C: SELECT "Other"
            S: {reply}
            C: SELECT "INBOX"
            S: * OK [UIDVALIDITY 3] ok
            S: $ OK done
            """);
        await using var client = await server.ConnectAsync();
        var refusal = await Assert.ThrowsAsync<MailboxException>(() => client.OpenAsync("Other", None));
        Assert.Contains(reason, refusal.Message);
        await Assert.ThrowsAsync<MailboxException>(() => client.ListAsync(1, None));
        Assert.Equal(3u, (await client.OpenAsync("INBOX", None)).UidValidity);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Listing_takes_attributes_in_any_order_and_passes_over_what_is_no_summary(bool byteByByte)
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(4) +
            """
            C: UID FETCH 5:* (UID FLAGS INTERNALDATE RFC822.SIZE)
            S: * 3 FETCH (RFC822.SIZE 1200 UID 9 INTERNALDATE " 7-Feb-2026 23:30:00 -0500" FLAGS (\SEEN $Label1))
            S: * 1 FETCH (FLAGS (\Deleted))
            S: * 2 FETCH (UID 8 FLAGS (\Answered))
            S: * 1 FETCH (UID 4 FLAGS () INTERNALDATE "01-Jan-2026 00:00:00 +0000" RFC822.SIZE 10)
            S: * 2 FETCH (X-GM-LABELS ("\\Inbox" {3}
            S: a)b (deep (deeper))) UID 8 INTERNALDATE {26}
            S: 01-Jan-2026 00:00:00 +0000 MODSEQ (5) FLAGS () RFC822.SIZE 77)
            S: $ OK done
            """.Replace("$Label1", "Label1", StringComparison.Ordinal),
            byteByByte: byteByByte);
        var time = new ManualTime();
        await using var client = await server.OpenInboxAsync(time);
        var list = await client.ListAsync(5, None);
        Assert.Equal([8u, 9u], list.Select(m => m.Uid));
        Assert.Equal([77L, 1200L], list.Select(m => m.Size));
        Assert.Equal(["\\Seen", "Label1"], list[1].Flags);
        Assert.Equal(new DateTimeOffset(2026, 2, 8, 4, 30, 0, TimeSpan.Zero), list[1].InternalDate);
        Assert.Equal(time.GetUtcNow(), list[0].InternalDate); // a date that is none counts as now
    }

    [Fact]
    public async Task An_empty_mailbox_is_not_asked_for_its_messages()
    {
        await using var server = new ScriptedServer(
            ImapScript.Opened(0) +
            """
            C: NOOP
            S: $ OK
            C: NOOP
            S: * 1 EXISTS
            S: $ OK
            C: UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)
            S: * 1 FETCH (UID 1 RFC822.SIZE 5)
            S: $ OK
            """);
        await using var client = await server.OpenInboxAsync();
        Assert.Empty(await client.ListAsync(1, None));
        Assert.Single(await client.ListAsync(1, None));
    }

    [Theory]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {-5}", "-5 octets")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {99999999999}", "99999999999 octets")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {2147483648}", "2147483648 octets")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {2147483647}", "2147483647 octets where")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {1x}", "1x octets")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {", "without a length")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] {5}\nS: hel\nX:", "closed")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] \"unended", "without an end")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] \"unended\\", "without an end")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[", "without an end")]
    [InlineData("S: * 1 FETCH (UID 1", "without the name")]
    [InlineData("S: * 1 FETCH (UID one)", "no number")]
    [InlineData("S: * 1 FETCH (UID 4294967296)", "no number")]
    [InlineData("S: * 1 FETCH", "without a list")]
    [InlineData("S: * 1 FETCH (X-Y)", "without a value")]
    [InlineData("S: * 1 FETCH (X-Y ((a)", "without an end")]
    [InlineData("S: * 1 FETCH (UID 1 BODY[] (a))", "without a string")]
    [InlineData("S: * 99999999999 EXISTS", "no number")]
    [InlineData("S: * 1", "without a keyword")]
    [InlineData("S: (", "no response")]
    [InlineData("S: + go on", "request for more")]
    [InlineData("S: A1 OK again", "end of another command")]
    [InlineData("S: * BYE Server shutting down.", "Server shutting down.")]
    [InlineData("S: * OK [UIDVALIDITY 8] changed", "another UIDVALIDITY")]
    public async Task Nonsense_in_the_middle_ends_the_session_and_nothing_else(string script, string reason)
    {
        await using var server = new ScriptedServer(ImapScript.Opened(1) + "C: UID FETCH 1 (UID BODY.PEEK[])\n" + script);
        await using var client = await server.OpenInboxAsync();
        var broken = await Assert.ThrowsAsync<MailConnectionException>(() => client.FetchAsync([Sample(1, 5)], None).ToListAsync(None).AsTask());
        Assert.Contains(reason, broken.Message);
        broken = await Assert.ThrowsAsync<MailConnectionException>(() => client.ListAsync(1, None));
        Assert.Contains("has ended", broken.Message);
    }

    [Theory]
    [InlineData("S: * NAMESPACE ((\"\" \"/\")) NIL NIL", "MailDesk/Processed")]
    [InlineData("S: * NAMESPACE ((\"INBOX.\" \".\")) ((\"user.\" \".\")) ((\"\" \".\"))", "INBOX.MailDesk.Processed")]
    [InlineData("S: * NAMESPACE ((\"INBOX.\" \".\" \"X-P\" (\"F\" \"G\"))(\"#mh/\" \"/\")) NIL ((\"Public.\" \".\"))", "INBOX.MailDesk.Processed")]
    [InlineData("S: * NAMESPACE (({6}\nS: INBOX. {1}\nS: .)) NIL NIL", "INBOX.MailDesk.Processed")]
    [InlineData("S: * NAMESPACE ((\"\" NIL)) NIL NIL", "MailDesk-Processed")]
    [InlineData("S: * NAMESPACE ((\"\" \"\\\\\")) NIL NIL", "MailDesk\\\\Processed")]
    public async Task Mailboxes_are_spelt_as_the_server_spells_them(string reply, string spelt)
    {
        await using var server = new ScriptedServer(ImapScript.LoggedIn("IMAP4rev1 NAMESPACE") + $"""
            C: NAMESPACE
            {reply}
            S: $ OK
            C: CREATE "{spelt}"
            S: $ OK
            """);
        await using var client = await server.ConnectAsync();
        await client.EnsureMailboxAsync("MailDesk/Processed", None);
    }

    [Fact]
    public async Task A_server_without_namespaces_is_asked_for_its_separator()
    {
        await using var server = new ScriptedServer(ImapScript.LoggedIn() + """
            C: LIST "" ""
            S: * LIST (\Noselect) "." ""
            S: $ OK
            C: CREATE "&BB8EPgRHBEIEMA-.R&-D"
            S: $ OK
            """);
        await using var client = await server.ConnectAsync();
        await client.EnsureMailboxAsync("Почта/R&D", None);
    }

    [Theory]
    [InlineData("S: $ NO [ALREADYEXISTS] Mailbox exists")]
    [InlineData("S: $ NO Mailbox exists\nC: STATUS \"A\" (MESSAGES)\nS: * STATUS A (MESSAGES 0)\nS: $ OK")]
    public async Task A_mailbox_that_exists_already_is_ensured(string reply)
    {
        await using var server = new ScriptedServer(ImapScript.LoggedIn() + $"""
            C: LIST "" ""
            S: * LIST () "/" ""
            S: $ OK
            C: CREATE "A"
            {reply}
            """);
        await using var client = await server.ConnectAsync();
        await client.EnsureMailboxAsync("A", None);
    }

    [Fact]
    public async Task Levels_above_are_created_where_the_server_does_not_and_its_no_is_told()
    {
        await using var server = new ScriptedServer(ImapScript.LoggedIn() + """
            C: LIST "" ""
            S: * LIST () "/" ""
            S: $ OK
            C: CREATE "A/B"
            S: $ NO no parent
            C: STATUS "A/B" (MESSAGES)
            S: $ NO not there
            C: CREATE "A"
            S: $ OK
            C: CREATE "A/B"
            S: $ NO [OVERQUOTA] full
            C: STATUS "A/B" (MESSAGES)
            S: $ NO not there
            """);
        await using var client = await server.ConnectAsync();
        var refusal = await Assert.ThrowsAsync<MailboxException>(() => client.EnsureMailboxAsync("A/B", None));
        Assert.Contains("[OVERQUOTA] full", refusal.Message);
    }

    [Theory]
    [InlineData("A\r\nA9 LOGOUT")]
    [InlineData("A\0B")]
    [InlineData("")]
    public async Task A_name_that_no_mailbox_has_is_refused_before_anything_is_sent(string name)
    {
        await using var server = new ScriptedServer(ImapScript.Opened(1));
        await using var client = await server.OpenInboxAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.OpenAsync(name, None));
        await Assert.ThrowsAsync<ArgumentException>(() => client.EnsureMailboxAsync(name, None));
        await Assert.ThrowsAsync<ArgumentException>(() => client.MoveAsync([1], name, None));
    }

    internal static MessageSummary Sample(uint uid, long size) => new(uid, default, size, []);
}
