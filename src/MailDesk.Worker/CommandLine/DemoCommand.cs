using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Demo;
using MailDesk.Worker.Hosting;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Schedule;

namespace MailDesk.Worker.CommandLine;

/// <summary>Runs the whole daemon with the sandbox in a folder of its own, on free ports, and plays <see cref="DemoPlay"/>.</summary>
internal static class DemoCommand
{
    public static async Task<int> InvokeAsync(string? config, CancellationToken cancellationToken)
    {
        Console.OutputEncoding = Encoding.UTF8;
        var folder = Directory.CreateTempSubdirectory("maildesk-demo-");
        try
        {
            var configuration = SettingsLoader.Read(config, Environments.Development, Over(folder.FullName));
            var settings = SettingsLoader.Bind(configuration);
            var clock = new MovableClock(TimeProvider.System);
            using var host = DeskHost.CreateDaemonBuilder(settings, configuration, clock, guide: false).Build();
            await host.StartAsync(cancellationToken);
            await host.Services.GetRequiredService<WatcherHealth>().Ready.WaitAsync(cancellationToken);
            var sandbox = host.Services.GetRequiredService<SandboxHost>().Server!;
            await new DemoPlay(sandbox, settings, host.Services.GetRequiredService<DeadlineSchedule>(), clock, Console.Out).RunAsync(cancellationToken);
            await host.StopAsync(CancellationToken.None);
            Console.WriteLine();
            Console.WriteLine("Both requests are closed. This was real mail: SMTP and IMAP through the sandbox, SQLite, Quartz; only the clock was moved.");
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string?> Over(string folder) => new(StringComparer.OrdinalIgnoreCase)
    {
        [$"{SettingsLoader.Section}:Sandbox:Enabled"] = "true",
        [$"{SettingsLoader.Section}:Sandbox:ImapPort"] = FreePort(),
        [$"{SettingsLoader.Section}:Sandbox:SmtpPort"] = FreePort(),
        [$"{SettingsLoader.Section}:Sandbox:Folder"] = "",
        [$"{SettingsLoader.Section}:Reports:DailyDigest"] = "false",
        [$"{SettingsLoader.Section}:Reports:MonthlyReport"] = "false",
        [$"{SettingsLoader.Section}:Storage:Path"] = Path.Combine(folder, "maildesk.db"),
        ["Serilog:MinimumLevel:Default"] = "Warning",
        ["Serilog:WriteTo:1:Args:path"] = Path.Combine(folder, "maildesk-.log"),
    };

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
