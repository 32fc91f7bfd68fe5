using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Reports;

/// <summary>The figures of a month as tables: the summary, every request, the misses. Times are those of the reader's zone.</summary>
internal sealed class ReportTables(ReportFigures figures, ReportWords words, TimeZoneInfo zone, string numberPrefix, Func<string, string> nameOf)
{
    private static readonly int[] RequestWidths = [11, 44, 24, 22, 16, 22, 20, 17, 17, 17, 11, 12, 17, 17, 11, 12, 26, 10, 10];
    private static readonly int[] MissWidths = [11, 44, 24, 16, 20, 24, 17, 17, 10];
    private static readonly int[] SummaryWidths = [34, 44, 18];

    /// <summary>The attachments of a report: all requests as CSV, everything as a workbook.</summary>
    /// <param name="language">ru, be or en.</param>
    /// <param name="nameOf">The name of the engineer at an address.</param>
    public static IReadOnlyList<LetterAttachment> Attachments(
        ReportFigures figures, string language, TimeZoneInfo zone, string numberPrefix, Func<string, string> nameOf, DateTimeOffset now)
    {
        var tables = new ReportTables(figures, ReportWords.Of(language), zone, numberPrefix, nameOf);
        var name = $"maildesk-{figures.Period.Name}";
        return
        [
            new($"{name}.csv", "text/csv", CsvWriter.Write(tables.Requests(), language is "en" ? ',' : ';')),
            new($"{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", XlsxWriter.Write([tables.Summary(), tables.Requests(), tables.Misses()], now)),
        ];
    }

    public ReportTable Requests() => new(words.RequestsSheet, Columns(words.RequestColumns, RequestWidths), [.. figures.Lines.Select(RowOf)]);

    public ReportTable Misses() => new(words.MissesSheet, Columns(words.MissColumns, MissWidths), [.. figures.Misses.Select(RowOf)]);

    public ReportTable Summary() => new(words.SummarySheet, Columns(words.SummaryColumns, SummaryWidths),
    [
        Row("", words.Period, figures.Period.Name),
        Row("", words.CountedTo, Local(figures.CountedTo)),
        .. figures.Client is { } client ? [Row("", words.Client, client)] : Array.Empty<IReadOnlyList<TableCell>>(),
        .. Rows(words.Requests, figures.Requests),
        Row(words.Requests, words.Reopened, figures.Reopened),
        Row(words.Requests, words.ClosingReasons[(int)ClosingReason.Merged], figures.Merged),
        .. figures.ByOutcome.Select(row => Row(words.Requests, $"{words.Completed}: {words.OutcomeOf(row.Outcome)}", row.Count)),
        .. figures.ByCategory.SelectMany(row => Rows(words.Categories[(int)row.Key], row.Volume)),
        .. figures.ByPriority.SelectMany(row => Rows(words.Priorities[(int)row.Key], row.Volume)),
        .. figures.ByClient.SelectMany(row => Rows(row.Key.Length == 0 ? "?" : row.Key, row.Volume)),
        .. figures.Levels.SelectMany(row => Rows(words.Priorities[(int)row.Priority], row.Tally)),
        .. Rows(words.Registered, figures.OfNew),
        .. Rows(words.CarriedOver, figures.OfCarriedOver),
        .. Rows(words.ReactionTime, figures.ReactionTimes),
        .. Rows(words.ExecutionTime, figures.ExecutionTimes),
        Row(words.PlannedWork, words.Registered, figures.InPlannedWork),
        .. Rows(words.PlannedWork, figures.OfPlannedWork),
        .. Rows(words.Complaints, figures.Complaints),
        .. Rows(words.Complaints, words.ComplaintTerm, figures.ComplaintTerms),
        Row(words.Held, words.Registered, figures.Held.Came),
        Row(words.Held, words.Accepted, figures.Held.Accepted),
        Row(words.Held, words.Rejected, figures.Held.Rejected),
        Row(words.Held, words.Waiting, figures.Held.Waiting),
        Row(words.PersonChanges, words.Registered, figures.PersonChanges.Came),
        Row(words.PersonChanges, words.ClosingReasons[(int)ClosingReason.Settled], figures.PersonChanges.Accepted),
        Row(words.PersonChanges, words.Rejected, figures.PersonChanges.Rejected),
        Row(words.PersonChanges, words.Waiting, figures.PersonChanges.Waiting),
    ]);

    private IReadOnlyList<TableCell> RowOf(ReportedLine line) =>
    [
        NumberOf(line.Kind, line.Number),
        line.Subject,
        line.Client,
        line.Kind is TicketKind.Complaint ? TableCell.Nothing : words.Categories[(int)line.Category],
        line.Kind is TicketKind.Complaint ? TableCell.Nothing : (double)(int)line.Priority,
        words.States[(int)line.State],
        line.Engineer is { } engineer ? nameOf(engineer) : "",
        Local(line.RegisteredAt),
        Local(line.ReactedAt),
        Local(line.ReactionDue),
        words.Verdicts[(int)line.Reaction],
        Minutes(line.ReactionTime),
        Local(line.CompletedAt),
        Local(line.ExecutionDue),
        words.Verdicts[(int)line.Execution],
        Minutes(line.ExecutionTime),
        line.Closing is ClosingReason.Merged ? words.ClosingReasons[(int)ClosingReason.Merged] : line.Outcome is { } outcome ? words.OutcomeOf(outcome) : "",
        line.Reopened,
        line.DuringPlannedWork ? words.Yes : "",
    ];

    private IReadOnlyList<TableCell> RowOf(Miss miss) =>
    [
        NumberOf(miss.Kind, miss.Number),
        miss.Subject,
        miss.Client,
        miss.Kind is TicketKind.Complaint ? TableCell.Nothing : (double)(int)miss.Priority,
        miss.Engineer is { } engineer ? nameOf(engineer) : "",
        words.Terms[(int)miss.Term],
        Local(miss.Due),
        Local(miss.DoneAt),
        miss.DuringPlannedWork ? words.Yes : "",
    ];

    private IEnumerable<IReadOnlyList<TableCell>> Rows(string section, Volume volume) =>
    [
        Row(section, words.CarriedOver, volume.CarriedOver),
        Row(section, words.Registered, volume.Registered),
        Row(section, words.Completed, volume.Completed),
        Row(section, words.Open, volume.Open),
    ];

    private IEnumerable<IReadOnlyList<TableCell>> Rows(string section, LevelTally tally) =>
        [.. Rows(section, words.ReactionLevel, tally.Reaction), .. Rows(section, words.ExecutionLevel, tally.Execution)];

    private IEnumerable<IReadOnlyList<TableCell>> Rows(string section, string what, Tally tally)
    {
        yield return Row(section, $"{what}: {words.Verdicts[(int)LevelVerdict.Met]}", tally.Met);
        yield return Row(section, $"{what}: {words.Verdicts[(int)LevelVerdict.Missed]}", tally.Missed);
        yield return Row(section, $"{what}: {words.Verdicts[(int)LevelVerdict.Running]}", tally.Running);
        if (tally.MetShare is { } share) yield return Row(section, $"{what}: {words.Verdicts[(int)LevelVerdict.Met]}, %", new TableCell.Share(share));
    }

    private IEnumerable<IReadOnlyList<TableCell>> Rows(string section, TimesRow times) =>
        times.Count == 0 ? [] : [Row(section, words.Median, Minutes(times.Median)), Row(section, words.Percentile, Minutes(times.Percentile95))];

    private static IReadOnlyList<TableCell> Row(TableCell section, TableCell what, TableCell value) => [section, what, value];

    private TableCell Local(DateTimeOffset? at) => at is { } moment ? new TableCell.Moment(TimeZoneInfo.ConvertTime(moment, zone).DateTime) : TableCell.Nothing;

    private static TableCell Minutes(TimeSpan? time) => time is { } t ? Math.Floor(t.TotalMinutes) : TableCell.Nothing;

    private TableCell NumberOf(TicketKind kind, int number) => new TicketNumber(kind, number).Display(numberPrefix);

    private static List<(string Header, int Width)> Columns(IReadOnlyList<string> headers, int[] widths) => [.. headers.Zip(widths)];
}
