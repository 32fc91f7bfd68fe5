using MailDesk.Domain;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Storage;

public sealed class DeskStoreTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_loser_of_a_race_for_a_ticket_decides_again_on_what_the_winner_left()
    {
        await _desk.DeliverAsync("support@desk.example", new SampleMail().Raw());
        List<string?> seen = [];

        await _desk.Get<DeskStore>().DecideAndCommitAsync(
            async db =>
            {
                var ticket = await TicketAsync(db);
                seen.Add(ticket.Engineer);
                if (seen.Count == 1) await DecideAsync(new TicketAction.Take("ivan@desk.example")); // faster
                Write(db, ticket, new TicketAction.Assign("olga@desk.example", "olga@desk.example"));
                return 0;
            },
            Cancellation);

        Assert.Equal([null, "ivan@desk.example"], seen);
        await using var after = await _desk.OpenAsync();
        var left = await TicketAsync(after);
        Assert.Equal((TicketState.InProgress, "olga@desk.example"), (left.State, left.Engineer));
        Assert.Equal(
            ["ivan@desk.example", "olga@desk.example"],
            await after.Events.Where(e => e.Kind == TicketEventKind.EngineerChanged).OrderBy(e => e.Id).Select(e => e.To).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Mail_that_comes_side_by_side_in_one_request_is_recorded_all()
    {
        const int Count = 12;
        await _desk.DeliverAsync("support@desk.example", new SampleMail().Raw());

        await DeliverSideBySideAsync(Count, i => new SampleMail { Subject = "[MD-1001]", MessageId = $"reply.{i}@client.example", Text = $"Ещё {i}." });

        await using var db = await _desk.OpenAsync();
        Assert.Equal(Count, await db.Events.CountAsync(e => e.Kind == TicketEventKind.ClientWrote, Cancellation));
        Assert.Equal(Count + 1, (await TicketAsync(db)).Version);
        Assert.Equal(Count, await db.Letters.CountAsync(l => l.Kind == LetterKind.ClientWrote && l.Recipient == "ivan@desk.example", Cancellation));
    }

    [Fact]
    public async Task Requests_that_come_side_by_side_get_numbers_without_a_gap()
    {
        const int Count = 12;

        await DeliverSideBySideAsync(Count, i => new SampleMail { MessageId = $"new.{i}@client.example" });

        await using var db = await _desk.OpenAsync();
        Assert.Equal(Enumerable.Range(1001, Count), await db.Tickets.OrderBy(t => t.Number).Select(t => t.Number).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_message_that_is_processed_twice_at_once_has_one_effect()
    {
        var mail = _desk.Read("support@desk.example", new SampleMail().Raw());

        var kinds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _desk.Get<IntakePipeline>().ProcessAsync(mail, Cancellation))));

        Assert.Equal([MailKind.Duplicate, MailKind.Duplicate, MailKind.Duplicate, MailKind.NewRequest], kinds.Order());
        await using var db = await _desk.OpenAsync();
        Assert.Equal(1, await db.Tickets.CountAsync(Cancellation));
        Assert.Equal(1, await db.Mails.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_fault_writes_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _desk.Get<DeskStore>().DecideAndCommitAsync<int>(
            db =>
            {
                db.Series.Add(new SeriesRow { Kind = TicketKind.Request, Last = 5 });
                throw new InvalidOperationException("fault");
            },
            Cancellation));

        await using var after = await _desk.OpenAsync();
        Assert.False(await after.Series.AnyAsync(Cancellation));
    }

    private async Task DeliverSideBySideAsync(int count, Func<int, SampleMail> mail)
    {
        var pipeline = _desk.Get<IntakePipeline>();
        var arrived = Enumerable.Range(0, count).Select(i => _desk.Read("support@desk.example", mail(i).Raw())).ToList();
        await Task.WhenAll(arrived.Select(message => Task.Run(() => pipeline.ProcessAsync(message, Cancellation))));
    }

    private Task<int> DecideAsync(TicketAction action) => _desk.Get<DeskStore>().DecideAndCommitAsync(
        async db =>
        {
            Write(db, await TicketAsync(db), action);
            return 0;
        },
        Cancellation);

    private void Write(DeskContext db, TicketRow ticket, TicketAction action)
    {
        var now = _desk.Clock.GetUtcNow();
        var decision = Assert.IsType<TicketDecision>(TicketDecider.Decide(ticket.ToTicket(), action, _desk.Get<SupportPolicy>(), now));
        TicketLedger.Write(db, ticket, decision, "test", now, null);
    }

    private static async Task<TicketRow> TicketAsync(DeskContext db) =>
        TicketLedger.Find(db, new TicketNumber(TicketKind.Request, 1001))!;
}
