namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>The commands with which Thunderbird opens a mailbox, in its own words and order.</summary>
public sealed class ThunderbirdTests
{
    private const string Fields = "From To Cc Bcc Subject Date Message-ID Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To "
        + "List-Unsubscribe X-Spam-Status";

    [Fact]
    public async Task Thunderbird_opens_a_mailbox_and_is_told_of_new_mail()
    {
        await using var server = await Desk.StartAsync();
        using (var before = await RawClient.ImapAsync(server.ImapPort, select: null))
        {
            foreach (var name in (string[])["Trash", "Sent", "Archive/2026", "Plain"]) await before.OkAsync($"CREATE {name}");
            await before.OkAsync("SUBSCRIBE Trash");
            await before.OkAsync("SUBSCRIBE INBOX");
            await before.AppendAsync("INBOX", "From: anna@client.example\nSubject: one\nMessage-ID: <1@x.example>\nX-Priority: 1\n\nBody\n");
            await before.AppendAsync("INBOX", "From: anna@client.example\nSubject: two\nMessage-ID: <2@x.example>\n\nBody\n", "(\\Seen) ");
        }

        using var client = await RawClient.ConnectAsync(server.ImapPort);
        await client.ExpectAsync("* OK [CAPABILITY IMAP4rev1");
        var offered = (await client.OkAsync("capability"))[0].Split(' ');
        Assert.Superset(new HashSet<string>(["ID", "ENABLE", "NAMESPACE", "LIST-EXTENDED", "SPECIAL-USE", "IDLE", "UIDPLUS", "MOVE"]), new HashSet<string>(offered));
        Assert.DoesNotContain("QUOTA", offered);
        Assert.DoesNotContain("ACL", offered);

        await client.SayAsync("a authenticate PLAIN");
        await client.ExpectAsync("+");
        await client.SayAsync(Desk.Base64("\0support@desk.example\0secret"));
        await client.ExpectAsync("a OK [CAPABILITY");
        Assert.StartsWith("* ID (", (await client.OkAsync("ID (\"name\" \"Thunderbird\" \"version\" \"140.1.0\")"))[0]);
        Assert.Equal("* ENABLED", (await client.OkAsync("ENABLE UTF8=ACCEPT CONDSTORE"))[0]);
        Assert.Equal("* NAMESPACE ((\"\" \"/\")) NIL NIL", (await client.OkAsync("namespace"))[0]);

        Assert.Equal(
            ["* LIST (\\HasNoChildren \\Subscribed) \"/\" \"INBOX\"", "* LIST (\\HasNoChildren \\Subscribed \\Trash) \"/\" \"Trash\""],
            (await client.OkAsync("list (subscribed) \"\" \"*\" return (special-use)"))[..^1].OrderBy(line => line.Split('"')[3], StringComparer.Ordinal));
        Assert.Equal(["* LIST (\\HasNoChildren \\Subscribed) \"/\" \"INBOX\""], (await client.OkAsync("list (subscribed) \"\" \"INBOX\" return (special-use)"))[..^1]);
        Assert.Equal(
            ["* LIST (\\HasChildren \\Archive) \"/\" \"Archive\"", "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent\"", "* LIST (\\HasNoChildren \\Subscribed \\Trash) \"/\" \"Trash\""],
            (await client.OkAsync("list (special-use) \"\" (\"%\" \"x\") return (subscribed children)"))[..^1].OrderBy(line => line.Split('"')[3], StringComparer.Ordinal));
        Assert.Equal("* STATUS \"Trash\" (UIDNEXT 1 MESSAGES 0 UNSEEN 0 RECENT 0)", (await client.OkAsync("STATUS \"Trash\" (UIDNEXT MESSAGES UNSEEN RECENT)"))[0]);

        var selected = await client.OkAsync("select \"INBOX\" (CONDSTORE)");
        Assert.Contains("* 2 EXISTS", selected);
        Assert.Contains(selected, line => line.StartsWith("* OK [NOMODSEQ]", StringComparison.Ordinal));
        Assert.Equal(["* 1 FETCH (UID 1 FLAGS (\\Recent))", "* 2 FETCH (UID 2 FLAGS (\\Seen \\Recent))"], (await client.OkAsync("UID fetch 1:* (FLAGS)"))[..^1]);
        var headers = await client.OkAsync($"UID fetch 1:2 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS ({Fields})])");
        Assert.Contains($"BODY[HEADER.FIELDS ({Fields.ToUpperInvariant()})]", headers[0].ToUpperInvariant());
        Assert.Contains("X-Priority: 1", headers);
        Assert.Contains("Message-ID: <2@x.example>", headers);
        Assert.DoesNotContain("Body", headers);
        Assert.Contains("Body", await client.OkAsync("UID fetch 1 (UID RFC822.SIZE BODY.PEEK[])"));

        await client.SayAsync("i IDLE");
        await client.ExpectAsync("+ ");
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        await smtp.MailAsync("", "support@desk.example", "Subject: x\n\n");
        await client.ExpectAsync("* 3 EXISTS");
        await client.ExpectAsync("* 3 RECENT");
        await client.SayAsync("DONE");
        await client.ExpectAsync("i OK");
        await client.OkAsync("noop");
        await client.OkAsync("uid store 1 +Flags (\\Seen)");
        Assert.Contains("COPYUID", string.Join(' ', await client.OkAsync("uid move 1 \"Trash\"")));
        await client.OkAsync("close");
        Assert.StartsWith("BAD", await client.RefusedAsync("getquotaroot \"INBOX\""));
        await client.OkAsync("logout");
    }

    [Theory]
    [InlineData("list (subscribed recursivematch) \"\" \"%\"", "* LIST (\\HasChildren) \"/\" \"Work\" (\"CHILDINFO\" (\"SUBSCRIBED\"))")]
    [InlineData("list (subscribed) \"\" \"%/%\"", "* LIST (\\HasNoChildren \\Subscribed) \"/\" \"Work/Done\"")]
    [InlineData("list \"\" \"Work\"", "* LIST (\\HasChildren) \"/\" \"Work\"")]
    [InlineData("list \"\" \"\"", "* LIST (\\Noselect) \"/\" \"\"")]
    [InlineData("list (recursivematch) \"\" \"*\"", "BAD")]
    [InlineData("list (nonsense) \"\" \"*\"", "BAD")]
    [InlineData("list \"\" \"*\" return (nonsense)", "BAD")]
    [InlineData("list \"\" \"*\" retrun (children)", "BAD")]
    public async Task Extended_listing_follows_its_options(string command, string answer)
    {
        await using var server = await Desk.StartAsync();
        using var client = await RawClient.ImapAsync(server.ImapPort);
        await client.OkAsync("CREATE Work/Done");
        await client.OkAsync("SUBSCRIBE Work/Done");
        Assert.StartsWith(answer, Assert.Single((await client.RunAsync(command)).Take(1)));
    }
}
