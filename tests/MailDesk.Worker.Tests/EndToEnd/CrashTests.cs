using MailDesk.Domain;
using MailDesk.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>
/// Kills the daemon's process (SIGKILL) at each place of the crash table and starts it again: exactly one request for a mail, no letter
/// lost, and at most the one letter twice of which nobody could know whether it was accepted.
/// </summary>
public sealed class CrashTests
{
    private const string Support = "support@desk.example";

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task Killed_before_the_commit(SiteKind kind)
    {
        await using var scene = await Scene.SetAsync(kind);
        using (var daemon = scene.Start())
        {
            await scene.RegisterAsync("one");
            await using var connection = await scene.Folder.ConnectAsync();
            await using var writing = connection.BeginTransaction(); // nobody else commits now
            var fetched = scene.Imap.ServerSaysAsync(line => line.Contains("Subject: two", StringComparison.Ordinal), thenStall: false);
            await scene.WriteAsync("two");
            await fetched;
            await daemon.KillAsync();
        }

        Assert.Equal(1, await scene.CountMailsAsync());
        using var again = scene.Start();
        await scene.AssertWholeAsync(mails: 2, doubled: 0);
    }

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task Killed_after_the_commit_and_before_the_move(SiteKind kind)
    {
        await using var scene = await Scene.SetAsync(kind);
        using (var daemon = scene.Start())
        {
            var moving = scene.Imap.DeskSaysAsync(line => line.Contains(" MOVE ", StringComparison.Ordinal));
            await scene.WriteAsync("one");
            await moving;
            await daemon.KillAsync();
        }

        Assert.Equal(1, await scene.CountMailsAsync());
        Assert.Single(await scene.Desk.ReadAsync("INBOX"));
        using var again = scene.Start();
        await scene.AssertWholeAsync(mails: 1, doubled: null);
        Assert.Equal(1, scene.Folder.CountInLog("recorded before, only marked now"));
    }

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task Killed_before_the_data_of_a_letter_is_accepted(SiteKind kind)
    {
        await using var scene = await Scene.SetAsync(kind);
        using (var daemon = scene.Start())
        {
            var data = scene.Smtp.DeskSaysAsync(line => line.StartsWith("Message-ID: ", StringComparison.OrdinalIgnoreCase));
            await scene.WriteAsync("one");
            await data;
            await daemon.KillAsync();
        }

        using var again = scene.Start();
        await scene.AssertWholeAsync(mails: 1, doubled: 0);
    }

    [Theory]
    [InlineData(SiteKind.Sandbox)]
    [InlineData(SiteKind.DovecotAndPostfix)]
    public async Task Killed_after_the_data_of_a_letter_was_accepted_and_before_it_is_marked(SiteKind kind)
    {
        await using var scene = await Scene.SetAsync(kind);
        using (var daemon = scene.Start())
        {
            // Of all replies only the one to the data says what the letter is called there.
            var accepted = scene.Smtp.ServerSaysAsync(line => line.StartsWith("250 2.0.0 Delivered as", StringComparison.Ordinal) || line.StartsWith("250 2.0.0 Ok: queued as", StringComparison.Ordinal));
            await scene.WriteAsync("one");
            await accepted;
            await daemon.KillAsync();
        }

        using var again = scene.Start();
        await scene.AssertWholeAsync(mails: 1, doubled: 1);
        Assert.Equal(1, scene.Folder.CountInLog("1 letters were being sent when the desk was killed"));
    }

    [Fact]
    public async Task Killed_while_a_deadline_fires()
    {
        var soon = new { Levels = new { Low = new { Reaction = "00:00:02", Execution = "72:00:00" } }, ReactionWarnings = new[] { 0.0 } };
        await using var scene = await Scene.SetAsync(SiteKind.Sandbox, soon);
        using (var daemon = scene.Start())
        {
            await Patience.UntilAsync("the database is there", () => scene.Folder.CountInLog("Ready") == 1);
            await scene.ExecuteAsync("CREATE TRIGGER held BEFORE UPDATE OF NextDeadlineAt ON Tickets WHEN NEW.ReactionMissed BEGIN SELECT RAISE(ABORT, 'held'); END");
            await scene.RegisterAsync("one");
            await Patience.UntilAsync("the deadline fires", () => scene.Folder.CountInLog("Deadlines could not act") == 1);
            await daemon.KillAsync();
        }

        await scene.ExecuteAsync("DROP TRIGGER held");
        using (var daemon = scene.Start())
        {
            var missed = scene.Smtp.DeskSaysAsync(line => line.StartsWith("Message-ID: ", StringComparison.OrdinalIgnoreCase));
            await missed; // decided and committed; its letter is on the way
            await daemon.KillAsync();
        }

        using var again = scene.Start();
        await scene.AssertWholeAsync(mails: 1, doubled: 0);
        await using var db = scene.Folder.Open();
        Assert.Equal(1, await db.Events.CountAsync(e => e.Kind == TicketEventKind.DeadlineMissed, TestContext.Current.CancellationToken));
    }

    /// <summary>Servers, proxies before them, and a desk that talks to the proxies.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly MailSite _site;
        private readonly Person _anna;

        private Scene(MailSite site, object? rules)
        {
            _site = site;
            (Imap, Smtp) = (new StallingProxy(site.Imap), new StallingProxy(site.Smtp));
            Folder = new DeskFolder(site, Imap.Endpoint, Smtp.Endpoint, rules: rules);
            (_anna, Desk) = (new Person(site, "anna@client.example"), new Person(site, Support));
        }

        public StallingProxy Imap { get; }

        public StallingProxy Smtp { get; }

        public DeskFolder Folder { get; }

        public Person Desk { get; }

        public static async Task<Scene> SetAsync(SiteKind kind, object? rules = null) => new(await MailSite.StartAsync(kind), rules);

        public DaemonProcess Start() => DaemonProcess.Start(Folder);

        public Task<string> WriteAsync(string subject) => _anna.WriteAsync(Support, $"Subject: {subject}", "Please help.\n");

        public async Task RegisterAsync(string subject)
        {
            await WriteAsync(subject);
            await _anna.LetterAsync("the confirmation", letter => letter.Subject.EndsWith(subject, StringComparison.Ordinal));
            await Folder.QuietAsync(Desk, 1);
        }

        public async Task<int> CountMailsAsync()
        {
            await using var db = Folder.Open();
            return await db.Mails.CountAsync(TestContext.Current.CancellationToken);
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var db = Folder.Open();
            await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
        }

        /// <param name="doubled">How many letters came twice; null for one at most.</param>
        public async Task AssertWholeAsync(int mails, int? doubled)
        {
            await Folder.QuietAsync(Desk, mails);
            await using var db = Folder.Open();
            Assert.Equal(mails, await db.Mails.CountAsync(TestContext.Current.CancellationToken));
            Assert.Equal(mails, await db.Tickets.CountAsync(TestContext.Current.CancellationToken));
            List<string> written = await db.Letters.Select(letter => letter.MessageId).ToListAsync(TestContext.Current.CancellationToken);
            List<string> received = [];
            await Patience.UntilAsync("every letter has come", async () =>
            {
                received = [.. (await ReceivedAsync()).Select(letter => letter.MessageId!)];
                return written.TrueForAll(received.Contains) && received.Count >= written.Count + (doubled ?? 0);
            });
            Assert.Empty(received.Except(written));
            Assert.InRange(received.Count - written.Count, doubled ?? 0, doubled ?? 1);
        }

        public async ValueTask DisposeAsync()
        {
            await Imap.DisposeAsync();
            await Smtp.DisposeAsync();
            Folder.Dispose();
            await _site.DisposeAsync();
        }

        private async Task<List<MailMessage>> ReceivedAsync()
        {
            List<MailMessage> letters = [];
            foreach (var reader in (string[])["anna@client.example", "ivan@desk.example", "maria@desk.example"]) letters.AddRange(await new Person(_site, reader).ReadAsync("INBOX"));
            return letters;
        }
    }
}
