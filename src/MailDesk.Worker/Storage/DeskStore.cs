using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

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
    private readonly Lock _reading = new();
    private readonly Lazy<Connections> _own = new(() => Connections.Open(contexts));

    private sealed record Connections(Statements Writer, Statements Reader, RowWriter Rows) : IDisposable
    {
        public static Connections Open(IDbContextFactory<DeskContext> contexts)
        {
            using var db = contexts.CreateDbContext();
            var maps = new RowMaps(db.Model);
            return new Connections(new Statements(db, maps), new Statements(db, maps), new RowWriter(maps));
        }

        public void Dispose()
        {
            Writer.Dispose();
            Reader.Dispose();
        }
    }

    /// <summary>A unit of work on a connection that stays open until its end: opening one for every statement costs as much as many statements.</summary>
    public async Task<DeskContext> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            (db.Store, db.OnCommitted) = (this, null); // contexts are used again
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
                if (_own.Value.Rows.ChangesOf(db) is { } changes) await WriteAsync(changes, cancellationToken);
                else await WriteAsync(() => db.SaveChangesAsync(cancellationToken), cancellationToken);
                db.OnCommitted?.Invoke();
                return result;
            }
            catch (Exception e) when (race < MaxRaces && IsLostRace(e))
            {
                // Another writer was faster: read again, decide again.
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<EntityEntry> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0) return;
        await WriteAsync(
            statements =>
            {
                _own.Value.Rows.Write(changes, statements);
                return 0;
            },
            cancellationToken);
    }

    /// <summary>The number that a statement gives as things are committed now; null when it gives none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_reading) return _own.Value.Reader.Number(sql, values);
    }

    /// <summary>Rows of one table as they are committed now. For what takes microseconds: one asks at a time.</summary>
    /// <param name="which">The rest of the statement from WHERE on.</param>
    public List<T> Read<T>(string which, params ReadOnlySpan<object?> values)
        where T : class
    {
        lock (_reading) return _own.Value.Reader.Rows<T>(which, values);
    }

    /// <summary>Runs a few statements in their turn, as one transaction.</summary>
    public async Task<T> WriteAsync<T>(Func<Statements, T> write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _own.Value.Writer.InTransaction(() => write(_own.Value.Writer));
        }
        finally
        {
            _gate.Release();
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

    public void Dispose()
    {
        if (_own.IsValueCreated) _own.Value.Dispose();
        _gate.Dispose();
    }

    private static bool IsLostRace(Exception e) =>
        e is DbUpdateConcurrencyException || (e is DbUpdateException ? e.InnerException : e) is SqliteException { SqliteErrorCode: SqliteConstraint };
}
