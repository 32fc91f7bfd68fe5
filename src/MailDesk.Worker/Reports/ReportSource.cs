using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Reports;

/// <summary>
/// Reads what a month's figures are counted from: what was open at some moment of the month, what came in it, and the histories of these.
/// Found by the indexes on state, time of closing and held registrations, so that it costs what the month holds, not what the database does.
/// </summary>
public sealed class ReportSource(SupportPolicy policy)
{
    private const int Batch = 500;

    private static readonly TicketState[] Unclosed =
        [TicketState.Registered, TicketState.InProgress, TicketState.WaitingForClient, TicketState.WaitingForThirdParty, TicketState.Completed];

    /// <param name="client">One client's only; null for all.</param>
    /// <param name="now">UTC; ends a month that still runs.</param>
    public async Task<ReportFigures> FiguresAsync(DeskContext db, ReportPeriod period, string? client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<ReportedTicket> tickets = [];
        foreach (var ids in (await IdsAsync(db, period, client, cancellationToken)).Chunk(Batch))
        {
            var rows = await db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(cancellationToken);
            var events = (await db.Events.AsNoTracking().Where(e => ids.Contains(e.TicketId)).OrderBy(e => e.Id).ToListAsync(cancellationToken)).ToLookup(e => e.TicketId);
            tickets.AddRange(rows.Select(row => new ReportedTicket(
                row.Kind,
                row.Number,
                row.Subject,
                row.Client,
                row.Category,
                row.StartsService,
                row.Priority,
                row.RegisteredAt,
                row.DuringPlannedWork,
                [.. events[row.Id].Select(e => (e.At, new TicketEvent(e.Kind, e.From, e.To, e.Detail)))])));
        }

        return FigureCount.Of(period, tickets, policy, now, client);
    }

    private static async Task<List<int>> IdsAsync(DeskContext db, ReportPeriod period, string? client, CancellationToken cancellationToken)
    {
        var tickets = db.Tickets.Where(t => (client == null || t.Client == client) && t.RegisteredAt < period.To);
        var unclosed = await tickets.Where(t => Unclosed.Contains(t.State)).Select(t => t.Id).ToListAsync(cancellationToken);
        var closed = await tickets.Where(t => t.ClosedAt >= period.From).Select(t => t.Id).ToListAsync(cancellationToken);
        // In the words of the index's filter: that makes it serve.
        var held = client is not null ? [] : await db.Events
            .Where(e => e.Kind == TicketEventKind.Registered && e.To == nameof(TicketState.Held) && e.At >= period.From && e.At < period.To)
            .Select(e => e.TicketId)
            .ToListAsync(cancellationToken);
        return [.. unclosed.Concat(closed).Concat(held).Distinct()];
    }
}
