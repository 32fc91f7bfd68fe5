using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Hosting;

/// <summary>Brings the database to the current shape before anything else starts.</summary>
public sealed partial class DatabaseStart(IDbContextFactory<DeskContext> contexts, ILogger<DatabaseStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var migration in await MigrateAsync(db, cancellationToken)) LogMigrated(migration);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>What was applied; empty when nothing was due.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DeskContext db, CancellationToken cancellationToken)
    {
        CreateFile(Path.GetFullPath(db.Database.GetDbConnection().DataSource));
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (pending.Count == 0) return pending;

        // Kept in the file: without it every reader would stop the writer, and the writer every reader.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    /// <summary>Other people's mail will lie in it: only its owner may read it, and what SQLite puts beside it.</summary>
    private static void CreateFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path)) return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Database: applied {Migration}")]
    private partial void LogMigrated(string migration);
}
