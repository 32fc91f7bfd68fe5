using System.Diagnostics;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Hosting;
using Microsoft.Extensions.Hosting;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>The daemon, as part of the test: everything of the real one but its process.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly IHost _host;

    private Daemon(IHost host) => _host = host;

    public static async Task<Daemon> StartAsync(DeskFolder folder)
    {
        var configuration = SettingsLoader.Read(folder.Settings, "Production");
        var host = DeskHost.CreateDaemonBuilder(SettingsLoader.Bind(configuration), configuration, TimeProvider.System).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new Daemon(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}

/// <summary>The daemon as a process of its own, to be killed.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private readonly Process _process;

    private DaemonProcess(Process process) => _process = process;

    public static DaemonProcess Start(DeskFolder folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DeskHost).Assembly.Location, "run", "--config", folder.Settings]) { UseShellExecute = false };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        return new DaemonProcess(Process.Start(start)!);
    }

    public bool IsRunning => !_process.HasExited;

    /// <summary>SIGKILL: nothing is finished, nothing is closed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (IsRunning) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
