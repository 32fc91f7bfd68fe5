using MailDesk.Worker.Configuration;
using MailDesk.Worker.Hosting;

namespace MailDesk.Worker.CommandLine;

internal static class SandboxCommand
{
    public static async Task<int> InvokeAsync(string? config, CancellationToken cancellationToken)
    {
        // The sandbox is what was asked for, whatever the environment says.
        var configuration = SettingsLoader.Read(config, Environments.Development);
        var settings = SettingsLoader.Bind(configuration);
        await using var sandbox = new SandboxHost(settings, DeskHost.LoadDirectory(settings), TimeProvider.System);
        await sandbox.StartAsync(cancellationToken);
        Console.WriteLine(SandboxGuide.Text(settings));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
