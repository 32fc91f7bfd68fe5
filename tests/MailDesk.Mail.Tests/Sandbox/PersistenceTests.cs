using MailDesk.Mail.Sandbox;

namespace MailDesk.Mail.Tests.Sandbox;

public sealed class PersistenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildesk-sandbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restart_keeps_mail_flags_uids_and_mailboxes()
    {
        List<string> before;
        await using (var server = await StartAsync())
        {
            using var imap = await RawClient.ImapAsync(server.ImapPort);
            for (var i = 1; i <= 3; i++) await imap.AppendAsync("INBOX", $"Subject: {i}\n\n", "(\\Answered) \"01-Feb-2026 10:00:00 +0300\" ");
            await imap.OkAsync("STORE 2 FLAGS (\\Seen $Mine)");
            await imap.OkAsync("STORE 3 +FLAGS (\\Deleted)");
            await imap.OkAsync("EXPUNGE");
            await imap.OkAsync("CREATE Work/&BBAEQARFBDgEMg-");
            await imap.OkAsync("RENAME Work Arbeit");
            await imap.OkAsync("COPY 1 Arbeit/&BBAEQARFBDgEMg-");
            await imap.OkAsync("CREATE Gone");
            await imap.OkAsync("DELETE Gone");
            await imap.OkAsync("SUBSCRIBE Arbeit");
            before = await StateAsync(imap);
        }

        await using (var server = await StartAsync())
        {
            using var imap = await RawClient.ImapAsync(server.ImapPort);
            Assert.Equal(before, await StateAsync(imap));
            Assert.Contains("UIDNEXT 4", before[0]); // the expunged UID 3 is never used again
        }
    }

    [Fact]
    public async Task Half_a_line_at_the_end_of_the_journal_never_happened()
    {
        await using (var server = await StartAsync())
        {
            using var imap = await RawClient.ImapAsync(server.ImapPort);
            await imap.AppendAsync("INBOX", "Subject: 1\n\n");
        }

        var journal = Directory.GetFiles(_folder, "journal", SearchOption.AllDirectories).Single(f => File.ReadAllText(f).Contains("add 1"));
        await File.AppendAllTextAsync(journal, "gone 1");
        await using (var server = await StartAsync())
        {
            using var imap = await RawClient.ImapAsync(server.ImapPort);
            Assert.Equal("* SEARCH 1", (await imap.OkAsync("SEARCH SUBJECT 1"))[0]);
        }
    }

    [Fact]
    public async Task One_folder_serves_one_server()
    {
        await using var server = await StartAsync();
        await Assert.ThrowsAnyAsync<IOException>(StartAsync);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_not_accepted()
    {
        await using var server = await StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        foreach (var account in Directory.GetDirectories(_folder)) Directory.Delete(account, recursive: true);
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        Assert.StartsWith("452 4.3.1", await smtp.MailAsync("", "support@desk.example", "Subject: x\n\n"));
        Assert.False(server.Deliveries.TryRead(out _));
        Assert.StartsWith("NO [UNAVAILABLE]", await imap.RefusedAsync("APPEND INBOX {3+}\r\nx\r\n"));
    }

    private static async Task<List<string>> StateAsync(RawClient imap) =>
    [
        (await imap.OkAsync("STATUS INBOX (UIDVALIDITY UIDNEXT MESSAGES)"))[0],
        (await imap.OkAsync("STATUS Arbeit/&BBAEQARFBDgEMg- (UIDVALIDITY UIDNEXT MESSAGES)"))[0],
        .. await imap.OkAsync("LIST \"\" *"),
        .. await imap.OkAsync("LSUB \"\" *"),
        .. (await imap.OkAsync("EXAMINE Arbeit/&BBAEQARFBDgEMg-")).Where(l => !l.Contains(" RECENT")),
        .. (await imap.OkAsync("EXAMINE INBOX")).Where(l => !l.Contains(" RECENT")),
        .. await imap.OkAsync("FETCH 1:* (UID INTERNALDATE BODY.PEEK[])"),
        .. await imap.OkAsync("SEARCH ANSWERED"),
        .. await imap.OkAsync("SEARCH KEYWORD $Mine SEEN"),
    ];

    private Task<SandboxServer> StartAsync() => Desk.StartAsync(o => o with { Folder = _folder });
}
