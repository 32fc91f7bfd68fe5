using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace MailDesk.Worker.Outbox;

/// <summary>
/// The outbox as a queue of due letters.
/// <para>Invariants: letters of one request to one reader go out in the order in which they were written; a letter is marked in a commit of
/// its own before the next one of its batch is sent. So of a batch that was broken off, only the first letter that is not marked can have
/// reached the server: that one is uncertain, the rest were certainly not sent.</para>
/// </summary>
public sealed class LetterBox(DeskStore store, DeskSettings settings, TimeProvider time)
{
    public const int BatchSize = 32;

    /// <summary>Requests are spread over the connections by number, so that the order within a request needs no agreement between them.</summary>
    /// <param name="lane">From 0 to the number of connections, exclusive.</param>
    /// <returns>Due letters with their content, in order; claimed until marked or released.</returns>
    public async Task<IReadOnlyList<LetterRow>> ClaimAsync(int lane, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await store.OpenAsync(cancellationToken);
        var due = await Due(db, lane, now).AsNoTracking().Include(l => l.Content).OrderBy(l => l.Id).Take(BatchSize).ToListAsync(cancellationToken);
        if (due.Count == 0) return due;

        // Nobody else takes letters of this lane, and new ones have higher numbers: these are the letters that were read.
        int? first = due[0].Id;
        var last = due[^1].Id;
        await store.WriteAsync(
            () => Due(db, lane, now).Where(l => l.Id <= last).ExecuteUpdateAsync(set => set.SetProperty(l => l.Claim, _ => first), cancellationToken), cancellationToken);
        return due;
    }

    /// <summary>Records what became of an attempt.</summary>
    public async Task MarkAsync(LetterRow letter, Delivery delivery, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (state, next) = delivery switch
        {
            Delivery.Delivered => (LetterState.Delivered, null),
            Delivery.GiveUp => (LetterState.GivenUp, null),
            Delivery.RetryAt retry => (LetterState.Pending, retry.At),
            Delivery.Uncertain uncertain => (LetterState.Uncertain, uncertain.At),
            _ => ((LetterState, DateTimeOffset?))(letter.State, now),
        };
        DateTimeOffset? sentAt = state == LetterState.Delivered ? now : null;
        var reply = delivery.Reply;
        await UpdateAsync(
            letter.Id,
            set => set.SetProperty(l => l.State, _ => state)
                .SetProperty(l => l.NextAttemptAt, _ => next)
                .SetProperty(l => l.Attempts, l => l.Attempts + 1)
                .SetProperty(l => l.SentAt, _ => sentAt)
                .SetProperty(l => l.LastReply, _ => reply)
                .SetProperty(l => l.Claim, _ => null),
            cancellationToken);
    }

    /// <summary>Gives back a letter that was claimed and not sent.</summary>
    public Task ReleaseAsync(int id, CancellationToken cancellationToken) => UpdateAsync(id, set => set.SetProperty(l => l.Claim, _ => null), cancellationToken);

    /// <summary>At start: what a killed process left claimed. The first of each batch is uncertain, the rest are due.</summary>
    /// <returns>How many letters are uncertain.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? retryAt = time.GetUtcNow() + settings.Outbox.UncertainPause;
        await using var db = await store.OpenAsync(cancellationToken);
        var uncertain = await db.Letters.Where(l => l.Claim != null).GroupBy(l => l.Claim).Select(batch => batch.Min(l => l.Id)).ToListAsync(cancellationToken);
        if (uncertain.Count == 0) return 0;
        await store.WriteAsync(
            async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.Letters.Where(l => uncertain.Contains(l.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(l => l.State, LetterState.Uncertain).SetProperty(l => l.NextAttemptAt, retryAt), cancellationToken);
                await db.Letters.Where(l => l.Claim != null).ExecuteUpdateAsync(set => set.SetProperty(l => l.Claim, (int?)null), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return 0;
            },
            cancellationToken);
        return uncertain.Count;
    }

    /// <summary>When the next letter of a lane falls due; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextAttemptAsync(int lane, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await Waiting(db, lane).MinAsync(l => l.NextAttemptAt, cancellationToken);
    }

    private IQueryable<LetterRow> Waiting(DeskContext db, int lane)
    {
        var lanes = settings.Smtp.Connections;
        return db.Letters.Where(l => l.NextAttemptAt != null && l.Claim == null && (l.TicketId ?? l.Id) % lanes == lane);
    }

    /// <summary>Letters that nothing holds back: neither their own time nor an earlier letter of the same request to the same reader.</summary>
    private IQueryable<LetterRow> Due(DeskContext db, int lane, DateTimeOffset now) => Waiting(db, lane)
        .Where(l => l.NextAttemptAt <= now)
        .Where(l => !db.Letters.Any(earlier => earlier.TicketId != null && earlier.TicketId == l.TicketId && earlier.Recipient == l.Recipient
            && earlier.Id < l.Id && earlier.NextAttemptAt > now));

    /// <param name="set">With values as lambdas: given as values they would be part of the query, and compiled anew for every letter.</param>
    private async Task UpdateAsync(int id, Action<UpdateSettersBuilder<LetterRow>> set, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        await store.WriteAsync(() => db.Letters.Where(l => l.Id == id).ExecuteUpdateAsync(set, cancellationToken), cancellationToken);
    }
}
