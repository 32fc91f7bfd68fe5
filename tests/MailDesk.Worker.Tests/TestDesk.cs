using MailDesk.Mail.Imap;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Hosting;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.People;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests;

/// <summary>
/// The daemon as <c>maildesk run</c> puts it together, on a database of its own and with a clock that the test sets; nothing runs by itself.
/// Mail is handed to the intake as the watcher does it, deadlines act when the test moves the time, and letters stay in the outbox.
/// </summary>
internal sealed class TestDesk : IAsyncDisposable
{
    private static readonly Lazy<byte[]> MigratedDatabase = new(Migrate);

    private readonly TestFolder _folder = new();
    private readonly IHost _host;
    private uint _lastUid;

    /// <param name="start">The first moment.</param>
    /// <param name="settings">Settings by their keys below <c>MailDesk:</c>, over those of <see cref="Settings"/>.</param>
    public TestDesk(DateTimeOffset start, params ReadOnlySpan<(string Key, string Value)> settings)
    {
        Clock = new ManualClock(start);
        File.WriteAllBytes(_folder.File("desk.db"), MigratedDatabase.Value);
        File.Copy(DirectoryFile, _folder.File("directory.json"));
        _host = Build(_folder.File("desk.db"), Clock, [("Desk:DirectoryFile", _folder.File("directory.json")), .. settings]);
        Desk = _host.Services.GetRequiredService<DeskSettings>();
    }

    /// <summary>The people of the conversations.</summary>
    public static string DirectoryFile { get; } = Path.Combine(AppContext.BaseDirectory, "conversations", "directory.json");

    /// <summary>What stands in <see cref="DirectoryFile"/>.</summary>
    public static DeskDirectory People { get; } = Worker.People.DirectoryFile.Load(DirectoryFile, "ru", TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk"), [])!;

    public ManualClock Clock { get; }

    public DeskSettings Desk { get; }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public Task<DeskContext> OpenAsync() => Get<DeskStore>().OpenAsync(CancellationToken.None);

    /// <summary>The administrator saves another directory file, and the desk takes notice.</summary>
    public async Task ReplaceDirectoryAsync(string json)
    {
        await File.WriteAllTextAsync(Desk.Desk.DirectoryFile, json);
        Get<DirectoryReload>().Look();
        await Get<PersonRegister>().RefreshAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A message arrives now in the mailbox of that address.</summary>
    public async Task<MailKind> DeliverAsync(string mailbox, byte[] raw) =>
        await Get<IntakePipeline>().ProcessAsync(Read(mailbox, raw), TestContext.Current.CancellationToken);

    /// <summary>A message as it is read when it arrives now.</summary>
    public IncomingMail Read(string mailbox, byte[] raw)
    {
        var summary = new MessageSummary(++_lastUid, Clock.GetUtcNow(), raw.Length, []);
        return IncomingMail.Read(Desk.Mailboxes.Single(m => m.Address == mailbox), uidValidity: 1, new FetchedMessage(summary, raw), Desk.Intake);
    }

    /// <summary>The server takes all that the outbox has due.</summary>
    /// <returns>The letters, in the order in which they went.</returns>
    public async Task<IReadOnlyList<LetterRow>> SendDueAsync()
    {
        List<LetterRow> sent = [];
        for (var lane = 0; lane < Desk.Smtp.Connections; lane++)
        {
            while (await Get<LetterBox>().ClaimAsync(lane, TestContext.Current.CancellationToken) is { Count: > 0 } due)
            {
                foreach (var letter in due) await Get<LetterBox>().MarkAsync(letter, new Delivery.Delivered("250 ok"), TestContext.Current.CancellationToken);
                sent.AddRange(due);
            }
        }

        return sent;
    }

    /// <summary>Time passes until <paramref name="moment"/>; each deadline in between acts at its own moment.</summary>
    public async Task MoveToAsync(DateTimeOffset moment)
    {
        if (moment < Clock.Now) throw new InvalidOperationException($"{moment:u} lies before {Clock.Now:u}");
        while (await EarliestDeadlineAsync() is { } due && due <= moment)
        {
            if (due > Clock.Now) Clock.Now = due;
            await Get<DeadlineRunner>().RunDueAsync(TestContext.Current.CancellationToken);
            await Get<RoundRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        }

        Clock.Now = moment;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task<DateTimeOffset?> EarliestDeadlineAsync()
    {
        var round = await Get<RoundRunner>().NextAsync(TestContext.Current.CancellationToken);
        await using var db = await OpenAsync();
        var deadline = await db.Tickets.MinAsync(t => t.NextDeadlineAt);
        return round is null || deadline < round ? deadline : round;
    }

    /// <summary>What a desk needs at least.</summary>
    public static Dictionary<string, string?> Settings(string database) => new()
    {
        ["MailDesk:Desk:Domain"] = "desk.example",
        ["MailDesk:Desk:DirectoryFile"] = DirectoryFile,
        ["MailDesk:Mailboxes:0:Address"] = "support@desk.example",
        ["MailDesk:Mailboxes:0:Imap:Host"] = "127.0.0.1",
        ["MailDesk:Mailboxes:0:Imap:User"] = "support",
        ["MailDesk:Mailboxes:0:Imap:Password"] = "secret",
        ["MailDesk:Mailboxes:1:Address"] = "info@desk.example",
        ["MailDesk:Mailboxes:1:Purpose"] = "Complaints",
        ["MailDesk:Mailboxes:1:Imap:Host"] = "127.0.0.1",
        ["MailDesk:Mailboxes:1:Imap:User"] = "info",
        ["MailDesk:Mailboxes:1:Imap:Password"] = "secret",
        ["MailDesk:Smtp:Host"] = "127.0.0.1",
        ["MailDesk:Storage:Path"] = database,
        ["MailDesk:Reports:DailyDigest"] = "false",
        ["MailDesk:Reports:MonthlyReport"] = "false",
        ["MailDesk:Security:AuthservId"] = "desk.example",
        ["MailDesk:Security:TokenKey"] = Convert.ToBase64String(new byte[32]),
    };

    private static IHost Build(string database, TimeProvider time, ReadOnlySpan<(string Key, string Value)> settings)
    {
        var all = Settings(database);
        foreach (var (key, value) in settings) all[$"MailDesk:{key}"] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var builder = DeskHost.CreateDaemonBuilder(SettingsLoader.Bind(configuration), configuration, time);
        // One for all desks: Entity Framework keeps a model for each logger factory.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        return builder.Build();
    }

    /// <summary>Migrating takes longer than most tests; it is done once, and the file copied.</summary>
    private static byte[] Migrate()
    {
        using var folder = new TestFolder();
        var path = folder.File("desk.db");
        var connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;
        using (var db = new DeskContext(new DbContextOptionsBuilder<DeskContext>().UseSqlite(connection).Options)) db.Database.Migrate();
        return File.ReadAllBytes(path);
    }
}
