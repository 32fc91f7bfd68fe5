using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Storage;

/// <summary>
/// Opens and commits units of work. What a unit of work adds is written in one transaction or not at all; a unit of work that lost a race
/// (a ticket's version, a number, a message recorded twice) is not written, and its owner reads again and decides again.
/// <para>SQLite has one writer at a time: the writers of this process take turns (<see cref="CommitQueue"/>) rather than try.</para>
/// </summary>
public sealed class DeskStore : IDisposable
{
    /// <summary>A loser of this many races in a row is the victim of a fault, not of chance.</summary>
    private const int MaxRaces = 20;

    private const int SqliteConstraint = 19;

    private readonly IDbContextFactory<DeskContext> _contexts;
    private readonly Lock _opening = new(), _reading = new();
    private readonly CommitQueue _queue;
    private Connections? _own;

    public DeskStore(IDbContextFactory<DeskContext> contexts)
    {
        _contexts = contexts;
        _queue = new CommitQueue(() => Own.Writer);
    }

    /// <summary>Opened with the first use, when the database has its shape; a failure is not remembered.</summary>
    private Connections Own
    {
        get
        {
            lock (_opening) return _own ??= Connections.Open(_contexts);
        }
    }

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
        var db = await _contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            db.Store = this;
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
    public Task<T> DecideAndCommitAsync<T>(Func<DeskContext, Task<T>> decide, CancellationToken cancellationToken) =>
        DecideAndCommitAsync(decide, turn: null, cancellationToken);

    /// <inheritdoc cref="DecideAndCommitAsync{T}(Func{DeskContext, Task{T}}, CancellationToken)"/>
    /// <param name="turn">Its place in a row of units of work; null when it stands alone.</param>
    internal async Task<T> DecideAndCommitAsync<T>(Func<DeskContext, Task<T>> decide, Turn? turn, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            await using var db = await OpenAsync(cancellationToken);
            db.ChangeTracker.AutoDetectChangesEnabled = false; // once, before it is written, is enough
            db.Turn = turn;
            var result = await decide(db);
            var before = turn?.DecideAsync(db) ?? Task.CompletedTask;
            try
            {
                await CommitAsync(db, before, cancellationToken);
                db.OnCommitted?.Invoke();
                return result;
            }
            catch (Exception e) when (race < MaxRaces && IsLostRace(e))
            {
                // Another writer was faster: read again, decide again.
            }
        }
    }

    /// <summary>The number that a statement gives as things are committed now; null when it gives none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_reading) return Own.Reader.Number(sql, values);
    }

    /// <summary>Rows of one table as they are committed now. For what takes microseconds: one asks at a time.</summary>
    /// <param name="which">The rest of the statement from WHERE on.</param>
    public List<T> Read<T>(string which, params ReadOnlySpan<object?> values)
        where T : class
    {
        lock (_reading) return Own.Reader.Rows<T>(which, values);
    }

    /// <inheritdoc cref="CommitQueue.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<Statements, T> write, CancellationToken cancellationToken) => _queue.WriteAsync(write, cancellationToken);

    /// <param name="before">Ends when all is written that is to be written before.</param>
    private async Task CommitAsync(DeskContext db, Task before, CancellationToken cancellationToken)
    {
        var changes = Own.Rows.ChangesOf(db);
        await before;
        if (changes is null) await _queue.AloneAsync(() => db.SaveChangesAsync(cancellationToken), cancellationToken);
        else if (!changes.IsEmpty) await WriteAsync(statements => Own.Rows.Write(changes, statements), cancellationToken);
    }

    public void Dispose() => _own?.Dispose();

    private static bool IsLostRace(Exception e) =>
        e is DbUpdateConcurrencyException || (e is DbUpdateException ? e.InnerException : e) is SqliteException { SqliteErrorCode: SqliteConstraint };
}
