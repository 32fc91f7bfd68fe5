using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class SmtpInterruptionTests
{
    private const string UpToData = """
        S: 220 mx.example
        C: EHLO desk.example
        S: 250-mx.example
        S: 250 PIPELINING
        C: MAIL FROM:<support@desk.example>
        C: RCPT TO:<anna@client.example>
        C: DATA
        S: 250 ok
        S: 250 ok

        """;

    private const string Letter = """
        S: 354 go on
        C: Subject: hello
        C: 
        C: hello
        C: .

        """;

    [Fact]
    public async Task A_break_before_the_end_of_the_data_is_safe_to_try_again()
    {
        await using var server = new ScriptedServer(UpToData + "X:");
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Theory]
    [InlineData("X:")]
    [InlineData("S: nonsense")]
    [InlineData("S: 354 still going on")]
    public async Task Without_a_reply_to_the_end_of_the_data_the_outcome_is_uncertain(string end)
    {
        await using var server = new ScriptedServer(UpToData + Letter + end);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Uncertain>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_never_answers_the_end_of_the_data_leaves_the_outcome_uncertain()
    {
        var time = new ManualTime();
        var waiting = new TaskCompletionSource();
        await using var server = new ScriptedServer(UpToData + Letter + "A:\nC: (closed)", waiting.SetResult);
        await using var client = Client(server.Endpoint, time: time);

        var sending = client.SendAsync();
        await waiting.Task.WaitAsync(TimeSpan.FromMinutes(1));
        // The client may still be on its way from the write to the read, so the clock moves until it has heard.
        await time.AdvanceUntilAsync(sending, TimeSpan.FromMinutes(10));
        Assert.IsType<SendResult.Uncertain>(await sending);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Cancelled_before_the_data_the_connection_is_dropped()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(UpToData + "A:\nC: (closed)", stop.Cancel);
        await using var client = Client(server.Endpoint);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(Hello, stop.Token));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Cancelled_within_the_data_the_message_never_ends()
    {
        // More than all socket buffers hold, so that the client is still writing when the server's side cancels it.
        var huge = new string('x', 64 * 1024 * 1024);
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(UpToData + "S: 354 go on\nA:\nE:", stop.Cancel);
        await using var client = Client(server.Endpoint);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(huge, stop.Token));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Cancelled_after_the_end_of_the_data_the_reply_still_counts()
    {
        var time = new ManualTime();
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(
            UpToData + Letter + "A:\nS: 250 ok",
            () =>
            {
                stop.Cancel();
                time.Advance(TimeSpan.FromSeconds(9));
            });
        await using var client = Client(server.Endpoint, time: time);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync(Hello, stop.Token));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Cancelled_after_the_end_of_the_data_nobody_waits_for_ever()
    {
        var time = new ManualTime();
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(
            UpToData + Letter + "A:\nC: (closed)",
            () =>
            {
                stop.Cancel();
                time.Advance(TimeSpan.FromSeconds(10));
            });
        await using var client = Client(server.Endpoint, time: time);

        Assert.IsType<SendResult.Uncertain>(await client.SendAsync(Hello, stop.Token));
        await server.PlayedAsync();
    }
}
