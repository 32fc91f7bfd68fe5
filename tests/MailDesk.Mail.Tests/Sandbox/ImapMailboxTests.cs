namespace MailDesk.Mail.Tests.Sandbox;

public sealed class ImapMailboxTests
{
    [Fact]
    public async Task Both_ways_to_log_in_work_and_wrong_ones_do_not()
    {
        await using var server = await Desk.StartAsync();
        foreach (var way in (string[])["LOGIN \"Support@desk.example\" \"secret\"", "LOGIN {20+}\r\nsupport@desk.example {6+}\r\nsecret",
            $"AUTHENTICATE PLAIN {Desk.Base64("\0support@desk.example\0secret")}", $"AUTHENTICATE PLAIN\r\n{Desk.Base64("\0support@desk.example\0secret")}"])
        {
            using var imap = await RawClient.ConnectAsync(server.ImapPort);
            await imap.ExpectAsync("* OK [CAPABILITY IMAP4rev1 ");
            Assert.StartsWith("BAD", await imap.RefusedAsync("SELECT INBOX"));
            Assert.StartsWith("NO [AUTHENTICATIONFAILED]", await imap.RefusedAsync("LOGIN support@desk.example wrong"));
            await imap.OkAsync(way);
            await imap.OkAsync("SELECT inbox");
        }
    }

    [Fact]
    public async Task A_literal_waits_for_leave()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.SayAsync("A APPEND INBOX (\\Seen $Mine) \" 1-Jul-2026 10:00:00 +0300\" {14}");
        await imap.ExpectAsync("+ ");
        await imap.SendAsync("Subject: x\r\n\r\n\r\n");
        var answer = await imap.TaggedAsync("A");
        Assert.StartsWith("OK [APPENDUID ", answer[^1]);
        Assert.Contains("* 1 EXISTS", answer);
        Assert.Contains(
            "* 1 FETCH (FLAGS (\\Seen $Mine \\Recent) INTERNALDATE \"01-Jul-2026 10:00:00 +0300\" RFC822.SIZE 14)", await imap.OkAsync("FETCH 1 FAST"));
    }

    [Fact]
    public async Task Mailboxes_are_created_listed_renamed_and_deleted()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort, select: null);
        await imap.OkAsync("CREATE MailDesk/Failed");
        await imap.OkAsync("CREATE \"&BBAEQARFBDgEMg-/\"");
        Assert.StartsWith("NO [ALREADYEXISTS]", await imap.RefusedAsync("CREATE inbox"));
        Assert.StartsWith("NO [CANNOT]", await imap.RefusedAsync("CREATE a//b"));
        Assert.StartsWith("NO [CANNOT]", await imap.RefusedAsync("CREATE \"bad&name\""));
        Assert.StartsWith("NO [CANNOT]", await imap.RefusedAsync("CREATE \"bad*name\""));
        Assert.StartsWith("NO [CANNOT]", await imap.RefusedAsync("CREATE \"\u00E4\""));
        Assert.Equal(
            ["* LIST (\\HasNoChildren) \"/\" \"&BBAEQARFBDgEMg-\"", "* LIST (\\HasNoChildren) \"/\" \"INBOX\"", "* LIST (\\HasChildren) \"/\" \"MailDesk\""],
            (await imap.OkAsync("LIST \"\" %"))[..^1]);
        Assert.Equal(["* LIST (\\HasNoChildren) \"/\" \"MailDesk/Failed\""], (await imap.OkAsync("LIST Mail *d"))[..^1]);
        Assert.Equal(["* LIST (\\Noselect) \"/\" \"\""], (await imap.OkAsync("LIST \"\" \"\""))[..^1]);
        await imap.OkAsync("SUBSCRIBE MailDesk/Failed");
        Assert.Equal(["* LSUB () \"/\" \"MailDesk/Failed\""], (await imap.OkAsync("LSUB \"\" *"))[..^1]);
        await imap.AppendAsync("MailDesk/Failed", "Subject: x\n\n");
        Assert.StartsWith("NO [HASCHILDREN]", await imap.RefusedAsync("DELETE MailDesk"));
        await imap.OkAsync("RENAME MailDesk Desk/Old");
        Assert.Contains("MESSAGES 1 ", (await imap.OkAsync("STATUS Desk/Old/Failed (MESSAGES UNSEEN UIDNEXT)"))[0]);
        await imap.OkAsync("DELETE Desk/Old/Failed");
        Assert.StartsWith("NO [NONEXISTENT]", await imap.RefusedAsync("SELECT Desk/Old/Failed"));
        Assert.StartsWith("NO [CANNOT]", await imap.RefusedAsync("DELETE INBOX"));
    }

    [Fact]
    public async Task Renaming_the_inbox_moves_its_letters()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort, select: null);
        await imap.AppendAsync("INBOX", "Subject: x\n\n");
        await imap.OkAsync("RENAME INBOX Archive/2026");
        Assert.Contains("MESSAGES 1)", (await imap.OkAsync("STATUS Archive/2026 (MESSAGES)"))[0]);
        Assert.Contains("MESSAGES 0)", (await imap.OkAsync("STATUS INBOX (MESSAGES)"))[0]);
    }

    [Fact]
    public async Task A_copy_and_a_move_tell_the_new_uids()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        for (var i = 0; i < 4; i++) await imap.AppendAsync("INBOX", $"Subject: {i}\n\n");
        Assert.StartsWith("NO [TRYCREATE]", await imap.RefusedAsync("UID COPY 1 Done"));
        await imap.OkAsync("CREATE Done");
        Assert.Matches(@"^OK \[COPYUID \d+ 2 1\]", (await imap.OkAsync("COPY 2 Done"))[^1]);
        var moved = await imap.OkAsync("UID MOVE 1,3:4,77 Done");
        Assert.Matches(@"^\* OK \[COPYUID \d+ 1,3:4 2:4\]", moved[0]);
        Assert.Equal(["* 1 EXPUNGE", "* 2 EXPUNGE", "* 2 EXPUNGE"], moved[1..^1]);
        await imap.OkAsync("SELECT Done");
        Assert.Equal("* SEARCH 1 2 3 4", (await imap.OkAsync("UID SEARCH ALL"))[0]);
        Assert.StartsWith("OK", (await imap.OkAsync("UID COPY 99 INBOX"))[^1]);
    }

    [Fact]
    public async Task Examine_changes_nothing()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort, select: null);
        await imap.AppendAsync("INBOX", "Subject: x\n\n");
        Assert.Contains("* 1 RECENT", await imap.OkAsync("EXAMINE INBOX"));
        await imap.OkAsync("FETCH 1 BODY[]");
        Assert.StartsWith("NO [READ-ONLY]", await imap.RefusedAsync("STORE 1 +FLAGS \\Seen"));
        Assert.StartsWith("NO [READ-ONLY]", await imap.RefusedAsync("EXPUNGE"));
        await imap.OkAsync("UNSELECT");
        var selected = await imap.OkAsync("SELECT INBOX");
        Assert.Contains("* 1 RECENT", selected);
        Assert.Contains(selected, l => l.Contains("* OK [UNSEEN 1]"));
    }

    [Theory]
    [InlineData("FETCH 2 FLAGS")]
    [InlineData("FETCH 1 BODY[")]
    [InlineData("FETCH 1 BODY[]<0.0>")]
    [InlineData("FETCH 0 FLAGS")]
    [InlineData("FETCH 1:99999999999 FLAGS")]
    [InlineData("STORE 1 FLAGS (\\Nonsense)")]
    [InlineData("STORE 1 FLUGS (\\Seen)")]
    [InlineData("SEARCH")]
    [InlineData("SEARCH FROM")]
    [InlineData("SEARCH NONSENSE x")]
    [InlineData("SEARCH SINCE 31-Feb-2026")]
    [InlineData("LIST \"\" \"x")]
    [InlineData("WHATEVER")]
    [InlineData("UID NOOP")]
    [InlineData("STATUS INBOX (COLOUR)")]
    [InlineData("NOOP trailing")]
    public async Task Nonsense_is_bad_and_the_session_lives(string command)
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", "Subject: x\n\n");
        Assert.StartsWith("BAD ", await imap.RefusedAsync(command));
        await imap.OkAsync("NOOP");
    }

    [Fact]
    public async Task Depth_length_and_size_have_limits()
    {
        await using var server = await Desk.StartAsync(o => o with { MaxMessageBytes = 100_000 });
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        Assert.StartsWith("BAD", await imap.RefusedAsync($"SEARCH {string.Concat(Enumerable.Repeat("NOT ", 10_000))}ALL"));
        Assert.StartsWith("BAD", await imap.RefusedAsync($"SEARCH TEXT {new string('x', 200_000)}"));
        Assert.StartsWith("NO [TOOBIG]", await imap.RefusedAsync("APPEND INBOX {100001}"));
        await imap.OkAsync("NOOP");
        await imap.SayAsync("X APPEND INBOX {100001+}");
        await imap.ExpectAsync("X NO [TOOBIG]");
        Assert.Equal("(closed)", await imap.ReadLineAsync());
    }
}
