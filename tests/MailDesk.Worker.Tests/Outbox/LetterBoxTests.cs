using MailDesk.Domain;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Outbox;

public sealed class LetterBoxTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private readonly TestDesk _desk = new(Monday, ("Smtp:Connections", "1"));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private LetterBox Box => _desk.Get<LetterBox>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Letters_come_in_the_order_in_which_they_were_written_and_once()
    {
        await AddAsync("anna", "ivan", "anna");

        Assert.Equal([1, 2, 3], (await Box.ClaimAsync(0, Cancellation)).Select(l => l.Id));
        Assert.Empty(await Box.ClaimAsync(0, Cancellation));
    }

    [Fact]
    public async Task A_letter_that_waits_holds_back_the_later_ones_to_its_reader()
    {
        await AddAsync("anna", "ivan");
        var first = (await Box.ClaimAsync(0, Cancellation))[0];
        await Box.MarkAsync(first, new Delivery.RetryAt(Monday.AddMinutes(1), "451 later"), Cancellation);
        await AddAsync("anna", "ivan");

        Assert.Equal([4], (await Box.ClaimAsync(0, Cancellation)).Select(l => l.Id));
        _desk.Clock.Now = Monday.AddMinutes(1);
        Assert.Equal([1, 3], (await Box.ClaimAsync(0, Cancellation)).Select(l => l.Id));
    }

    [Fact]
    public async Task Letters_of_other_requests_are_not_held_back()
    {
        await AddAsync("anna");
        await Box.MarkAsync((await Box.ClaimAsync(0, Cancellation))[0], new Delivery.RetryAt(Monday.AddMinutes(1), "451 later"), Cancellation);
        await _desk.DeliverAsync("support@desk.example", new SampleMail { MessageId = "second@client.example" }.Raw());

        Assert.Contains("anna@client.example", (await Box.ClaimAsync(0, Cancellation)).Select(l => l.Recipient));
    }

    [Fact]
    public async Task The_last_letter_of_a_batch_is_marked_with_the_claim_of_the_next_ones()
    {
        await AddAsync("anna");
        var last = (await Box.ClaimAsync(0, Cancellation))[0];
        await AddAsync("ivan", "olga");

        Assert.Equal([2, 3], (await Box.MarkAndClaimAsync(0, last, new Delivery.Delivered("250 ok"), Cancellation)).Select(l => l.Id));

        var rows = await RowsAsync();
        Assert.Equal([(LetterState.Delivered, null), (LetterState.Pending, 2), (LetterState.Pending, 2)], rows.Select(l => (l.State, l.Claim)));
    }

    [Fact]
    public async Task One_that_is_given_up_at_the_end_of_a_batch_is_told_in_the_next_one()
    {
        await AddAsync("anna");
        var last = (await Box.ClaimAsync(0, Cancellation))[0];

        var next = await Box.MarkAndClaimAsync(0, last, new Delivery.GiveUp("550 no"), Cancellation);

        Assert.NotEmpty(next);
        Assert.All(next, letter => Assert.Equal(LetterKind.Undelivered, letter.Kind));
        Assert.Equal(LetterState.GivenUp, (await RowsAsync())[0].State);
    }

    [Fact]
    public async Task What_became_of_an_attempt_is_recorded()
    {
        await AddAsync("anna", "anna", "anna", "anna");
        var letters = await Box.ClaimAsync(0, Cancellation);
        await Box.MarkAsync(letters[0], new Delivery.Delivered("250 ok"), Cancellation);
        await Box.MarkAsync(letters[1], new Delivery.GiveUp("550 no"), Cancellation);
        await Box.MarkAsync(letters[2], new Delivery.Uncertain(Monday.AddHours(1), "broken"), Cancellation);
        await Box.MarkAsync(letters[3], new Delivery.RetryAt(Monday.AddHours(2), "451"), Cancellation);

        var rows = (await RowsAsync())[..4]; // then come the notices of the one that was given up
        Assert.Equal([LetterState.Delivered, LetterState.GivenUp, LetterState.Uncertain, LetterState.Pending], rows.Select(l => l.State));
        Assert.Equal([null, null, Monday.AddHours(1), Monday.AddHours(2)], rows.Select(l => l.NextAttemptAt));
        Assert.Equal([Monday, null, null, null], rows.Select(l => l.SentAt));
        Assert.All(rows, row => Assert.Equal((1, null), (row.Attempts, row.Claim)));
        await _desk.SendDueAsync();
        Assert.Equal(Monday.AddHours(1), Box.NextAttempt(0));
    }

    [Fact]
    public async Task A_letter_that_is_given_up_is_told_once_and_a_lost_notice_to_nobody()
    {
        await AddAsync("anna");
        var letter = (await Box.ClaimAsync(0, Cancellation))[0];
        await Box.MarkAsync(letter, new Delivery.GiveUp("550 no"), Cancellation);
        await Box.MarkAsync(letter, new Delivery.GiveUp("550 no"), Cancellation);

        var notices = (await RowsAsync())[1..];
        Assert.Equal([(LetterKind.Undelivered, "ivan@desk.example"), (LetterKind.Undelivered, "olga@desk.example")], notices.Select(l => (l.Kind, l.Recipient)));
        foreach (var notice in notices) await Box.MarkAsync(notice, new Delivery.GiveUp("550 no"), Cancellation);
        Assert.Equal(3, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_report_that_is_faster_than_the_mark_keeps_its_verdict()
    {
        await AddAsync("anna");
        var letter = (await Box.ClaimAsync(0, Cancellation))[0];
        await using (var db = await _desk.OpenAsync())
        {
            (await db.Letters.SingleAsync(Cancellation)).State = LetterState.GivenUp;
            await db.SaveChangesAsync(Cancellation);
        }

        await Box.MarkAsync(letter, new Delivery.Delivered("250 ok"), Cancellation);

        var row = Assert.Single(await RowsAsync());
        Assert.Equal((LetterState.GivenUp, null), (row.State, row.Claim));
    }

    [Fact]
    public async Task After_a_kill_the_first_unmarked_letter_of_a_batch_is_uncertain_and_the_rest_are_due()
    {
        await AddAsync("anna", "ivan", "olga", "maria");
        await Box.MarkAsync((await Box.ClaimAsync(0, Cancellation))[0], new Delivery.Delivered("250 ok"), Cancellation);

        Assert.Equal(1, await Box.RecoverAsync(Cancellation));

        var rows = await RowsAsync();
        Assert.Equal([LetterState.Delivered, LetterState.Uncertain, LetterState.Pending, LetterState.Pending], rows.Select(l => l.State));
        Assert.Equal(Monday + _desk.Desk.Outbox.UncertainPause, rows[1].NextAttemptAt);
        Assert.Equal([3, 4], (await Box.ClaimAsync(0, Cancellation)).Select(l => l.Id));
    }

    [Fact]
    public async Task A_letter_that_was_released_is_due_again()
    {
        await AddAsync("anna");
        foreach (var letter in await Box.ClaimAsync(0, Cancellation)) await Box.ReleaseAsync(letter.Id, Cancellation);

        Assert.Equal(0, await Box.RecoverAsync(Cancellation));
        Assert.Single(await Box.ClaimAsync(0, Cancellation));
    }

    /// <summary>Letters of one request, to these.</summary>
    private async Task AddAsync(params string[] readers)
    {
        await using var db = await _desk.OpenAsync();
        var ticket = await db.Tickets.FirstOrDefaultAsync(Cancellation)
            ?? new TicketRow { Subject = "x", RequesterAddress = "anna@client.example", Language = "ru", Mailbox = "support@desk.example" };
        if (ticket.Id == 0) db.Tickets.Add(ticket);
        foreach (var reader in readers)
        {
            db.Letters.Add(new LetterRow
            {
                Ticket = ticket,
                Sender = "support@desk.example",
                Recipient = $"{reader}@client.example",
                MessageId = "x@desk.example",
                CreatedAt = Monday,
                NextAttemptAt = Monday,
                Content = new LetterContentRow { Compressed = Compression.Compress("letter"u8) },
            });
            await db.SaveChangesAsync(Cancellation);
        }
    }

    private async Task<List<LetterRow>> RowsAsync()
    {
        await using var db = await _desk.OpenAsync();
        return await db.Letters.AsNoTracking().OrderBy(l => l.Id).ToListAsync(Cancellation);
    }
}
