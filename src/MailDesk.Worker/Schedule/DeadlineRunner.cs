using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Schedule;

/// <summary>
/// Lets due deadlines act through the same decider as people. A ticket's due deadlines are decided in the order in which they fell due, one
/// transaction a ticket; the ticket's version stops a second effect, and a deadline that a mail has made pointless does nothing.
/// </summary>
public sealed partial class DeadlineRunner(
    DeskStore store, SupportPolicy policy, LetterDesk letters, CommandParser commands, OutboxSignal outbox, TimeProvider time, ILogger<DeadlineRunner> log)
{
    private const int BatchSize = 100;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        while (await DueAsync(cancellationToken) is { Count: > 0 } due)
        {
            foreach (var id in due) await RunAsync(id, cancellationToken);
            outbox.Set();
        }
    }

    private async Task<List<int>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.Tickets.Where(t => t.NextDeadlineAt <= now).OrderBy(t => t.NextDeadlineAt).Select(t => t.Id).Take(BatchSize).ToListAsync(cancellationToken);
    }

    private async Task RunAsync(int id, CancellationToken cancellationToken)
    {
        var passed = await store.DecideAndCommitAsync(db => DecideAsync(id, db, cancellationToken), cancellationToken);
        foreach (var (ticket, deadline) in passed) LogPassed(ticket, deadline.Kind, deadline.DueAt);
    }

    private async Task<List<(TicketNumber Ticket, Deadline Deadline)>> DecideAsync(int id, DeskContext db, CancellationToken cancellationToken)
    {
        List<(TicketNumber, Deadline)> passed = [];
        var now = time.GetUtcNow();
        var row = TicketLedger.Get(db, id);
        while (row.ToTicket().Deadlines.Where(d => d.DueAt <= now).MinBy(d => d.DueAt) is { } deadline)
        {
            var before = row.Deadlines;
            if (TicketDecider.Decide(row.ToTicket(), new TicketAction.DeadlinePassed(deadline.Kind), policy, now) is not TicketDecision decision) break;

            TicketLedger.Write(db, row, decision, TicketLedger.Desk, now, null);
            var matter = new LetterMatter
            {
                Deadline = Missed(decision, before) ?? Meant(deadline, row),
                Words = await QuestionAsync(decision, db, row, cancellationToken) ?? await ThirdPartyAsync(decision, db, row, cancellationToken),
                Done = await DoneSoFarAsync(decision, db, row, cancellationToken),
            };
            letters.Write(db, row, decision.Letters, matter, now);
            passed.Add((row.FullNumber, deadline));
            if (row.Deadlines.Contains(deadline)) throw new InvalidOperationException($"{deadline} of request {row.Number} did not pass");
        }

        return passed;
    }

    /// <summary>A warning speaks of the deadline that is ahead, not of its own moment.</summary>
    private static Deadline Meant(Deadline passed, TicketRow row) => passed.Kind switch
    {
        DeadlineKind.ReactionAhead => row.Deadlines.FirstOrDefault(d => d.Kind == DeadlineKind.Reaction) ?? passed,
        DeadlineKind.ExecutionAhead => row.Deadlines.FirstOrDefault(d => d.Kind == DeadlineKind.Execution) ?? passed,
        DeadlineKind.TermAhead => row.Deadlines.FirstOrDefault(d => d.Kind == DeadlineKind.Term) ?? passed,
        DeadlineKind.ProgressAhead => row.Deadlines.FirstOrDefault(d => d.Kind == DeadlineKind.Progress) ?? passed,
        _ => passed,
    };

    /// <summary>What ends the work late misses a deadline other than its own.</summary>
    private static Deadline? Missed(TicketDecision decision, IEnumerable<Deadline> before) =>
        before.FirstOrDefault(deadline => decision.Events.Any(e => e.Kind == TicketEventKind.DeadlineMissed && string.Equals(e.To, deadline.Kind.ToString(), StringComparison.Ordinal)));

    /// <summary>A reminder repeats the question: as the engineer wrote it, without commands.</summary>
    private async Task<string?> QuestionAsync(TicketDecision decision, DeskContext db, TicketRow row, CancellationToken cancellationToken)
    {
        if (!decision.Letters.Any(letter => letter.Kind == LetterKind.Reminder)) return null;
        var question = nameof(LetterKind.Question);
        var content = await db.Events
            .Where(e => e.TicketId == row.Id && e.Kind == TicketEventKind.EngineerWrote && e.To == question)
            .OrderByDescending(e => e.Id)
            .Select(e => e.Mail!.Content)
            .FirstOrDefaultAsync(cancellationToken);
        if (content is null) return null;
        var mail = MessageText.Of(MimeParser.Parse(Compression.Decompress(content.Compressed)), LetterComposer.Markers);
        return commands.Parse(mail.NewText).Text;
    }

    /// <summary>What the third party is waited for (rule 6.7), as the client was told.</summary>
    private static async Task<string?> ThirdPartyAsync(TicketDecision decision, DeskContext db, TicketRow row, CancellationToken cancellationToken)
    {
        var waits = nameof(LetterKind.ThirdParty);
        return decision.Letters.Any(letter => letter.Kind == LetterKind.ThirdPartyReminder)
            ? await db.Events
                .Where(e => e.TicketId == row.Id && e.Kind == TicketEventKind.EngineerWrote && e.To == waits)
                .OrderByDescending(e => e.Id)
                .Select(e => e.Detail)
                .FirstOrDefaultAsync(cancellationToken)
            : null;
    }

    /// <summary>What rules 6.5 and 8.3 want in a letter that the desk itself writes: what was done so far.</summary>
    private static async Task<IReadOnlyList<EventRow>> DoneSoFarAsync(TicketDecision decision, DeskContext db, TicketRow row, CancellationToken cancellationToken) =>
        decision.Letters.Any(letter => letter.Kind is LetterKind.CompletedWithoutAnswer or LetterKind.ComplaintProgress)
            ? await db.Events.AsNoTracking().Where(e => e.TicketId == row.Id).OrderBy(e => e.Id).ToListAsync(cancellationToken)
            : [];

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Request {Ticket}: {Deadline} of {DueAt:u} has passed")]
    private partial void LogPassed(TicketNumber ticket, DeadlineKind deadline, DateTimeOffset dueAt);
}
