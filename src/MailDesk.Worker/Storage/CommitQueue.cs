namespace MailDesk.Worker.Storage;

/// <summary>
/// The writers of this process, one after the other in the order in which they came. Those that come while a transaction is being committed are
/// written by the next one together: flushing the disk is most of what a small transaction costs, and so one flush serves all of them (group commit).
/// <para>Invariants: a write is over only when it is committed; each stands behind a savepoint, so that one that fails takes nothing of the others
/// with it; where the transaction as a whole fails, each is tried once more alone, and what one has done does not fall on the others.</para>
/// </summary>
/// <param name="writer">The connection that writes; asked for in the turn of a write.</param>
internal sealed class CommitQueue(Func<Statements> writer)
{
    private const string Savepoint = "one_of_several";

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _waiting = [];
    private bool _isTaken;

    /// <summary>Writes as one transaction, or as a part of one that others share: all of it or nothing.</summary>
    /// <param name="write">Can be called a second time, when nothing of the first is in the database.</param>
    /// <param name="cancellationToken">Heard until it begins.</param>
    public Task<T> WriteAsync<T>(Func<Statements, T> write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var mine = new Write<T>(write);
        if (Enter(mine)) WriteGroup();
        else mine.HearCancellation(cancellationToken);
        return mine.Over;
    }

    /// <summary>Keeps all writers of the queue waiting, for what writes over another connection.</summary>
    /// <param name="cancellationToken">Heard until it begins.</param>
    public async Task<T> AloneAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mine = new Alone();
        if (Enter(mine)) PassOn();
        else mine.HearCancellation(cancellationToken);
        await mine.Begun;
        try
        {
            return await write();
        }
        finally
        {
            PassOn();
        }
    }

    /// <returns>True when nobody was writing: the turn is the caller's.</returns>
    private bool Enter(Entry entry)
    {
        lock (_lock)
        {
            _waiting.Enqueue(entry);
            return !_isTaken && (_isTaken = true);
        }
    }

    /// <summary>Gives the turn to whoever waits longest.</summary>
    private void PassOn()
    {
        Alone? next = null;
        lock (_lock)
        {
            while (_waiting.TryPeek(out var entry) && entry is Alone alone && next is null)
            {
                _waiting.Dequeue();
                if (alone.TryBegin()) next = alone;
            }

            if (next is null && _waiting.Count == 0)
            {
                _isTaken = false;
                return;
            }
        }

        if (next is not null) next.Go();
        else ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.WriteGroup(), this, preferLocal: false);
    }

    private void WriteGroup()
    {
        List<Write> group = [];
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next) && next is Write write)
            {
                _waiting.Dequeue();
                if (write.TryBegin()) group.Add(write);
            }
        }

        if (group.Count == 1) CommitAlone(group[0]);
        else if (group.Count > 1) CommitTogether(group);
        PassOn();
    }

    private void CommitAlone(Write write)
    {
        try
        {
            var statements = writer();
            statements.InTransaction(() => write.Run(statements));
        }
        catch (Exception e)
        {
            write.Fail(e);
            return;
        }

        write.Succeed();
    }

    private void CommitTogether(List<Write> group)
    {
        Exception?[] failures;
        try
        {
            var statements = writer();
            failures = statements.InTransaction(() => group.ConvertAll(write => RunBehindSavepoint(write, statements)).ToArray());
        }
        catch (Exception)
        {
            group.ForEach(CommitAlone);
            return;
        }

        foreach (var (write, failure) in group.Zip(failures))
        {
            if (failure is null) write.Succeed();
            else write.Fail(failure);
        }
    }

    /// <returns>What the write has thrown; null when it stays.</returns>
    /// <exception cref="Exception">The transaction itself is lost.</exception>
    private static Exception? RunBehindSavepoint(Write write, Statements statements)
    {
        Exception? failure = null;
        statements.Execute($"SAVEPOINT {Savepoint}");
        try
        {
            write.Run(statements);
        }
        catch (Exception e)
        {
            failure = e;
            statements.Execute($"ROLLBACK TO SAVEPOINT {Savepoint}");
        }

        statements.Execute($"RELEASE SAVEPOINT {Savepoint}");
        return failure;
    }

    private abstract class Entry
    {
        private CancellationTokenRegistration _cancellation;
        private int _isSettled;

        /// <returns>False when it was cancelled before.</returns>
        public bool TryBegin()
        {
            if (!TrySettle()) return false;
            _cancellation.Unregister();
            return true;
        }

        /// <summary>For one that has to wait: whoever is the first has it, its turn or its cancellation.</summary>
        public void HearCancellation(CancellationToken cancellationToken)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                (_, token) =>
                {
                    if (TrySettle()) Cancel(token);
                },
                null);
            // Its turn can have come meanwhile: a token that lives as long as the desk must not keep it.
            if (Interlocked.CompareExchange(ref _isSettled, 0, 0) != 0) _cancellation.Unregister();
        }

        protected abstract void Cancel(CancellationToken cancellationToken);

        private bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;
    }

    private sealed class Alone : Entry
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Go() => _begun.SetResult();

        protected override void Cancel(CancellationToken cancellationToken) => _begun.SetCanceled(cancellationToken);
    }

    private abstract class Write : Entry
    {
        public abstract bool Run(Statements statements);

        /// <summary>Tells the writer that what it did is committed.</summary>
        public abstract void Succeed();

        /// <summary>Tells the writer that nothing of what it did is.</summary>
        public abstract void Fail(Exception e);
    }

    private sealed class Write<T>(Func<Statements, T> write) : Write
    {
        private readonly TaskCompletionSource<T> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Over => _over.Task;

        public override bool Run(Statements statements)
        {
            _result = write(statements);
            return true;
        }

        public override void Succeed() => _over.SetResult(_result);

        public override void Fail(Exception e) => _over.SetException(e);

        protected override void Cancel(CancellationToken cancellationToken) => _over.SetCanceled(cancellationToken);
    }
}
