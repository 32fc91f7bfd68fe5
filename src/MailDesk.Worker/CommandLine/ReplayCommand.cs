using MailDesk.Worker.Hosting;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.CommandLine;

/// <summary>Processes a message again that was put aside: on the database alone, so that the daemon may run meanwhile; it sends the letters.</summary>
internal static class ReplayCommand
{
    public static async Task<int> InvokeAsync(string id, string? config, CancellationToken cancellationToken)
    {
        var (configuration, settings) = Startup.Load(config);
        if (!File.Exists(settings.Storage.Path))
        {
            await Console.Error.WriteLineAsync($"There is no database at {Path.GetFullPath(settings.Storage.Path)}; nothing can have been put aside.");
            return 1;
        }

        // All parts of the daemon; none of them is started.
        using var host = DeskHost.CreateDaemonBuilder(settings, configuration, TimeProvider.System, guide: false).Build();
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<DeskContext>>().CreateDbContextAsync(cancellationToken))
        {
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                await Console.Error.WriteLineAsync($"The database {settings.Storage.Path} is older than this program; run: maildesk migrate");
                return 1;
            }
        }

        try
        {
            var result = await host.Services.GetRequiredService<MailReplay>().RunAsync(id.Trim(), cancellationToken);
            await (result.Succeeded ? Console.Out : Console.Error).WriteLineAsync(result.Message);
            return result.Succeeded ? 0 : 1;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"{id}: still fails, and stays put aside: {e.GetType().Name}: {e.Message}");
            return 1;
        }
    }
}
