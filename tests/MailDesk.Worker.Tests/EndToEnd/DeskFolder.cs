using System.Text.Json;
using MailDesk.Mail.Net;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>A desk's folder as an administrator makes one: settings, directory, database, log. Gone after disposal.</summary>
internal sealed class DeskFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildesk-desk-").FullName;

    /// <param name="imap">Where the desk finds its mailboxes: the servers themselves, or something that stands before them.</param>
    /// <param name="withToken">The desk logs in with what <see cref="TokenFile"/> holds, which is not there yet.</param>
    /// <param name="persons">The addresses of a client's persons, beside the usual ones.</param>
    public DeskFolder(
        MailSite site,
        MailEndpoint? imap = null,
        MailEndpoint? smtp = null,
        string infoPassword = MailSite.Password,
        IEnumerable<string>? persons = null,
        object? rules = null,
        bool withToken = false)
    {
        object Server(MailEndpoint endpoint, string user, string password) => withToken
            ? new { endpoint.Host, endpoint.Port, Tls = "None", User = user, TokenFile = Path.GetFileName(TokenFile) }
            : new { endpoint.Host, endpoint.Port, Tls = "None", User = user, Password = password };
        (imap, smtp) = (imap ?? site.Imap, smtp ?? site.Smtp);
        Write("directory.json", new
        {
            clients = new object[]
            {
                new
                {
                    name = "ООО «Ромашка»",
                    timeZone = "Europe/Minsk",
                    contracts = new[] { new { number = "17", from = "2020-01-01" } },
                    services = new[] { "Почта" },
                    persons = new[] { "anna@client.example", "boris@client.example" }.Concat(persons ?? [])
                        .Select(address => new { name = address.Split('@')[0], addresses = new[] { address }, language = "ru" }),
                },
            },
            engineers = new object[]
            {
                new { name = "Иван Сидоров", addresses = new[] { "ivan@desk.example" }, language = "ru" },
                new { name = "Мария Лис", addresses = new[] { "maria@desk.example" }, language = "ru", role = "manager" },
            },
        });
        Write("maildesk.json", new
        {
            MailDesk = new
            {
                Desk = new { Domain = "desk.example", DirectoryFile = "directory.json" },
                Mailboxes = new object[]
                {
                    new { Address = "support@desk.example", Purpose = "Requests", Imap = Server(imap, "support@desk.example", MailSite.Password) },
                    new { Address = "info@desk.example", Purpose = "Complaints", Imap = Server(imap, "info@desk.example", infoPassword) },
                },
                Smtp = Server(smtp, "support@desk.example", MailSite.Password),
                Storage = new { Path = Database },
                Security = new { site.AuthservId },
                Intake = new { FirstPause = "00:00:00.2", LongestPause = "00:00:01" },
                // One person writes what many would: the limits for an address are not what these tests are about.
                Outbox = new { FirstPause = "00:00:01", UncertainPause = "00:00:01", AutomaticPerHour = 1_000_000, SameKindPerTenMinutes = 1_000_000, AutomaticRepliesPerDay = 1_000_000 },
                Rules = rules ?? new { },
                Reports = new { DailyDigest = false, MonthlyReport = false }, // would come by the machine's clock
            },
            // The first sink of the shipped settings is the console.
            Serilog = new { WriteTo = new object[] { new { Name = "File", Args = new { path = LogFile } }, new { Args = new { path = Path.Combine(_folder, "days-.log") } } } },
        });
    }

    public string Settings => Path.Combine(_folder, "maildesk.json");

    public string Database => Path.Combine(_folder, "maildesk.db");

    public string TokenFile => Path.Combine(_folder, "access-token");

    private string LogFile => Path.Combine(_folder, "desk.log");

    /// <summary>What the desk has logged so far, of all its runs.</summary>
    public string Log()
    {
        if (!File.Exists(LogFile)) return "";
        using var reader = new StreamReader(new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public int CountInLog(string words) => Log().Split(words).Length - 1;

    /// <summary>The database, while the desk uses it or after.</summary>
    public DeskContext Open() => new(new DbContextOptionsBuilder<DeskContext>().UseSqlite(ConnectionString).Options);

    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Waits until so many mails are recorded and moved away, and every letter has been accepted.</summary>
    public async Task QuietAsync(Person support, int mails)
    {
        await Patience.UntilAsync($"{mails} mails recorded and all letters accepted", async () =>
        {
            await using var db = Open();
            return await db.Mails.CountAsync() >= mails && !await db.Letters.AnyAsync(l => l.State != LetterState.Delivered);
        });
        await Patience.UntilAsync("the inbox is empty", async () => (await support.ReadAsync("INBOX")).Count == 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ConnectionString;

    private void Write(string name, object content) => File.WriteAllText(Path.Combine(_folder, name), JsonSerializer.Serialize(content));
}
