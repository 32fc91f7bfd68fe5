using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.People;
using MailDesk.Worker.Reports;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Schedule;

/// <summary>
/// Writes what is due by the calendar: the daily digests and the monthly report.
/// <para>Invariants: a row a kind says which day or month comes next, and moves on in the transaction that writes the letters, so that each is
/// written once, however often the desk is started; a month that was missed is reported at the next start, a missed digest only while its
/// day's working time lasts; what is switched off has no row, and begins anew when it is switched on.</para>
/// </summary>
public sealed partial class RoundRunner(
    DeskStore store,
    DeskSettings settings,
    SupportPolicy policy,
    DeskDirectory directory,
    TicketLists lists,
    ReportSource reports,
    LetterDesk letters,
    OutboxSignal outbox,
    TimeProvider time,
    ILogger<RoundRunner> log)
{
    private static readonly RoundKind[] Kinds = Enum.GetValues<RoundKind>();

    /// <summary>When the next is due, UTC; null where all are switched off.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var rows = store.Read<RoundRow>("").ToDictionary(r => r.Kind, r => r.Next);
        DateTimeOffset? next = null;
        foreach (var kind in Kinds)
        {
            if (rows.ContainsKey(kind) != IsOn(kind)) rows[kind] = await store.DecideAndCommitAsync(db => SeedAsync(db, kind, cancellationToken), cancellationToken);
            if (IsOn(kind) && CalendarOf(kind).DueAt(kind, rows[kind]) is var due && !(due >= next)) next = due;
        }

        return next;
    }

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in Kinds)
        {
            while (await store.DecideAndCommitAsync(db => RunAsync(db, kind, cancellationToken), cancellationToken) is { } done)
            {
                LogDone(kind, done.Period, done.Letters);
                outbox.Set();
            }
        }
    }

    private async Task<DateOnly> SeedAsync(DeskContext db, RoundKind kind, CancellationToken cancellationToken)
    {
        var row = await db.Rounds.FindAsync([kind], cancellationToken);
        if (!IsOn(kind))
        {
            if (row is not null) db.Rounds.Remove(row);
            return default;
        }

        if (row is null) db.Rounds.Add(row = new RoundRow { Kind = kind, Next = CalendarOf(kind).First(kind, time.GetUtcNow()) });
        return row.Next;
    }

    /// <returns>What was done; null where nothing is due.</returns>
    private async Task<(DateOnly Period, int Letters)?> RunAsync(DeskContext db, RoundKind kind, CancellationToken cancellationToken)
    {
        var (now, calendar) = (time.GetUtcNow(), CalendarOf(kind));
        if (!IsOn(kind) || await db.Rounds.FindAsync([kind], cancellationToken) is not { } row || calendar.DueAt(kind, row.Next) > now) return null;

        var period = kind is RoundKind.Digest ? calendar.Today(now) : row.Next;
        var written = period is not { } due ? 0
            : kind is RoundKind.Digest ? await WriteDigestsAsync(db, calendar, now, cancellationToken)
            : await WriteReportAsync(db, due, now, cancellationToken);
        // Missed days before today's time has come: today's is still ahead.
        row.Next = period is null && kind is RoundKind.Digest ? calendar.First(kind, now) : calendar.Next(kind, row.Next, now);
        return (period ?? row.Next, written);
    }

    private async Task<int> WriteDigestsAsync(DeskContext db, RoundCalendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unclosed = await TicketLists.UnclosedAsync(db, cancellationToken);
        var written = 0;
        foreach (var engineer in directory.Engineers)
        {
            if (lists.Digest(unclosed, engineer, now, calendar.EndOfDay(now)) is not { Count: > 0 } sections) continue;
            letters.WriteDigest(db, engineer, sections, now);
            written++;
        }

        return written;
    }

    private async Task<int> WriteReportAsync(DeskContext db, DateOnly month, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var figures = await reports.FiguresAsync(db, ReportPeriod.Of(month, policy.StandardTime), null, now, cancellationToken);
        var managers = directory.Managers.ToList();
        foreach (var manager in managers) letters.WriteReport(db, manager, figures, now);
        return managers.Count;
    }

    private RoundCalendar CalendarOf(RoundKind kind) =>
        new(policy.StandardTime, kind is RoundKind.Digest ? settings.Reports.DailyDigestAt : settings.Reports.MonthlyReportAt);

    private bool IsOn(RoundKind kind) => kind is RoundKind.Digest ? settings.Reports.DailyDigest : settings.Reports.MonthlyReport;

    [LoggerMessage(EventId = 3004, Level = LogLevel.Information, Message = "{Kind} of {Period:yyyy-MM-dd}: {Letters} letters")]
    private partial void LogDone(RoundKind kind, DateOnly period, int letters);
}
