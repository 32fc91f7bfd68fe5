using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Outbox;

/// <summary>
/// The outbox as a queue of due letters.
/// <para>Invariants: letters of one request to one reader go out in the order in which they were written; a letter is marked in a commit of
/// its own before the next one of its batch is sent. So of a batch that was broken off, only the first letter that is not marked can have
/// reached the server: that one is uncertain, the rest were certainly not sent.</para>
/// </summary>
public sealed class LetterBox(DeskStore store, DeskSettings settings, TimeProvider time)
{
    private const int BatchSize = 32;

    /// <summary>Requests are spread over the connections by number, so that the order within a request needs no agreement between them.</summary>
    /// <param name="lane">From 0 to the number of connections, exclusive.</param>
    /// <returns>Due letters with their content, in order; claimed until marked or released.</returns>
    public async Task<IReadOnlyList<LetterRow>> ClaimAsync(int lane, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lanes = settings.Smtp.Connections;
        await using var db = await store.OpenAsync(cancellationToken);
        var due = await db.Letters.Include(l => l.Content)
            .Where(l => l.NextAttemptAt <= now && l.Claim == null && (l.TicketId ?? l.Id) % lanes == lane)
            .Where(l => !db.Letters.Any(earlier => earlier.TicketId == l.TicketId && earlier.Recipient == l.Recipient
                && earlier.TicketId != null && earlier.Id < l.Id && earlier.NextAttemptAt > now))
            .OrderBy(l => l.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        if (due.Count == 0) return due;

        foreach (var letter in due) letter.Claim = due[0].Id;
        await store.WriteAsync(() => db.SaveChangesAsync(cancellationToken), cancellationToken);
        return due;
    }

    /// <summary>
    /// Records what became of an attempt. Through the change tracker, as claiming is: a bulk update has its values in the query itself, and
    /// would be compiled anew for every letter.
    /// </summary>
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
        await using var db = await store.OpenAsync(cancellationToken);
        db.Letters.Attach(letter);
        letter.State = state;
        letter.NextAttemptAt = next;
        letter.Attempts++;
        letter.SentAt = state == LetterState.Delivered ? now : null;
        letter.LastReply = delivery.Reply;
        letter.Claim = null;
        await store.WriteAsync(() => db.SaveChangesAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Gives back a letter that was claimed and not sent.</summary>
    public async Task ReleaseAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        await store.WriteAsync(
            () => db.Letters.Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Claim, (int?)null), cancellationToken),
            cancellationToken);
    }

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
        var lanes = settings.Smtp.Connections;
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Letters
            .Where(l => l.NextAttemptAt != null && l.Claim == null && (l.TicketId ?? l.Id) % lanes == lane)
            .MinAsync(l => l.NextAttemptAt, cancellationToken);
    }
}
