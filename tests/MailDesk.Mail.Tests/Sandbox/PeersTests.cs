using System.Diagnostics;

namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>Mail programs that others wrote.</summary>
public sealed class PeersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildesk-peers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Python_sends_and_reads()
    {
        await using var server = await Desk.StartAsync();
        var output = await RunAsync("python3", "-c", $"""
            import smtplib, imaplib, email.message
            m = email.message.EmailMessage()
            m["From"] = "anna@client.example"; m["To"] = "support@desk.example"; m["Subject"] = "Привет"
            m.set_content("Hello from Python"); m.add_attachment(b"123", maintype="application", subtype="pdf", filename="счёт.pdf")
            with smtplib.SMTP("127.0.0.1", {server.SmtpPort}) as s:
                s.login("anna@client.example", "secret")
                assert s.send_message(m) == dict()
            with imaplib.IMAP4("127.0.0.1", {server.ImapPort}) as i:
                i.login("support@desk.example", "secret")
                assert i.create("Done")[0] == "OK"
                assert i.select()[1] == [b"1"]
                assert i.search("UTF-8", "UNSEEN", "FROM", "anna")[1] == [b"1"]
                raw = i.fetch("1", "(RFC822)")[1][0][1]
                back = email.message_from_bytes(raw)
                assert "dmarc=pass" in back["Authentication-Results"]
                assert back.get_payload(1).get_payload(decode=True) == b"123"
                assert b"text" in i.fetch("1", "(BODYSTRUCTURE ENVELOPE)")[1][0]
                assert i.uid("MOVE", "1", "Done")[0] == "OK"
                assert i.append("Done", "\\Seen", imaplib.Time2Internaldate(0), b"Subject: x\r\n\r\n")[0] == "OK"
                assert i.select("Done")[1] == [b"2"]
                assert i.store("1:2", "+FLAGS", "\\Deleted")[0] == "OK"
                assert len(i.expunge()[1]) == 2
                assert i.close()[0] == "OK"
            print("all well")
            """);
        Assert.EndsWith("all well", output.TrimEnd());
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Swaks_sends(string mechanism)
    {
        await using var server = await Desk.StartAsync();
        await RunAsync(
            "swaks", "--server", "127.0.0.1", "--port", $"{server.SmtpPort}", "--auth", mechanism, "--auth-user", "anna@client.example",
            "--auth-password", "secret", "--from", "anna@client.example", "--to", "support+x@desk.example,info@desk.example", "--pipeline", "--body", "Hello from swaks");
        Assert.Contains("Hello from swaks", await server.NewestAsync());
        Assert.Contains("dmarc=pass", await server.NewestAsync("info@desk.example"));
    }

    [Fact]
    public async Task Curl_sends_and_reads()
    {
        await using var server = await Desk.StartAsync();
        var letter = Path.Combine(_folder, "letter.eml");
        await File.WriteAllTextAsync(letter, "From: anna@client.example\r\nSubject: curl\r\n\r\n.Hello from curl\r\n");
        await RunAsync(
            "curl", "-sS", $"smtp://127.0.0.1:{server.SmtpPort}/tester", "--mail-from", "anna@client.example", "--mail-rcpt", "support@desk.example",
            "--user", "anna@client.example:secret", "-T", letter);
        var imap = $"imap://127.0.0.1:{server.ImapPort}";
        const string User = "support@desk.example:secret";
        Assert.Contains("\n.Hello from curl", await RunAsync("curl", "-sS", "--user", User, $"{imap}/INBOX;UID=1"));
        Assert.Equal("* SEARCH 1", (await RunAsync("curl", "-sS", "--user", User, $"{imap}/INBOX?SUBJECT%20curl")).Trim());
        var subject = await RunAsync("curl", "-sS", "--user", User, $"{imap}/INBOX;MAILINDEX=1;SECTION=HEADER.FIELDS%20(SUBJECT)");
        Assert.Equal("Subject: curl", subject.Trim());
        await RunAsync("curl", "-sS", "--user", User, "-T", letter, $"{imap}/INBOX");
        Assert.Contains("INBOX", await RunAsync("curl", "-sS", "--user", User, $"{imap}/"));
    }

    [Fact]
    public async Task Mbsync_keeps_a_folder_in_step_both_ways()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.OkAsync("CREATE Archive/&BBAEQARFBDgEMg-");
        await imap.AppendAsync("INBOX", "Subject: one\nMessage-ID: <1@x.example>\n\nBody\n", "(\\Flagged) ");
        await imap.AppendAsync("Archive/&BBAEQARFBDgEMg-", "Subject: two\nMessage-ID: <2@x.example>\n\nBody\n");
        var mail = Directory.CreateDirectory(Path.Combine(_folder, "mail")).FullName;
        var configuration = Path.Combine(_folder, "mbsyncrc");
        await File.WriteAllTextAsync(configuration, $"""
            IMAPStore far
            Host 127.0.0.1
            Port {server.ImapPort}
            User support@desk.example
            Pass secret
            SSLType None
            AuthMechs *

            MaildirStore near
            Path {mail}/
            Inbox {mail}/INBOX
            SubFolders Verbatim

            Channel desk
            Far :far:
            Near :near:
            Patterns *
            Create Both
            Expunge Both
            SyncState *

            """);
        await RunAsync("mbsync", "-c", configuration, "desk");
        var letter = Assert.Single(Directory.GetFiles(Path.Combine(mail, "INBOX"), "*,*", SearchOption.AllDirectories));
        Assert.EndsWith(":2,F", letter);
        Assert.Contains(Directory.GetFiles(mail, "*", SearchOption.AllDirectories), f => File.ReadAllText(f).Contains("Subject: two"));

        File.Move(letter, Path.Combine(mail, "INBOX", "cur", Path.GetFileName(letter) + "ST")); // read and deleted here …
        await RunAsync("mbsync", "-c", configuration, "desk");
        Assert.Contains("* 0 EXISTS", await imap.OkAsync("SELECT INBOX")); // … is expunged there
    }

    [Fact]
    public async Task Mutt_opens_a_mailbox_and_saves_a_letter()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", "From: anna@client.example\nSubject: for mutt\n\nBody\n");
        await imap.OkAsync("CREATE Done");
        var configuration = Path.Combine(_folder, "muttrc");
        await File.WriteAllTextAsync(configuration, $"""
            set imap_user=support@desk.example imap_pass=secret ssl_starttls=no ssl_force_tls=no
            set folder=imap://127.0.0.1:{server.ImapPort}/ spoolfile=imap://127.0.0.1:{server.ImapPort}/INBOX
            set confirmappend=no delete=yes quit=yes wait_key=no record=""
            push '<save-message>=Done<enter><sync-mailbox><quit>'

            """);
        Find("mutt");
        // mutt wants a terminal.
        await RunAsync("python3", "-c", "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))", "mutt", "-n", "-F", configuration);
        Assert.Contains("* 1 EXISTS", await imap.OkAsync("SELECT Done"));
    }

    /// <summary>
    /// Runs a program to its end; returns what it printed. Skips the test where the program is not installed; one that does not end is ended,
    /// with all that it started, and fails it.
    /// </summary>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var end = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}\n{await output}");
        return await output;
    }

    private static string Find(string program)
    {
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed");
        return path!;
    }
}
