using System.Globalization;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Net;
using MailDesk.Mail.Sandbox;
using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Hosting;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.Schedule;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailDesk.Worker.Tests.Month;

/// <summary>
/// The whole daemon with its mail server, over sockets: only the clock is the month's. It stands until the play moves it, so that each mail
/// and each letter has the moment that the books have.
/// </summary>
internal sealed class MonthDesk : IAsyncDisposable
{
    /// <summary>How long the daemon may take, in real time, to do what is to be done at one moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly TestFolder _folder;
    private readonly IHost _host;
    private readonly SqliteConnection _database;
    private readonly List<DeliveredMessage> _delivered = [];
    private int _sent;
    private int _lettersDelivered;
    private DateTimeOffset? _round;

    private MonthDesk(TestFolder folder, ManualClock clock, IHost host, string database)
    {
        (_folder, Clock, _host) = (folder, clock, host);
        _database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly }.ConnectionString);
    }

    public ManualClock Clock { get; }

    public int MailsSent => _sent;

    private SandboxServer Sandbox => Get<SandboxHost>().Server!;

    public static async Task<MonthDesk> StartAsync(DateTimeOffset start)
    {
        var folder = new TestFolder();
        var clock = new ManualClock(start);
        await File.WriteAllTextAsync(folder.File("directory.json"), MonthPeople.Directory(), TestContext.Current.CancellationToken);
        Dictionary<string, string?> settings = new()
        {
            ["MailDesk:Desk:DirectoryFile"] = folder.File("directory.json"),
            ["MailDesk:Storage:Path"] = folder.File("month.db"),
            ["MailDesk:Sandbox:ImapPort"] = FreePort(),
            ["MailDesk:Sandbox:SmtpPort"] = FreePort(),
            ["MailDesk:Sandbox:Folder"] = "",
            ["MailDesk:Rules:PlannedWork:0:Service"] = MonthPeople.ServiceAtWork,
            ["MailDesk:Rules:PlannedWork:0:From"] = MonthPeople.PlannedWork.From.ToString("yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture),
            ["MailDesk:Rules:PlannedWork:0:To"] = MonthPeople.PlannedWork.To.ToString("yyyy-MM-ddTHH:mmzzz", CultureInfo.InvariantCulture),
            ["Serilog:MinimumLevel:Default"] = "Warning",
            ["Serilog:WriteTo:1:Args:path"] = folder.File("month-.log"),
        };
        for (var i = 0; i < MonthPeople.Strangers.Count; i++) settings[$"MailDesk:Sandbox:Accounts:{i}"] = MonthPeople.Strangers[i];

        var configuration = SettingsLoader.Read(null, Environments.Development, settings);
        var host = DeskHost.CreateDaemonBuilder(SettingsLoader.Bind(configuration), configuration, clock, guide: false).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var desk = new MonthDesk(folder, clock, host, folder.File("month.db"));
        await desk._database.OpenAsync(TestContext.Current.CancellationToken);
        await desk.Get<WatcherHealth>().Ready.WaitAsync(TestContext.Current.CancellationToken);
        return desk;
    }

    /// <summary>A mail arrives now.</summary>
    /// <param name="authenticated">Whether the sender logs in: the server then vouches for the address.</param>
    public async Task SendAsync(string from, IReadOnlyList<string> to, byte[] raw, bool authenticated = true)
    {
        await using var smtp = new SmtpClient(
            new SmtpOptions
            {
                Endpoint = new MailEndpoint("127.0.0.1", Sandbox.SmtpPort, TlsMode.None),
                Credentials = authenticated ? new MailCredentials(from, "secret") : null,
                HeloName = "month.example",
            },
            TimeProvider.System);
        var result = await smtp.SendAsync(new MailEnvelope(authenticated ? from : "", to), raw, TestContext.Current.CancellationToken);
        Assert.IsType<SendResult.Accepted>(result);
        _sent += to.Count;
    }

    /// <summary>Waits until all that is to be done at this moment is done, and returns the letters that came of it.</summary>
    public async Task<IReadOnlyList<DeliveredMessage>> SettleAsync()
    {
        Get<DeadlineSchedule>().Wake();
        Get<OutboxSignal>().Set();
        using var limit = new CancellationTokenSource(Patience);
        while (!IsSettled() || (_round <= Clock.Now && await Get<RoundRunner>().NextAsync(TestContext.Current.CancellationToken) <= Clock.Now))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"the desk is not done with {Clock.Now:u}: {State()}");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        if (_round <= Clock.Now) _round = null;
        List<DeliveredMessage> letters = [.. _delivered];
        _delivered.Clear();
        return letters;
    }

    /// <summary>When something falls due by itself, a deadline, a letter that waits, a digest or a report; null when nothing will.</summary>
    public async Task<DateTimeOffset?> NextDueAsync()
    {
        DateTimeOffset?[] due =
        [
            Moment(Number("SELECT MIN(NextDeadlineAt) FROM Tickets")),
            Moment(Number("SELECT MIN(NextAttemptAt) FROM Letters WHERE NextAttemptAt IS NOT NULL")),
            _round ??= await Get<RoundRunner>().NextAsync(TestContext.Current.CancellationToken),
        ];
        return due.Min();

        static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>The kind of a letter, which a person tells by reading it.</summary>
    public string KindOf(MailMessage letter) => Text("SELECT Kind FROM Letters WHERE MessageId = $value", letter.MessageId!);

    /// <summary>What the desk itself has counted, for comparison with what came in: the number of mails of each kind.</summary>
    public Dictionary<string, int> MailKinds()
    {
        Dictionary<string, int> kinds = [];
        using var command = _database.CreateCommand();
        command.CommandText = "SELECT Kind, COUNT(*) FROM Mails GROUP BY Kind";
        using var reader = command.ExecuteReader();
        while (reader.Read()) kinds[reader.GetString(0)] = reader.GetInt32(1);
        return kinds;
    }

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private bool IsSettled()
    {
        while (Sandbox.Deliveries.TryRead(out var delivered))
        {
            if (!IsDesk(delivered.From)) continue;
            _delivered.Add(delivered);
            _lettersDelivered++;
        }

        var now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return Number("SELECT COUNT(*) FROM Mails") == _sent
            && Number($"SELECT COUNT(*) FROM Tickets WHERE NextDeadlineAt <= {now}") == 0
            && Number($"SELECT COUNT(*) FROM Letters WHERE NextAttemptAt IS NOT NULL AND NextAttemptAt <= {now}") == 0
            && Number("SELECT COUNT(*) FROM Letters WHERE State = 'Delivered'") <= _lettersDelivered;
    }

    private string State() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number("SELECT COUNT(*) FROM Mails")} of {_sent} mails recorded, {Number("SELECT COUNT(*) FROM Letters WHERE State = 'Delivered'")} letters sent, {_lettersDelivered} arrived, {Number("SELECT COUNT(*) FROM Failures")} failures");

    private long? Number(string query)
    {
        using var command = _database.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar() as long?;
    }

    private string Text(string query, string value)
    {
        using var command = _database.CreateCommand();
        command.CommandText = query;
        command.Parameters.AddWithValue("$value", value);
        return (string)command.ExecuteScalar()!;
    }

    private static bool IsDesk(string address) => address is MonthPeople.Support or MonthPeople.Complaints;

    private static string FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
