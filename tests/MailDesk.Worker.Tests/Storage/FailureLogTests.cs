using MailDesk.Mail.Imap;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Storage;

public sealed class FailureLogTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private readonly TestDesk _desk = new(Monday, ("Intake:Attempts", "3"));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private FailureLog Log => _desk.Get<FailureLog>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_failed_waits_longer_each_time()
    {
        Assert.False(await FailAsync(7));
        Assert.Equal(Monday.AddSeconds(4), Paused()[7]);
        Assert.False(await FailAsync(7));
        Assert.Equal(Monday.AddSeconds(8), Paused()[7]);
    }

    [Fact]
    public async Task The_last_failure_records_the_message_with_its_content_and_forgets_it()
    {
        await FailAsync(7);
        await FailAsync(7);

        Assert.True(await FailAsync(7));

        Assert.Empty(Paused());
        await using var db = await _desk.OpenAsync();
        var mail = await db.Mails.Include(m => m.Content).SingleAsync(Cancellation);
        Assert.Equal((MailKind.Unprocessable, "fault"), (mail.Kind, mail.Remark));
        Assert.Equal("raw"u8.ToArray(), Compression.Decompress(mail.Content!.Compressed));
    }

    [Fact]
    public async Task One_message_says_nothing_of_another()
    {
        await FailAsync(7);
        await FailAsync(8);
        await Log.ForgetAsync(_desk.Desk.Mailboxes[0], 1, 7, Cancellation);

        Assert.Equal([8u], Paused().Keys);
        Assert.Empty(Log.Paused(_desk.Desk.Mailboxes[0], 2));
        Assert.Empty(Log.Paused(_desk.Desk.Mailboxes[1], 1));
    }

    private Task<bool> FailAsync(uint uid) =>
        Log.RecordAsync(_desk.Desk.Mailboxes[0], 1, new MessageSummary(uid, Monday, 3, []), "raw"u8.ToArray(), "fault", Cancellation);

    private Dictionary<uint, DateTimeOffset> Paused() => Log.Paused(_desk.Desk.Mailboxes[0], 1);
}
