using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Outbox;

/// <summary>
/// The outbox as a queue of due letters.
/// <para>Invariants: letters of one request to one reader go out in the order in which they were written; a letter is marked in a
/// commit before the next one of its batch is sent. So of a batch that was broken off, only the first letter that is not marked can have
/// reached the server: that one is uncertain, the rest were certainly not sent.</para>
/// </summary>
public sealed partial class LetterBox(
    DeskStore store, LetterPacer pacer, LetterDesk letters, OutboxSignal signal, DeskSettings settings, TimeProvider time, ILogger<LetterBox> log)
{
    public const int BatchSize = 32;

    /// <summary>Of the lane @p1 of @p0.</summary>
    private const string WaitsInLane = """
        "l"."Claim" IS NULL AND coalesce("l"."TicketId", "l"."Id") % @p0 = @p1
        """;

    internal const string Next = $"""SELECT MIN("NextAttemptAt") FROM "Letters" AS "l" WHERE "NextAttemptAt" IS NOT NULL AND {WaitsInLane}""";

    /// <summary>
    /// Letters of the lane @p1 of @p0 that nothing holds back at @p2, at most @p3: neither their own time nor an earlier letter of the same request to
    /// the same reader. What waits only because of the limits for its address does not hold back what the limits do not concern, such as an
    /// engineer's words.
    /// </summary>
    internal const string Due = $"""
        AS "l" WHERE "l"."NextAttemptAt" <= @p2 AND {WaitsInLane} AND NOT EXISTS (
            SELECT 1 FROM "Letters" AS "earlier"
            WHERE "earlier"."TicketId" = "l"."TicketId" AND "earlier"."Recipient" = "l"."Recipient" AND "earlier"."Id" < "l"."Id"
                AND "earlier"."NextAttemptAt" > @p2 AND (NOT "earlier"."HeldBack" OR "l"."Pace" <> 'Free'))
        ORDER BY "l"."Id" LIMIT @p3
        """;

    /// <summary>Requests are spread over the connections by number, so that the order within a request needs no agreement between them.</summary>
    /// <param name="lane">From 0 to the number of connections, exclusive.</param>
    /// <returns>Due letters with their content, in order; claimed until marked or released.</returns>
    public Task<IReadOnlyList<LetterRow>> ClaimAsync(int lane, CancellationToken cancellationToken) => ClaimAsync(lane, before: null, cancellationToken);

    /// <param name="before">What is written first, in the same commit.</param>
    private async Task<IReadOnlyList<LetterRow>> ClaimAsync(int lane, Action<Statements, DateTimeOffset>? before, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // The turn keeps other lanes from using up the same limits meanwhile.
        var (claimed, plans) = await store.WriteAsync(
            statements =>
            {
                before?.Invoke(statements, now);
                return Claim(statements, lane, now);
            },
            cancellationToken);
        plans.ForEach(pacer.Report);
        return claimed;
    }

    private (List<LetterRow> Claimed, List<PacePlan> Plans) Claim(Statements statements, int lane, DateTimeOffset now)
    {
        List<LetterRow> claimed = [];
        List<PacePlan> plans = [];
        while (true)
        {
            var due = statements.Rows<LetterRow>(Due, settings.Smtp.Connections, lane, now.ToUnixTimeMilliseconds(), BatchSize - claimed.Count);
            if (due.Count == 0) break;
            var plan = pacer.Plan(statements, due, now);
            plans.Add(plan);
            claimed.AddRange(plan.Go);
            foreach (var letter in plan.Go) statements.Execute("""UPDATE "Letters" SET "Claim" = @p0 WHERE "Id" = @p1""", claimed[0].Id, letter.Id);
            foreach (var id in plan.Counted) statements.Execute("""UPDATE "Letters" SET "PacedAt" = @p0, "HeldBack" = FALSE WHERE "Id" = @p1""", now.ToUnixTimeMilliseconds(), id);
            foreach (var (letter, until) in plan.Held) statements.Execute("""UPDATE "Letters" SET "NextAttemptAt" = @p0, "HeldBack" = TRUE WHERE "Id" = @p1""", until.ToUnixTimeMilliseconds(), letter.Id);
            foreach (var letter in plan.Suppressed) statements.Execute("""UPDATE "Letters" SET "State" = 'Suppressed', "NextAttemptAt" = NULL, "HeldBack" = FALSE WHERE "Id" = @p0""", letter.Id);
            if (!plan.Withholds || claimed.Count == BatchSize) break;
        }

        foreach (var letter in claimed) letter.Content = statements.Rows<LetterContentRow>("""WHERE "LetterId" = @p0""", letter.Id)[0];
        return (claimed, plans);
    }

    /// <summary>Records what became of an attempt.</summary>
    public async Task MarkAsync(LetterRow letter, Delivery delivery, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (delivery is Delivery.GiveUp) await GiveUpAsync(letter.Id, delivery.Reply, cancellationToken);
        else await store.WriteAsync(statements => Mark(statements, letter, delivery, now), cancellationToken);
    }

    /// <summary>Records what became of an attempt at the last letter of a batch, and claims the next batch in the same commit.</summary>
    /// <inheritdoc cref="ClaimAsync(int, CancellationToken)"/>
    public async Task<IReadOnlyList<LetterRow>> MarkAndClaimAsync(int lane, LetterRow letter, Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery is Delivery.GiveUp)
        {
            await GiveUpAsync(letter.Id, delivery.Reply, cancellationToken);
            return await ClaimAsync(lane, cancellationToken);
        }

        return await ClaimAsync(lane, (statements, now) => Mark(statements, letter, delivery, now), cancellationToken);
    }

    private static int Mark(Statements statements, LetterRow letter, Delivery delivery, DateTimeOffset now)
    {
        var (state, next) = delivery switch
        {
            Delivery.Delivered => (LetterState.Delivered, null),
            Delivery.RetryAt retry => (LetterState.Pending, retry.At),
            Delivery.Uncertain uncertain => (LetterState.Uncertain, uncertain.At),
            _ => ((LetterState, DateTimeOffset?))(letter.State, now),
        };
        DateTimeOffset? sentAt = state == LetterState.Delivered ? now : null;
        // A report can be faster than this line: its verdict stays.
        var marked = statements.Execute(
            """
            UPDATE "Letters" SET "State" = @p0, "NextAttemptAt" = @p1, "Attempts" = "Attempts" + 1, "SentAt" = @p2, "LastReply" = @p3, "Claim" = NULL
            WHERE "Id" = @p4 AND "State" <> 'GivenUp'
            """,
            state.ToString(), next?.ToUnixTimeMilliseconds(), sentAt?.ToUnixTimeMilliseconds(), delivery.Reply, letter.Id);
        return marked == 0 ? Release(statements, letter.Id) : marked;
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
            db.Discard<LetterRow>();
            LogNobodyTold(e, letter.MessageId, letter.Kind);
            return 0;
        }
    }

    /// <summary>Gives back a letter that was claimed and not sent.</summary>
    public Task ReleaseAsync(int id, CancellationToken cancellationToken) =>
        store.WriteAsync(statements => Release(statements, id), cancellationToken);

    private static int Release(Statements statements, int id) => statements.Execute("""UPDATE "Letters" SET "Claim" = NULL WHERE "Id" = @p0""", id);

    /// <summary>At start: what a killed process left claimed. The first of each batch is uncertain, the rest are due.</summary>
    /// <returns>How many letters are uncertain.</returns>
    public Task<int> RecoverAsync(CancellationToken cancellationToken) => store.WriteAsync(
        statements =>
        {
            var uncertain = statements.Execute(
                """
                UPDATE "Letters" SET "State" = 'Uncertain', "NextAttemptAt" = @p0
                WHERE "Id" IN (SELECT MIN("Id") FROM "Letters" WHERE "Claim" IS NOT NULL GROUP BY "Claim")
                """,
                (time.GetUtcNow() + settings.Outbox.UncertainPause).ToUnixTimeMilliseconds());
            if (uncertain > 0) statements.Execute("""UPDATE "Letters" SET "Claim" = NULL WHERE "Claim" IS NOT NULL""");
            return uncertain;
        },
        cancellationToken);

    /// <summary>When the next letter of a lane falls due; null when none waits.</summary>
    public DateTimeOffset? NextAttempt(int lane) =>
        store.Number(Next, settings.Smtp.Connections, lane) is { } next
            ? DateTimeOffset.FromUnixTimeMilliseconds(next)
            : null;

    [LoggerMessage(EventId = 2009, Level = LogLevel.Error, Message = "Nobody could be told that letter {MessageId} ({Kind}) was given up")]
    private partial void LogNobodyTold(Exception? e, string messageId, Domain.LetterKind kind);
}
