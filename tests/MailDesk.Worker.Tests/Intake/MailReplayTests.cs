using MailDesk.Mail.Imap;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Intake;

public sealed class MailReplayTests : IAsyncDisposable
{
    private const string Id = "support@desk.example/1/7";

    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private readonly TestDesk _desk = new(Monday, ("Intake:Attempts", "1"), ("Intake:MaxParts", "5"));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_registered_as_of_the_time_at_which_it_came()
    {
        await PutAsideAsync(new SampleMail().Raw());
        _desk.Clock.Now = Monday.AddDays(1);

        var result = await ReplayAsync();

        Assert.Equal((true, $"{Id}: processed, recorded as NewRequest, request MD-1001"), (result.Succeeded, result.Message));
        await using var db = await _desk.OpenAsync();
        Assert.Equal(Monday, (await db.Tickets.SingleAsync(Cancellation)).RegisteredAt);
        var mail = await db.Mails.SingleAsync(Cancellation);
        Assert.Equal((MailKind.NewRequest, "anna@client.example", "1@client.example", Monday), (mail.Kind, mail.Sender, mail.MessageId, mail.ReceivedAt));
    }

    [Fact]
    public async Task A_second_replay_says_what_the_first_has_done()
    {
        await PutAsideAsync(new SampleMail().Raw());
        await ReplayAsync();

        await RefusesAsync(Id, "processed already at 2026-03-02 07:00:00Z, recorded as NewRequest, request MD-1001");
        await using var db = await _desk.OpenAsync();
        Assert.Equal(1, await db.Tickets.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Replays_at_the_same_moment_have_one_effect()
    {
        await PutAsideAsync(new SampleMail().Raw());

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(ReplayAsync, Cancellation)));

        Assert.Single(results, result => result.Succeeded);
        await using var db = await _desk.OpenAsync();
        Assert.Equal(1, await db.Tickets.CountAsync(Cancellation));
        Assert.Equal(1, await db.Letters.CountAsync(l => l.Recipient == "anna@client.example", Cancellation));
    }

    [Fact]
    public async Task What_came_another_way_meanwhile_is_a_duplicate()
    {
        await PutAsideAsync(new SampleMail().Raw());
        await _desk.DeliverAsync("support@desk.example", new SampleMail().Raw());

        Assert.Equal($"{Id}: processed, recorded as Duplicate", (await ReplayAsync()).Message);
        await using var db = await _desk.OpenAsync();
        Assert.Equal(1, await db.Tickets.CountAsync(Cancellation));
    }

    [Fact]
    public async Task What_still_fails_stays_put_aside()
    {
        await PutAsideAsync(new SampleMail().Raw());
        await using (var db = await _desk.OpenAsync()) await db.MailContents.ExecuteUpdateAsync(set => set.SetProperty(c => c.Compressed, Enumerable.Repeat((byte)0xFF, 100).ToArray()), Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(ReplayAsync);

        await using var after = await _desk.OpenAsync();
        Assert.Equal(MailKind.Unprocessable, (await after.Mails.SingleAsync(Cancellation)).Kind);
        Assert.Empty(await after.Tickets.ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused_with_what_would_be_right()
    {
        await RefusesAsync("42", "\"42\" is no identifier");
        await RefusesAsync("support@desk.example/x/1", "is no identifier");
        await RefusesAsync("support@desk.example/1/99999999999", "is no identifier");
        await RefusesAsync(Id, "there is no such message; `maildesk status` lists");
        await PutAsideAsync(null);
        await RefusesAsync(Id, "the mail server never gave it");
    }

    [Fact]
    public async Task What_is_over_a_limit_waits_until_the_limit_is_raised()
    {
        var many = new SampleMail { ContentType = "multipart/mixed; boundary=b", Text = string.Concat(Enumerable.Repeat("--b\n\nx\n", 9)) };
        await _desk.DeliverAsync("support@desk.example", many.Raw());

        await RefusesAsync("support@desk.example/1/1", "still over a limit: Parts at most 5; raise the limit under Intake first");
        await using (var db = await _desk.OpenAsync()) await db.MailContents.ExecuteUpdateAsync(set => set.SetProperty(c => c.IsBeginning, true), Cancellation);
        await RefusesAsync("support@desk.example/1/1", "only the beginning of it is in the database; raise Intake:MaxMessageBytes");
    }

    [Fact]
    public async Task What_the_daemon_still_tries_is_left_to_it()
    {
        await using var desk = new TestDesk(Monday);
        await desk.Get<FailureLog>().RecordAsync(desk.Desk.Mailboxes[0], 1, new MessageSummary(7, Monday, 3, []), "raw"u8.ToArray(), "fault", Cancellation);

        Assert.Contains("is still being tried by the daemon, next at 2026-03-02 07:00:04Z; last error: fault", (await desk.Get<MailReplay>().RunAsync(Id, Cancellation)).Message, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(string id, string words)
    {
        var result = await _desk.Get<MailReplay>().RunAsync(id, Cancellation);

        Assert.False(result.Succeeded);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    private Task<ReplayResult> ReplayAsync() => _desk.Get<MailReplay>().RunAsync(Id, Cancellation);

    private Task<bool> PutAsideAsync(byte[]? raw) =>
        _desk.Get<FailureLog>().RecordAsync(_desk.Desk.Mailboxes[0], 1, new MessageSummary(7, Monday, 1, []), raw is null ? null : (ReadOnlyMemory<byte>?)raw, "fault", Cancellation);
}
