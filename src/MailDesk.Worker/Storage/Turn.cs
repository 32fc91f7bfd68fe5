using MailDesk.Domain;

namespace MailDesk.Worker.Storage;

/// <summary>
/// The place of a unit of work in a row of them. The next one can be decided while this one is still being written; it is written after this
/// one. Where this one fails after all, what the next one has built on it is a lost race, and it is decided again.
/// </summary>
/// <param name="before">Null for the first of the row.</param>
internal sealed class Turn(Turn? before)
{
    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile Turn? _before = before;
    private volatile IReadOnlyDictionary<TicketKind, int>? _numbers;

    /// <summary>What this unit of work will write is known, and changes nothing outside the database; never fails.</summary>
    public Task Decided => _decided.Task;

    /// <summary>It is written or has failed; never fails.</summary>
    public Task Over => _over.Task;

    /// <summary>Written or failed, with all that follows.</summary>
    public void End()
    {
        (_before, _numbers) = (null, null);
        _decided.TrySetResult();
        _over.TrySetResult();
    }

    /// <summary>The last number that the unit of work before has taken of a series and not yet written; null when it has taken none.</summary>
    internal int? LastTaken(TicketKind series) => _before?._numbers is { } numbers && numbers.TryGetValue(series, out var last) ? last : null;

    /// <summary>Lets the next unit of work be decided; ends when this one can be written.</summary>
    internal async Task DecideAsync(DeskContext db)
    {
        _numbers = db.Series.Local.ToDictionary(series => series.Kind, series => series.Last);
        if (db.OnCommitted is null) _decided.TrySetResult();
        if (_before is not { } before) return;
        await before.Over;
        _before = null;
    }
}
