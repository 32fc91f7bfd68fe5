using System.Linq.Expressions;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
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
public sealed partial class LetterBox(
    DeskStore store, LetterPacer pacer, LetterDesk letters, OutboxSignal signal, DeskSettings settings, TimeProvider time, ILogger<LetterBox> log)
{
    public const int BatchSize = 32;

    /// <summary>Requests are spread over the connections by number, so that the order within a request needs no agreement between them.</summary>
    /// <param name="lane">From 0 to the number of connections, exclusive.</param>
    /// <returns>Due letters with their content, in order; claimed until marked or released.</returns>
    public async Task<IReadOnlyList<LetterRow>> ClaimAsync(int lane, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await store.OpenAsync(cancellationToken);
        List<LetterRow> claimed = [];
        while (true)
        {
            var due = await Due(db, lane, now).AsNoTracking().Include(l => l.Content).OrderBy(l => l.Id).Take(BatchSize - claimed.Count).ToListAsync(cancellationToken);
            if (due.Count == 0) return claimed;

            // Nobody else takes letters of this lane; the gate keeps other lanes from using up the same limits meanwhile.
            var plan = await store.WriteAsync(() => ClaimAsync(db, due, claimed is [var first, ..] ? first.Id : null, now, cancellationToken), cancellationToken);
            pacer.Report(plan);
            claimed.AddRange(plan.Go);
            if (!plan.Withholds || claimed.Count == BatchSize) return claimed;
        }
    }

    /// <param name="claim">The name of the batch that these continue; null for a new one.</param>
    private async Task<PacePlan> ClaimAsync(DeskContext db, List<LetterRow> due, int? claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var plan = await pacer.PlanAsync(db, due, now, cancellationToken);
        await using var transaction = plan.Counted.Count > 0 || plan.Withholds ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (plan.Go.Count > 0)
        {
            claim ??= plan.Go[0].Id;
            int[] ids = [.. plan.Go.Select(l => l.Id)];
            await db.Letters.Where(l => ids.Contains(l.Id)).ExecuteUpdateAsync(set => set.SetProperty(l => l.Claim, _ => claim), cancellationToken);
        }

        if (plan.Counted.Count > 0)
        {
            DateTimeOffset? at = now;
            await db.Letters.Where(l => plan.Counted.Contains(l.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.PacedAt, _ => at).SetProperty(l => l.HeldBack, _ => false), cancellationToken);
        }

        foreach (var (letter, moment) in plan.Held)
        {
            DateTimeOffset? until = moment;
            await db.Letters.Where(l => l.Id == letter.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.NextAttemptAt, _ => until).SetProperty(l => l.HeldBack, _ => true), cancellationToken);
        }

        if (plan.Suppressed.Count > 0)
        {
            int[] ids = [.. plan.Suppressed.Select(l => l.Id)];
            await db.Letters.Where(l => ids.Contains(l.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(l => l.State, LetterState.Suppressed).SetProperty(l => l.NextAttemptAt, (DateTimeOffset?)null).SetProperty(l => l.HeldBack, false),
                cancellationToken);
        }

        if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        return plan;
    }

    /// <summary>Records what became of an attempt.</summary>
    public async Task MarkAsync(LetterRow letter, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery is Delivery.GiveUp)
        {
            await GiveUpAsync(letter.Id, delivery.Reply, cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        var (state, next) = delivery switch
        {
            Delivery.Delivered => (LetterState.Delivered, null),
            Delivery.RetryAt retry => (LetterState.Pending, retry.At),
            Delivery.Uncertain uncertain => (LetterState.Uncertain, uncertain.At),
            _ => ((LetterState, DateTimeOffset?))(letter.State, now),
        };
        DateTimeOffset? sentAt = state == LetterState.Delivered ? now : null;
        var reply = delivery.Reply;
        // A report can be faster than this line: its verdict stays.
        var marked = await UpdateAsync(
            l => l.Id == letter.Id && l.State != LetterState.GivenUp,
            set => set.SetProperty(l => l.State, _ => state)
                .SetProperty(l => l.NextAttemptAt, _ => next)
                .SetProperty(l => l.Attempts, l => l.Attempts + 1)
                .SetProperty(l => l.SentAt, _ => sentAt)
                .SetProperty(l => l.LastReply, _ => reply)
                .SetProperty(l => l.Claim, _ => null),
            cancellationToken);
        if (marked == 0) await ReleaseAsync(letter.Id, cancellationToken);
    }

    /// <summary>Marks a letter that will never arrive and tells whom it concerns, once a letter (MAIL.md §9).</summary>
    private async Task GiveUpAsync(int id, string reply, CancellationToken cancellationToken)
    {
        var (told, ticket) = await store.DecideAndCommitAsync(
            async db =>
            {
                var letter = await db.Letters.Include(l => l.Ticket).Include(l => l.Content).FirstAsync(l => l.Id == id, cancellationToken);
                letter.Attempts++;
                letter.Claim = null;
                if (letter.State == LetterState.GivenUp) return ((int?)null, letter.TicketId); // a report was faster, and has told
                letter.State = LetterState.GivenUp;
                letter.NextAttemptAt = null;
                letter.LastReply = reply;
                return (Tell(db, letter, reply), letter.TicketId);
            },
            cancellationToken);
        if (told > 0) signal.Set(ticket);
    }

    /// <summary>A notice that cannot be composed must not keep the letter from being marked: it would be sent for ever.</summary>
    private int Tell(DeskContext db, LetterRow letter, string reply)
    {
        try
        {
            var told = letters.WriteUndelivered(db, letter, reply, time.GetUtcNow());
            if (told == 0) LogNobodyTold(null, letter.MessageId, letter.Kind);
            return told;
        }
        catch (Exception e)
        {
            foreach (var notice in db.ChangeTracker.Entries<LetterRow>().Where(entry => entry.State == EntityState.Added).ToList()) notice.State = EntityState.Detached;
            LogNobodyTold(e, letter.MessageId, letter.Kind);
            return 0;
        }
    }

    /// <summary>Gives back a letter that was claimed and not sent.</summary>
    public Task ReleaseAsync(int id, CancellationToken cancellationToken) => UpdateAsync(l => l.Id == id, set => set.SetProperty(l => l.Claim, _ => null), cancellationToken);

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

    /// <summary>
    /// Letters that nothing holds back: neither their own time nor an earlier letter of the same request to the same reader. What waits only
    /// because of the limits for its address does not hold back what the limits do not concern, such as an engineer's words.
    /// </summary>
    private IQueryable<LetterRow> Due(DeskContext db, int lane, DateTimeOffset now) => Waiting(db, lane)
        .Where(l => l.NextAttemptAt <= now)
        .Where(l => !db.Letters.Any(earlier => earlier.TicketId != null && earlier.TicketId == l.TicketId && earlier.Recipient == l.Recipient
            && earlier.Id < l.Id && earlier.NextAttemptAt > now && (!earlier.HeldBack || l.Pace != LetterPace.Free)));

    /// <param name="set">With values as lambdas: given as values they would be part of the query, and compiled anew for every letter.</param>
    private async Task<int> UpdateAsync(
        Expression<Func<LetterRow, bool>> which, Action<UpdateSettersBuilder<LetterRow>> set, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await store.WriteAsync(() => db.Letters.Where(which).ExecuteUpdateAsync(set, cancellationToken), cancellationToken);
    }

    [LoggerMessage(EventId = 2009, Level = LogLevel.Error, Message = "Nobody could be told that letter {MessageId} ({Kind}) was given up")]
    private partial void LogNobodyTold(Exception? e, string messageId, Domain.LetterKind kind);
}
