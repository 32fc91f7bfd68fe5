using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class SmtpConnectionReuseTests
{
    private const string Greeting = """
        S: 220 mx.example
        C: EHLO desk.example
        S: 250-mx.example
        S: 250 PIPELINING

        """;

    private const string Envelope = """
        C: MAIL FROM:<support@desk.example>
        C: RCPT TO:<anna@client.example>
        C: DATA

        """;

    private const string OneLetter = Envelope + """
        S: 250 ok
        S: 250 ok
        S: 354 go on
        C: Subject: hello
        C: 
        C: hello
        C: .
        S: 250 ok

        """;

    private const string Goodbye = """
        C: QUIT
        S: 221 bye
        C: (closed)
        """;

    [Fact]
    public async Task One_connection_carries_many_letters()
    {
        await using var server = new ScriptedServer(Greeting + OneLetter + OneLetter + OneLetter + Goodbye);
        await using (var client = Client(server.Endpoint))
        {
            for (var i = 0; i < 3; i++) Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        }

        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_in_between_is_replaced_unseen()
    {
        await using var server = new ScriptedServer(Greeting + OneLetter + "---\n" + Greeting + OneLetter);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_connection_that_was_opened_for_a_letter_it_could_not_take_is_kept_all_the_same()
    {
        await using var server = new ScriptedServer(Greeting + "---\n" + Greeting + OneLetter);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Refused>(await client.SendAsync("привет")); // no 8BITMIME
        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_says_421_to_a_kept_connection_is_called_again()
    {
        await using var server = new ScriptedServer(
            Greeting + OneLetter + "S: 421 4.4.2 timeout exceeded\n" + Envelope + "---\n" + Greeting + OneLetter);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_is_gone_for_good_is_unreachable_after_one_more_call()
    {
        await using var server = new ScriptedServer(Greeting + OneLetter + "---\nX:");
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_break_after_the_server_accepted_something_is_left_to_the_caller()
    {
        // A silent retry would be served, and accepted.
        await using var server = new ScriptedServer(Greeting + OneLetter + Envelope + "S: 250 ok\n---\n" + Greeting + OneLetter);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
    }

    [Fact]
    public async Task A_new_connection_that_breaks_is_left_to_the_caller()
    {
        await using var server = new ScriptedServer(Greeting + Envelope + "X:");
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Unreachable>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task An_unused_connection_is_closed_in_good_order()
    {
        var time = new ManualTime();
        await using var server = new ScriptedServer(Greeting + OneLetter + Goodbye + "\n---\n" + Greeting + OneLetter);
        await using var client = Client(server.Endpoint, time: time);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Calls_at_the_same_time_take_turns()
    {
        await using var server = new ScriptedServer(Greeting + string.Concat(Enumerable.Repeat(OneLetter, 5)));
        await using var client = Client(server.Endpoint);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.SendAsync()));
        Assert.All(results, r => Assert.IsType<SendResult.Accepted>(r));
        await server.PlayedAsync();
    }
}
