using MailDesk.Domain;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Outbox;

public sealed class LetterPacerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private TestDesk _desk = new(Monday, ("Smtp:Connections", "1"));
    private int _mails;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sixth_letter_of_a_kind_waits_until_ten_minutes_after_the_first()
    {
        for (var i = 0; i < 7; i++)
        {
            await AddAsync(LetterKind.Registered);
            _desk.Clock.Now = Monday.AddMinutes(i);
            Assert.Equal(i < 5 ? 1 : 0, (await _desk.SendDueAsync()).Count);
        }

        Assert.Equal([10, 10], await WaitingMinutesAsync());
        _desk.Clock.Now = Monday.AddMinutes(10).AddSeconds(-1);
        Assert.Empty(await _desk.SendDueAsync());
        _desk.Clock.Now = Monday.AddMinutes(10);
        Assert.Equal([6], (await _desk.SendDueAsync()).Select(l => l.Id));
        _desk.Clock.Now = Monday.AddMinutes(11);
        Assert.Equal([7], (await _desk.SendDueAsync()).Select(l => l.Id));
    }

    [Fact]
    public async Task Ten_parts_of_one_request_are_confirmed_at_once_and_count_for_the_hour()
    {
        for (var i = 0; i < 21; i++) await AddAsync(LetterKind.Split, LetterPace.Paced);

        Assert.Equal(20, (await _desk.SendDueAsync()).Count);
        Assert.Equal([60], await WaitingMinutesAsync());
    }

    [Fact]
    public async Task Twenty_letters_of_any_kind_in_an_hour_and_the_rest_when_it_is_over()
    {
        var kinds = Enum.GetValues<LetterKind>();
        for (var i = 0; i < 25; i++) await AddAsync(kinds[i % 8]);

        Assert.Equal(20, (await _desk.SendDueAsync()).Count);
        _desk.Clock.Now = Monday.AddHours(1);
        Assert.Equal([21, 22, 23, 24, 25], (await _desk.SendDueAsync()).Select(l => l.Id).Order());
    }

    [Fact]
    public async Task A_burst_leaves_as_fast_as_the_limits_allow_and_nothing_of_it_is_lost()
    {
        for (var i = 0; i < 200; i++) await AddAsync(LetterKind.Closed, LetterPace.Paced);
        List<(DateTimeOffset At, int Id)> sent = [];
        while (sent.Count < 200 && _desk.Clock.Now < Monday.AddDays(2))
        {
            sent.AddRange((await _desk.SendDueAsync()).Select(l => (_desk.Clock.Now, l.Id)));
            _desk.Clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Equal(Enumerable.Range(1, 200), sent.Select(s => s.Id).Order());
        Assert.All(sent, s => Assert.InRange(sent.Count(other => other.At > s.At.AddHours(-1) && other.At <= s.At), 1, 20));
        Assert.All(sent, s => Assert.InRange(sent.Count(other => other.At > s.At.AddMinutes(-10) && other.At <= s.At), 1, 5));
        Assert.InRange(sent[^1].At, Monday.AddHours(9), Monday.AddHours(10));
    }

    [Fact]
    public async Task What_is_free_is_neither_held_back_nor_counted_and_passes_what_waits()
    {
        var ticket = await TicketAsync();
        for (var i = 0; i < 6; i++) await AddAsync(LetterKind.PriorityChanged, LetterPace.Paced, ticket: ticket);
        for (var i = 0; i < 50; i++) await AddAsync(LetterKind.Answer, LetterPace.Free, ticket: ticket);
        await AddAsync(LetterKind.Closed, LetterPace.Paced, ticket: ticket);

        var sent = await _desk.SendDueAsync();

        Assert.Equal([1, 2, 3, 4, 5, .. Enumerable.Range(7, 50)], sent.Select(l => l.Id));
        _desk.Clock.Now = Monday.AddMinutes(10);
        // The order of a request's automatic letters is kept.
        Assert.Equal([6, 57], (await _desk.SendDueAsync()).Select(l => l.Id));
    }

    [Fact]
    public async Task Other_addresses_are_not_concerned()
    {
        for (var i = 0; i < 10; i++) await AddAsync(LetterKind.Registered);
        await AddAsync(LetterKind.Registered, recipient: "vera@other.example");

        Assert.Contains("vera@other.example", (await _desk.SendDueAsync()).Select(l => l.Recipient));
    }

    [Fact]
    public async Task A_letter_that_is_tried_again_counts_once_and_goes_when_its_time_comes()
    {
        for (var i = 0; i < 5; i++) await AddAsync(LetterKind.Registered);
        for (var lane = 0; lane < 2; lane++)
        {
            foreach (var letter in await _desk.Get<LetterBox>().ClaimAsync(lane, Cancellation))
                await _desk.Get<LetterBox>().MarkAsync(letter, new Delivery.RetryAt(Monday.AddMinutes(1), "451 later"), Cancellation);
        }

        await AddAsync(LetterKind.Registered);
        _desk.Clock.Now = Monday.AddMinutes(1);

        Assert.Equal([1, 2, 3, 4, 5], (await _desk.SendDueAsync()).Select(l => l.Id).Order());
    }

    [Fact]
    public async Task Two_lanes_never_let_through_more_than_one_may()
    {
        await _desk.DisposeAsync();
        _desk = new TestDesk(Monday);
        for (var i = 0; i < 40; i++) await AddAsync(LetterKind.Registered);

        var claimed = await Task.WhenAll(Enumerable.Range(0, 2).Select(lane => Task.Run(() => _desk.Get<LetterBox>().ClaimAsync(lane, Cancellation), Cancellation)));

        Assert.Equal(5, claimed.Sum(letters => letters.Count));
    }

    [Fact]
    public async Task Answers_over_the_days_limit_are_dropped_and_everything_else_only_waits()
    {
        await _desk.DisposeAsync();
        var desk = _desk = new TestDesk(Monday, ("Outbox:AutomaticRepliesPerDay", "10"), ("Outbox:AutomaticPerHour", "1000"), ("Outbox:SameKindPerTenMinutes", "1000"));
        for (var i = 0; i < 15; i++) await AddAsync(LetterKind.Registered);
        for (var i = 0; i < 15; i++) await AddAsync(LetterKind.Closed, LetterPace.Paced);

        Assert.Equal(25, (await desk.SendDueAsync()).Count);
        await using (var db = await desk.OpenAsync())
        {
            var dropped = await db.Letters.Where(l => l.State == LetterState.Suppressed).ToListAsync(Cancellation);
            Assert.Equal([11, 12, 13, 14, 15], dropped.Select(l => l.Id));
            Assert.All(dropped, l => Assert.Null(l.NextAttemptAt));
        }

        // A day later the address is written to again.
        desk.Clock.Now = Monday.AddDays(1);
        await AddAsync(LetterKind.Registered);
        Assert.Single(await desk.SendDueAsync());
    }

    /// <summary>A robot that says nothing of being one and answers every letter at once with a new mail: the worst of the kind.</summary>
    [Fact]
    public async Task A_ping_pong_with_a_robot_ends()
    {
        await using var desk = new TestDesk(Monday, ("Outbox:AutomaticRepliesPerDay", "30"));
        await RobotWritesAsync(desk);
        var (answers, quiet) = (0, 0);
        while (quiet < 6 * 60 && desk.Clock.Now < Monday.AddDays(3))
        {
            var got = (await desk.SendDueAsync()).Count(l => l.Recipient == "vera@other.example");
            answers += got;
            quiet = got > 0 ? 0 : quiet + 1;
            for (var i = 0; i < got; i++) await RobotWritesAsync(desk);
            desk.Clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Equal(30, answers);
        Assert.InRange(desk.Clock.Now, Monday.AddHours(6), Monday.AddHours(9));
        await using var db = await desk.OpenAsync();
        Assert.Equal(1, await db.Letters.CountAsync(l => l.State == LetterState.Suppressed, Cancellation));
        Assert.Equal(31, await db.Tickets.CountAsync(Cancellation)); // and nothing of what it wrote is lost
    }

    [Theory]
    [InlineData("registered", LetterPace.Reply)]
    [InlineData("not-authorised", LetterPace.Reply)]
    [InlineData("too-large-size", LetterPace.Reply)]
    [InlineData("reminder", LetterPace.Paced)]
    [InlineData("priority-changed", LetterPace.Paced)]
    [InlineData("completed-by-phone", LetterPace.Paced)]
    [InlineData("closed-by-term", LetterPace.Paced)]
    [InlineData("answer", LetterPace.Free)]
    [InlineData("question", LetterPace.Free)]
    [InlineData("completed", LetterPace.Free)]
    [InlineData("new-request", LetterPace.Free)]
    [InlineData("held-sender", LetterPace.Reply)]
    [InlineData("deadline-missed", LetterPace.Free)]
    [InlineData("transcript", LetterPace.Free)]
    [InlineData("transcript-failed", LetterPace.Reply)]
    [InlineData("over-limit-size", LetterPace.Reply)]
    [InlineData("unprocessable", LetterPace.Paced)]
    [InlineData("undelivered", LetterPace.Paced)]
    public void What_a_person_waits_for_is_free_and_what_a_loop_consists_of_is_limited(string sample, LetterPace pace) =>
        Assert.Equal(pace, LetterHeaders.PaceOf(LetterSamples.All("en").Single(s => s.Name == sample).Letter));

    private async Task<IEnumerable<double>> WaitingMinutesAsync()
    {
        await using var db = await _desk.OpenAsync();
        var waiting = await db.Letters.Where(l => l.HeldBack).OrderBy(l => l.Id).Select(l => l.NextAttemptAt).ToListAsync(Cancellation);
        return waiting.Select(at => (at!.Value - Monday).TotalMinutes);
    }

    private async Task RobotWritesAsync(TestDesk desk)
    {
        var mail = new SampleMail { From = "vera@other.example", MessageId = $"{++_mails}@other.example", Subject = "Thank you for your message", Text = $"Your message number {_mails} is important to us." };
        await desk.DeliverAsync("support@desk.example", mail.Raw());
    }

    private async Task<TicketRow> TicketAsync()
    {
        await _desk.DeliverAsync("support@desk.example", new SampleMail().Raw());
        await using var db = await _desk.OpenAsync();
        await db.LetterContents.ExecuteDeleteAsync(Cancellation);
        await db.Letters.ExecuteDeleteAsync(Cancellation);
        await db.Database.ExecuteSqlRawAsync("DELETE FROM sqlite_sequence WHERE name = 'Letters'", Cancellation);
        return await db.Tickets.SingleAsync(Cancellation);
    }

    private async Task AddAsync(LetterKind kind, LetterPace pace = LetterPace.Reply, string recipient = "anna@client.example", TicketRow? ticket = null)
    {
        await using var db = await _desk.OpenAsync();
        db.Letters.Add(new LetterRow
        {
            TicketId = ticket?.Id,
            Kind = kind,
            Pace = pace,
            Sender = "support@desk.example",
            Recipient = recipient,
            MessageId = "x@desk.example",
            CreatedAt = _desk.Clock.Now,
            NextAttemptAt = _desk.Clock.Now,
            Content = new LetterContentRow { Compressed = Compression.Compress("letter"u8) },
        });
        await db.SaveChangesAsync(Cancellation);
    }
}
