using System.Diagnostics;

namespace MailDesk.Worker.Tests.Month;

/// <summary>
/// A whole month of a made-up operator, played through the daemon over IMAP and SMTP with the clock moved: twenty clients, five engineers,
/// two thousand mails, a fifth of them noise. What the desk reports must be what somebody counts who has seen only the mail.
/// </summary>
public sealed class MonthTests(ITestOutputHelper output)
{
    /// <summary>Midnight of the first of October in Minsk.</summary>
    private static readonly DateTimeOffset Begin = new(2026, 9, 30, 21, 0, 0, TimeSpan.Zero);

    /// <summary>Midnight of the first of November in Minsk.</summary>
    private static readonly DateTimeOffset End = new(2026, 10, 31, 21, 0, 0, TimeSpan.Zero);

    /// <summary>The first working day of November, when the report has gone out.</summary>
    private static readonly DateTimeOffset Reported = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_monthly_report_is_what_an_independent_recount_gives()
    {
        var watch = Stopwatch.StartNew();
        await using var desk = await MonthDesk.StartAsync(Begin);
        var play = new MonthPlay(desk, seed: 20261001);
        var moments = new MonthMoments(Begin, End, seed: 7);
        for (var i = 0; i < 480; i++) play.PlanRequest(moments.Next());
        for (var i = 0; i < 10; i++) play.PlanComplaint(moments.Next());
        for (var i = 0; i < 25; i++) play.PlanMonitoring(moments.Next());
        foreach (var stranger in MonthPeople.Strangers) play.PlanStranger(moments.Next(), stranger);
        for (var i = 0; i < 60; i++) play.PlanNewsletter(moments.Next());

        await play.RunAsync(End);
        var books = new MonthFigures(play.Cases, play.Newsletters, End);
        await play.RunAsync(Reported);

        output.WriteLine($"{desk.MailsSent} mails, {play.Cases.Count} requests in {watch.Elapsed.TotalSeconds:0} s: {string.Join(", ", desk.MailKinds().Select(kind => $"{kind.Key} {kind.Value}"))}");
        Assert.True(play.Refused.Count == 0, string.Join("\n", play.Refused));
        Assert.True(desk.MailsSent >= 2000, $"only {desk.MailsSent} mails");

        var report = new MonthReport(Assert.Single(play.Reports));
        Assert.Equal("2026-10", report.Figures[" | Отчётный период"]);
        Same(books.Figures, report.Figures.Where(figure => !figure.Key.StartsWith(" |", StringComparison.Ordinal)).ToDictionary());
        Assert.Equal(books.Misses, report.Misses);
        Same(books.Lines, report.Lines);
    }

    private static void Same(Dictionary<string, string> books, Dictionary<string, string> report)
    {
        var differences = books.Keys.Union(report.Keys)
            .Where(key => books.GetValueOrDefault(key) != report.GetValueOrDefault(key))
            .Select(key => $"{key}: the books say {books.GetValueOrDefault(key) ?? "nothing"}, the report {report.GetValueOrDefault(key) ?? "nothing"}")
            .ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
