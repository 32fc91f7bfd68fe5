using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Storage;

/// <summary>
/// Opens and commits units of work. What a unit of work adds is written in one transaction or not at all; a unit of work that lost a race
/// (a ticket's version, a number, a message recorded twice) is not written, and its owner reads again and decides again.
/// <para>SQLite has one writer at a time: the gate makes writers of this process wait for each other in order rather than by trial.</para>
/// </summary>
public sealed class DeskStore(IDbContextFactory<DeskContext> contexts) : IDisposable
{
    /// <summary>A loser of this many races in a row is the victim of a fault, not of chance.</summary>
    private const int MaxRaces = 20;

    private const int SqliteConstraint = 19;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>A unit of work on a connection that stays open until its end: opening one for every statement costs as much as many statements.</summary>
    public async Task<DeskContext> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs <paramref name="decide"/> on a fresh unit of work and commits it; again, as long as another writer was faster.</summary>
    public async Task<T> DecideAndCommitAsync<T>(Func<DeskContext, Task<T>> decide, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            await using var db = await OpenAsync(cancellationToken);
            var result = await decide(db);
            try
            {
                await WriteAsync(() => db.SaveChangesAsync(cancellationToken), cancellationToken);
                return result;
            }
            catch (DbUpdateException e) when (race < MaxRaces && IsLostRace(e))
            {
                // Another writer was faster: read again, decide again.
            }
        }
    }

    /// <summary>Runs one writing statement in its turn.</summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static bool IsLostRace(DbUpdateException e) =>
        e is DbUpdateConcurrencyException || e.InnerException is SqliteException { SqliteErrorCode: SqliteConstraint };
}
