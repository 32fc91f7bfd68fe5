using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Intake;

/// <summary>What the conversations cannot tell: their deadlines are never late, and their people do not know tokens.</summary>
public sealed class EngineerMailTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_command_that_comes_after_the_deadline_and_before_the_timer_tells_of_the_miss()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", new SampleMail().Raw());
        desk.Clock.Now = Monday.AddHours(80); // down for days: mail is processed before deadlines act

        await desk.DeliverAsync("support@desk.example", (SampleMail.OfEngineer() with { Subject = "[MD-1001]", Text = "#done\nГотово." }).Raw());

        await using var db = await desk.OpenAsync();
        var missed = await db.Letters.Include(l => l.Content).Where(l => l.Kind == LetterKind.DeadlineMissed).OrderBy(l => l.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["ivan@desk.example", "maria@desk.example", "ivan@desk.example", "maria@desk.example"], missed.Select(l => l.Recipient));
        Assert.Contains("срок реакции прошёл", TextOf(missed[0]), StringComparison.Ordinal);
        Assert.Contains("2 марта 2026 г., 14:00", TextOf(missed[0]).ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("срок выполнения прошёл", TextOf(missed[2]), StringComparison.Ordinal);
        Assert.Single(await db.Letters.Where(l => l.Kind == LetterKind.Completed).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_text_that_holds_a_token_does_not_go_to_the_client()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", new SampleMail().Raw());
        var token = desk.Get<LetterTokens>().Issue(new TicketNumber(TicketKind.Request, 1001), LetterRole.Engineer, "ivan@desk.example");

        await desk.DeliverAsync("support@desk.example", (SampleMail.OfEngineer() with { Subject = "[MD-1001]", Text = $"Смотрим.\n> MD-1001·{token}\nИ ещё." }).Raw());

        await using var db = await desk.OpenAsync();
        Assert.False(await db.Letters.AnyAsync(l => l.Kind == LetterKind.Answer, TestContext.Current.CancellationToken));
        Assert.True(await db.Letters.AnyAsync(l => l.Kind == LetterKind.Transcript, TestContext.Current.CancellationToken));
    }

    private static string TextOf(LetterRow letter) => MimeParser.Parse(Compression.Decompress(letter.Content!.Compressed)).TextBody!;
}
