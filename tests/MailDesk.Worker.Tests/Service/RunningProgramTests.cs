using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MailDesk.Worker.Tests.Service;

/// <summary>The program itself, started as systemd starts it.</summary>
public sealed class RunningProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildesk-service-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_program_tells_systemd_that_it_is_ready_and_ends_well_when_asked_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var systemd = new NotifySocket(Path.Combine(_folder, "notify"));
        using var program = Start(systemd.Path);
        try
        {
            Assert.Equal("READY=1", await systemd.ReceiveAsync("READY", limit.Token));
            Assert.Equal("WATCHDOG=1", await systemd.ReceiveAsync("WATCHDOG", limit.Token));
            using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);
            Assert.Equal("STOPPING=1", await systemd.ReceiveAsync("STOPPING", limit.Token));
            var log = await program.StandardOutput.ReadToEndAsync(limit.Token);
            await program.WaitForExitAsync(limit.Token);
            Assert.Equal(0, program.ExitCode);
            Assert.Matches(@"Ready, (.|\n)* Stopping: (.|\n)* Stopped\s*$", log);
            Assert.Equal(["data", "logs"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }
    }

    private Process Start(string notifySocket)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "maildesk"), ["run"])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true, // kept out of the tests' own; what a start prints fits into the pipe
            Environment =
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["NOTIFY_SOCKET"] = notifySocket,
                ["WATCHDOG_USEC"] = "1000000",
                ["MailDesk__Sandbox__ImapPort"] = $"{FreePort()}",
                ["MailDesk__Sandbox__SmtpPort"] = $"{FreePort()}",
            },
        };
        start.Environment.Remove("WATCHDOG_PID");
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
