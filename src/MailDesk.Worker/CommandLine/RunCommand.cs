using MailDesk.Worker.Hosting;
using MailDesk.Worker.Service;

namespace MailDesk.Worker.CommandLine;

internal static class RunCommand
{
    public static async Task<int> InvokeAsync(string? config, CancellationToken cancellationToken)
    {
        var service = ServiceManager.Connect(); // before any relative path is used
        var (configuration, settings) = Startup.Load(config);
        var builder = DeskHost.CreateDaemonBuilder(settings, configuration, TimeProvider.System);
        builder.Services.AddServiceManager(service);
        using var host = builder.Build();
        var background = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await host.RunAsync(cancellationToken);

        // A part that failed has stopped the host: the service manager must know that this was no wish of anybody.
        return background.Exists(part => part.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
}
