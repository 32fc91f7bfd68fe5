using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Reports;

/// <summary>Tables of requests for engineers: <c>#list</c> and the daily digest. Reads open and held requests only, by the index on the state.</summary>
public sealed class TicketLists(DeskSettings settings, SupportPolicy policy, DeskDirectory directory)
{
    /// <summary>More make a letter that nobody reads.</summary>
    public const int MaxLines = 100;

    private static readonly TicketState[] Open =
        [TicketState.Registered, TicketState.InProgress, TicketState.WaitingForClient, TicketState.WaitingForThirdParty];

    private readonly EngineersTold _told = new(directory, policy);

    private static readonly TicketState[] Unclosed = [.. Open, TicketState.Completed, TicketState.Held];

    public async Task<TicketSection> ListAsync(DeskContext db, ListKind kind, Engineer engineer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(db, kind switch
        {
            ListKind.Held => [TicketState.Held],
            ListKind.Waiting => [TicketState.WaitingForClient, TicketState.WaitingForThirdParty],
            ListKind.Mine => [.. Open, TicketState.Completed],
            _ => Open,
        }, cancellationToken);
        return kind switch
        {
            ListKind.Mine => Section(SectionKind.Mine, rows.Where(row => IsOf(row, engineer)), now),
            ListKind.Overdue => Section(SectionKind.Overdue, rows.Where(row => LineOf(row, now).Overdue), now),
            ListKind.Waiting => Section(SectionKind.Waiting, rows, now),
            ListKind.Held => Section(SectionKind.Held, rows, now),
            _ => Section(SectionKind.Open, rows, now),
        };
    }

    /// <summary>All that digests tell of, read once for all engineers.</summary>
    public static Task<List<TicketRow>> UnclosedAsync(DeskContext db, CancellationToken cancellationToken) => RowsAsync(db, Unclosed, cancellationToken);

    /// <summary>
    /// What an engineer should see in the morning; empty where there is nothing. Each request stands in the first section that it fits. A
    /// manager sees what is overdue and due today of everybody.
    /// </summary>
    /// <param name="endOfDay">UTC; what falls due before is due today.</param>
    public IReadOnlyList<TicketSection> Digest(IReadOnlyList<TicketRow> unclosed, Engineer engineer, DateTimeOffset now, DateTimeOffset endOfDay)
    {
        var seen = new HashSet<int>();
        List<TicketSection> sections =
        [
            Take(SectionKind.Overdue, row => Concerns(row) && LineOf(row, now).Overdue),
            Take(SectionKind.DueToday, row => Concerns(row) && LineOf(row, now).DueAt < endOfDay),
            Take(SectionKind.Mine, row => IsOf(row, engineer)),
            Take(SectionKind.NotTaken, row => row is { State: TicketState.Registered, Engineer: null } && IsFor(row, engineer)),
            Take(SectionKind.Held, row => row.State is TicketState.Held),
        ];
        return [.. sections.Where(section => section.Lines.Count > 0)];

        bool Concerns(TicketRow row) => row.State is not (TicketState.Completed or TicketState.Held) && (engineer.IsManager || IsOf(row, engineer));
        TicketSection Take(SectionKind kind, Func<TicketRow, bool> fits) => Section(kind, unclosed.Where(row => !seen.Contains(row.Id) && fits(row) && seen.Add(row.Id)), now);
    }

    /// <summary>What is due first stands first; what owes nothing now, last.</summary>
    public TicketSection Section(SectionKind kind, IEnumerable<TicketRow> rows, DateTimeOffset now)
    {
        var lines = rows.Select(row => (row.Id, Line: LineOf(row, now)))
            .OrderBy(x => x.Line.DueAt ?? DateTimeOffset.MaxValue).ThenBy(x => x.Id)
            .Select(x => x.Line)
            .ToList();
        return new(kind, [.. lines.Take(MaxLines)], Math.Max(0, lines.Count - MaxLines));
    }

    public TicketLine LineOf(TicketRow row, DateTimeOffset now)
    {
        var due = DueOf(row);
        return new(
            row.FullNumber.Display(settings.Desk.NumberPrefix),
            row.Subject,
            row.Client ?? row.RequesterAddress,
            row.Kind == TicketKind.Complaint ? null : row.Priority,
            row.State,
            row.Engineer is { } address ? directory.FindEngineer(address)?.Name ?? address : null,
            due,
            due <= now);
    }

    /// <summary>
    /// What comes first: the reaction while nobody has begun, then the execution (rule 4.2), unless it stands still and was not missed before;
    /// the promised date; a complaint's term and the news of its progress (rules 8.2, 8.3).
    /// </summary>
    private DateTimeOffset? DueOf(TicketRow row)
    {
        if (!Open.Contains(row.State)) return null;
        var ticket = row.ToTicket();
        return new[] { LevelDueOf(ticket), TermClock.TermDue(ticket, policy), TermClock.ProgressDue(ticket, policy) }.Min();
    }

    private DateTimeOffset? LevelDueOf(Ticket ticket) =>
        ticket.Kind is TicketKind.Complaint ? null
            : ticket.ReactedAt is null ? ServiceClock.ReactionDue(ticket, policy)
            : ticket.PausedSince is null || ticket.ExecutionMissed ? ServiceClock.ExecutionDue(ticket, policy)
            : null;

    /// <summary>Nobody's request is its team's, or everybody's where it has none; a manager's in any case.</summary>
    private bool IsFor(TicketRow row, Engineer engineer) =>
        engineer.IsManager || _told.Of(row).Any(told => told.Address.Equals(engineer.Address, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(TicketRow row, Engineer engineer) => row.Engineer is { } address && engineer.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase);

    private static Task<List<TicketRow>> RowsAsync(DeskContext db, TicketState[] states, CancellationToken cancellationToken) =>
        db.Tickets.AsNoTracking().Where(t => states.Contains(t.State)).ToListAsync(cancellationToken);
}
