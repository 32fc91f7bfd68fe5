using MailDesk.Domain;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Schedule;

/// <summary>What falls due while the desk is down acts at the next start, all of it at one moment.</summary>
public sealed class LateDeadlineTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private static SampleMail Complaint => new() { To = "info@desk.example", Subject = "Долго отвечаете", Text = "На прошлый запрос отвечали два дня." };

    [Fact]
    public async Task A_complaint_whose_question_and_term_passed_in_an_outage_is_completed_once_and_its_own_term_is_told()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("info@desk.example", Complaint.Raw());
        await desk.DeliverAsync("support@desk.example", (SampleMail.OfEngineer("maria") with { Subject = "[MDC-1001]", Text = "#ask\nКакой это был запрос?" }).Raw());

        var before = (await LettersAsync(desk)).Count;
        desk.Clock.Now = Monday.AddDays(30);
        await desk.Get<DeadlineRunner>().RunDueAsync(TestContext.Current.CancellationToken);

        var letters = (await LettersAsync(desk)).Skip(before).ToList();
        Assert.Equal([LetterKind.DeadlineMissed, LetterKind.CompletedWithoutAnswer], letters.Select(letter => letter.Kind));
        Assert.Contains("срок ответа на претензию прошёл", letters[0].Text, StringComparison.Ordinal);
        Assert.Contains("до понедельника, 16 марта 2026 г., 10:00", letters[0].Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complaint_that_nobody_touched_in_an_outage_gets_one_letter_not_one_for_every_ten_days()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("info@desk.example", Complaint.Raw());

        var before = (await LettersAsync(desk)).Count;
        desk.Clock.Now = Monday.AddDays(60);
        await desk.Get<DeadlineRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        await desk.Get<DeadlineRunner>().RunDueAsync(TestContext.Current.CancellationToken);

        Assert.Equal([LetterKind.DeadlineMissed, LetterKind.ComplaintProgress], (await LettersAsync(desk)).Skip(before).Select(letter => letter.Kind));
    }

    private static async Task<List<ReceivedLetter>> LettersAsync(TestDesk desk)
    {
        await using var db = await desk.OpenAsync();
        return [.. (await db.Letters.AsNoTracking().Include(l => l.Content).OrderBy(l => l.Id).ToListAsync(TestContext.Current.CancellationToken)).Select(row => new ReceivedLetter(row))];
    }
}
