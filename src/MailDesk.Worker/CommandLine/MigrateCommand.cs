using MailDesk.Worker.Hosting;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.CommandLine;

internal static class MigrateCommand
{
    public static async Task<int> InvokeAsync(string? config, CancellationToken cancellationToken)
    {
        var (configuration, settings) = Startup.Load(config);
        using var host = DeskHost.CreateBuilder(settings, configuration, TimeProvider.System).Build();
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DeskContext>>().CreateDbContextAsync(cancellationToken);
        var applied = await DatabaseStart.MigrateAsync(db, cancellationToken);
        Console.WriteLine(applied.Count == 0 ? $"{settings.Storage.Path} is up to date." : $"{settings.Storage.Path}: applied {string.Join(", ", applied)}.");
        return 0;
    }
}
