using MailDesk.Worker.Hosting;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Storage;

public sealed class DatabaseStartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_new_database_has_a_write_ahead_log_that_is_forced_to_disk_and_belongs_to_its_owner_alone()
    {
        var path = _folder.File("new/desk.db");
        var connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;
        await using var db = new DeskContext(new DbContextOptionsBuilder<DeskContext>().UseSqlite(connection).Options);

        Assert.NotEmpty(await DatabaseStart.MigrateAsync(db, TestContext.Current.CancellationToken));

        Assert.Equal("wal", await ReadAsync(db, "PRAGMA journal_mode"));
        Assert.Equal(2L, await ReadAsync(db, "PRAGMA synchronous")); // FULL
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Empty(await DatabaseStart.MigrateAsync(db, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<object?> ReadAsync(DeskContext db, string pragma)
    {
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
