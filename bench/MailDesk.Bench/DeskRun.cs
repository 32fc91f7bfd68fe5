using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MailDesk.TestServers;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Bench;

/// <summary>The daemon as a process over a folder of its own. Killed at disposal, when it has nothing left to do.</summary>
internal sealed class DeskRun : IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    private readonly string _folder;
    private readonly Process _process;

    private DeskRun(string folder, Process process) => (_folder, _process) = (folder, process);

    /// <param name="folder">Exists; a database in it is taken over.</param>
    public static DeskRun Start(string maildesk, string folder, MailServers servers)
    {
        WriteSettings(folder, servers);
        var isLibrary = maildesk.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        List<string> arguments = ["run", "--config", Path.Combine(folder, "maildesk.json")];
        if (isLibrary) arguments.Insert(0, maildesk);
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : maildesk, arguments) { UseShellExecute = false };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        return new DeskRun(folder, Process.Start(start)!);
    }

    public static string DatabaseIn(string folder) => Path.Combine(folder, "maildesk.db");

    public DeskContext Open() => new(new DbContextOptionsBuilder<DeskContext>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = DatabaseIn(_folder), Pooling = false }.ConnectionString).Options);

    /// <summary>Waits for the daemon's own word.</summary>
    /// <returns>Milliseconds from the start of the process.</returns>
    public async Task<int> ReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var words = Log().Split("Ready, ");
            if (words.Length > 1) return int.Parse(words[^1].AsSpan(0, words[^1].IndexOf(' ')), CultureInfo.InvariantCulture);
            if (_process.HasExited) throw new InvalidOperationException($"the daemon has ended: {Log()}");
            await Task.Delay(PollEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits until so many mails are recorded and no letter is waiting. One compiled statement: what looks on must not weigh.</summary>
    public async Task DoneAsync(int mails, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await using var connection = new SqliteConnection($"Data Source={DatabaseIn(_folder)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var done = connection.CreateCommand();
        done.CommandText = "SELECT (SELECT COUNT(*) FROM Mails) >= $mails AND NOT EXISTS (SELECT 1 FROM Letters WHERE NextAttemptAt IS NOT NULL)";
        done.Parameters.AddWithValue("$mails", mails);
        while (await done.ExecuteScalarAsync(cancellationToken) is not 1L)
        {
            await Task.Delay(PollEvery, TimeProvider.System, cancellationToken);
            if (_process.HasExited) throw new InvalidOperationException($"the daemon has ended: {Log()}");
        }
    }

    /// <summary>When the mailbox of requests stood open, from the log; UTC.</summary>
    public DateTimeOffset OpenedAt() => DateTimeOffset.ParseExact(
        Log().Split('\n').First(line => line.Contains("Watching support@", StringComparison.Ordinal))[..30], "yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);

    /// <summary>A line of /proc/…/status in MiB.</summary>
    public double Memory(string name) =>
        int.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(' ', '\t')[^2], CultureInfo.InvariantCulture) / 1024.0;

    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Log()
    {
        var path = Path.Combine(_folder, "desk.log");
        if (!File.Exists(path)) return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    /// <summary>One engineer: a new request makes two letters, a reply makes one.</summary>
    private static void WriteSettings(string folder, MailServers servers)
    {
        object Server(int port, string user) => new { Host = "127.0.0.1", Port = port, Tls = "None", User = user, MailServers.Password };
        string[] engineer = ["ivan@desk.example"];
        Write("directory.json", new
        {
            clients = new[]
            {
                new
                {
                    name = "Client",
                    contracts = new[] { new { number = "1", from = "2020-01-01" } },
                    persons = Enumerable.Range(0, Mixture.Senders).Select(i => new { name = $"Anna {i}", addresses = new[] { Mixture.Sender(i) } }),
                },
            },
            engineers = new[] { new { name = "Ivan", addresses = engineer } },
        });
        Write("maildesk.json", new
        {
            MailDesk = new
            {
                Desk = new { Domain = "desk.example", DirectoryFile = "directory.json" },
                Mailboxes = new object[]
                {
                    new { Address = "support@desk.example", Purpose = "Requests", Imap = Server(servers.Imap.Port, "support@desk.example") },
                    new { Address = "info@desk.example", Purpose = "Complaints", Imap = Server(servers.Imap.Port, "info@desk.example") },
                },
                Smtp = Server(servers.Smtp.Port, "support@desk.example"),
                Storage = new { Path = DatabaseIn(folder) },
                // A few addresses stand for many people here.
                Outbox = new { AutomaticPerHour = 1_000_000, SameKindPerTenMinutes = 1_000_000, AutomaticRepliesPerDay = 1_000_000 },
                Security = new { AuthservId = "mx.desk.example", TokenKey = Convert.ToBase64String(new byte[32]) },
            },
            Serilog = new { WriteTo = new object[] { new { Name = "File", Args = new { path = Path.Combine(folder, "desk.log") } }, new { Args = new { path = Path.Combine(folder, "days-.log") } } } },
        });

        void Write(string name, object content) => File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content));
    }
}
