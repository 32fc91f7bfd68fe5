using System.Globalization;
using MailDesk.Domain;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Schedule;

/// <summary>What comes by the calendar comes once, whatever happened to the daemon in between.</summary>
public sealed class RoundRunnerTests
{
    private static readonly (string, string)[] Reports = [("Reports:MonthlyReport", "true")];
    private static readonly (string, string)[] Digests = [("Reports:DailyDigest", "true")];

    [Fact]
    public async Task Months_missed_while_the_daemon_was_down_are_reported_at_the_next_start_each_once()
    {
        await using var desk = new TestDesk(At("2026-03-10 10:00"), Reports);
        Assert.Equal(At("2026-04-01 09:00"), await NextAsync(desk));

        desk.Clock.Now = At("2026-05-20 23:00");
        await RunAsync(desk);
        await RunAsync(desk);

        Assert.Equal(2, await LettersAsync(desk, LetterKind.MonthlyReport));
        Assert.Equal(At("2026-06-01 09:00"), await NextAsync(desk));
    }

    [Fact]
    public async Task Two_runners_at_once_write_one_report()
    {
        await using var desk = new TestDesk(At("2026-03-31 10:00"), Reports);
        await NextAsync(desk);
        desk.Clock.Now = At("2026-04-01 09:00");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync(desk))));

        Assert.Equal(1, await LettersAsync(desk, LetterKind.MonthlyReport));
    }

    [Theory]
    [InlineData("2026-03-11 11:00", 1, "2026-03-12 09:00")] // the same day, late
    [InlineData("2026-03-13 11:00", 1, "2026-03-16 09:00")] // days later: one, not three
    [InlineData("2026-03-13 07:00", 0, "2026-03-13 09:00")] // before today's time
    [InlineData("2026-03-11 19:00", 0, "2026-03-12 09:00")] // working time is over
    [InlineData("2026-03-14 11:00", 0, "2026-03-16 09:00")] // Saturday
    public async Task A_missed_digest_comes_only_while_the_days_working_time_lasts(string started, int digests, string next)
    {
        await using var desk = new TestDesk(At("2026-03-10 10:00"), Digests);
        await desk.DeliverAsync("support@desk.example", SampleRequest());
        Assert.Equal(At("2026-03-11 09:00"), await NextAsync(desk));

        desk.Clock.Now = At(started);
        await RunAsync(desk);
        await RunAsync(desk);

        await using var db = await desk.OpenAsync();
        Assert.Equal(digests, await db.Letters.CountAsync(l => l.Kind == LetterKind.DailyDigest && l.Recipient == "ivan@desk.example"));
        Assert.Equal(At(next), await NextAsync(desk));
    }

    [Fact]
    public async Task What_is_switched_off_is_never_due_and_begins_anew_when_it_is_switched_on()
    {
        await using var desk = new TestDesk(At("2026-03-10 10:00"));
        await using (var db = await desk.OpenAsync())
        {
            db.Rounds.Add(new RoundRow { Kind = RoundKind.MonthlyReport, Next = new DateOnly(2025, 1, 1) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await RunAsync(desk);
        Assert.Null(await NextAsync(desk));
        await using var after = await desk.OpenAsync();
        Assert.Empty(await after.Rounds.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await LettersAsync(desk, LetterKind.MonthlyReport));
    }

    private static byte[] SampleRequest() =>
        "From: anna@client.example\r\nTo: support@desk.example\r\nMessage-ID: <1@client.example>\r\nSubject: Mail\r\n\r\nNothing works.\r\n"u8.ToArray();

    private static DateTimeOffset At(string minsk) => new(DateTime.Parse(minsk, CultureInfo.InvariantCulture), TimeSpan.FromHours(3));

    private static Task<DateTimeOffset?> NextAsync(TestDesk desk) => desk.Get<RoundRunner>().NextAsync(TestContext.Current.CancellationToken);

    private static Task RunAsync(TestDesk desk) => desk.Get<RoundRunner>().RunDueAsync(TestContext.Current.CancellationToken);

    private static async Task<int> LettersAsync(TestDesk desk, LetterKind kind)
    {
        await using var db = await desk.OpenAsync();
        return await db.Letters.CountAsync(l => l.Kind == kind);
    }
}
