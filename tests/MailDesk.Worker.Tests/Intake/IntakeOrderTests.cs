using MailDesk.Domain;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Intake;

public sealed class IntakeOrderTests : IAsyncDisposable
{
    private const string Support = "support@desk.example";

    private readonly TestDesk _desk = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    private DeskStore Store => _desk.Get<DeskStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Mail_is_numbered_in_its_order()
    {
        const int Count = 20;
        var order = new IntakeOrder(_desk.Get<IntakePipeline>());

        List<Task<MailKind>> processing = [];
        for (var i = 0; i < Count; i++) processing.Add(await order.BeginAsync(Task.FromResult(Mail(i)), Cancellation));

        Assert.All(await Task.WhenAll(processing), kind => Assert.Equal(MailKind.Held, kind));
        await using var db = await _desk.OpenAsync();
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => (1001 + i, SenderOf(i))),
            (await db.Tickets.OrderBy(t => t.Id).ToListAsync(Cancellation)).Select(t => (t.Number, t.RequesterAddress)));
        Assert.Equal(Enumerable.Range(0, Count).Select(SenderOf), await db.Mails.OrderBy(m => m.Id).Select(m => m.Sender!).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_cannot_be_read_fails_alone()
    {
        var order = new IntakeOrder(_desk.Get<IntakePipeline>());

        var first = await order.BeginAsync(Task.FromResult(Mail(0)), Cancellation);
        var damaged = await order.BeginAsync(Task.FromException<IncomingMail>(new FormatException()), Cancellation);
        var last = await order.BeginAsync(Task.FromResult(Mail(1)), Cancellation);

        await Assert.ThrowsAsync<FormatException>(() => damaged);
        Assert.Equal(new[] { MailKind.Held, MailKind.Held }, await Task.WhenAll(first, last));
    }

    [Fact]
    public async Task The_next_one_is_decided_while_the_one_before_waits_to_be_written()
    {
        var first = new Turn(null);
        var second = new Turn(first);
        await using var writer = new BusyWriter(Store);

        var one = TakeAsync(first, Cancellation);
        await first.Decided.WaitAsync(Cancellation);
        var taken = new TaskCompletionSource<int>();
        var two = TakeAsync(second, Cancellation, taken.SetResult);

        Assert.Equal(1002, await taken.Task.WaitAsync(Cancellation));
        Assert.False(one.IsCompleted || two.IsCompleted);
        await writer.EndAsync();
        Assert.Equal(new[] { 1001, 1002 }, await Task.WhenAll(one, two));
    }

    [Fact]
    public async Task What_was_built_on_a_unit_of_work_that_failed_is_decided_again()
    {
        var first = new Turn(null);
        var second = new Turn(first);
        await using var writer = new BusyWriter(Store);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var one = TakeAsync(first, stop.Token);
        await first.Decided.WaitAsync(Cancellation);
        List<int> taken = [];
        var two = TakeAsync(second, Cancellation, taken.Add);
        await second.Decided.WaitAsync(Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await writer.EndAsync();
        Assert.Equal(1001, await two);
        Assert.Equal(new[] { 1002, 1001 }, taken);
    }

    [Fact]
    public void Mail_that_may_have_to_do_with_the_one_before_waits_for_it()
    {
        var pipeline = _desk.Get<IntakePipeline>();
        var mail = new SampleMail { From = "anna@client.example", MessageId = "2@client.example", Text = "Ещё вопрос." };
        var other = new SampleMail { From = "vera@other.example", MessageId = "3@other.example" };

        Assert.True(IsIndependent(other));
        Assert.True(IsIndependent(other with { Subject = "[MD-1002] Вопрос" }));
        Assert.False(IsIndependent(other with { From = "Anna@client.example" }));
        Assert.False(IsIndependent(other with { From = "ivan@desk.example" }));
        Assert.False(IsIndependent(other with { Headers = ["In-Reply-To: <2@client.example>"] }));
        Assert.False(IsIndependent(other with { From = "" }));
        Assert.False(pipeline.IsIndependent(mail.Read(), mail.Read()));
        Assert.False(pipeline.IsIndependent((other with { Subject = "Re: [MD-1001] Вопрос" }).Read(), (mail with { Subject = "Re: [MD-1001] Вопрос" }).Read()));
        Assert.False(pipeline.IsIndependent(
            (other with { Headers = ["References: <1@client.example>"] }).Read(), (mail with { Headers = ["References: <0@client.example> <1@client.example>"] }).Read()));

        bool IsIndependent(SampleMail next) => pipeline.IsIndependent(next.Read(), mail.Read()) && pipeline.IsIndependent(mail.Read(), next.Read());
    }

    /// <summary>Strangers: their requests are held, and numbered as any.</summary>
    private static string SenderOf(int i) => $"person{i}@client.example";

    private IncomingMail Mail(int i) => _desk.Read(Support, new SampleMail { From = SenderOf(i), MessageId = $"{i}@client.example" }.Raw());

    /// <summary>Takes a number of the series, and nothing else.</summary>
    private async Task<int> TakeAsync(Turn turn, CancellationToken cancellationToken, Action<int>? taken = null)
    {
        try
        {
            return await Store.DecideAndCommitAsync(
                db =>
                {
                    var number = _desk.Get<TicketLedger>().NextNumber(db, TicketKind.Request).Value;
                    taken?.Invoke(number);
                    return Task.FromResult(number);
                },
                turn,
                cancellationToken);
        }
        finally
        {
            turn.End();
        }
    }

    /// <summary>A writer that holds up all others until its end.</summary>
    private sealed class BusyWriter : IAsyncDisposable
    {
        private readonly ManualResetEventSlim _end = new();
        private readonly Task _writing;

        public BusyWriter(DeskStore store)
        {
            using var begun = new ManualResetEventSlim();
            _writing = Task.Run(() => store.WriteAsync(
                _ =>
                {
                    begun.Set();
                    _end.Wait(Cancellation);
                    return 0;
                },
                Cancellation));
            begun.Wait(Cancellation);
        }

        public Task EndAsync()
        {
            _end.Set();
            return _writing;
        }

        public async ValueTask DisposeAsync()
        {
            await EndAsync();
            _end.Dispose();
        }
    }
}
