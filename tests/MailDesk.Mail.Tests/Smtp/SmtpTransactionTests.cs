using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class SmtpTransactionTests
{
    private const string Pipelining = """
        S: 220 mx.example ESMTP
        C: EHLO desk.example
        S: 250-mx.example greets you
        S: 250-PIPELINING
        S: 250-ENHANCEDSTATUSCODES
        S: 250 8BITMIME

        """;

    private const string Plain = """
        S: 220 mx.example ESMTP
        C: EHLO desk.example
        S: 250 mx.example

        """;

    [Fact]
    public async Task The_envelope_leaves_in_one_flight_where_the_server_pipelines()
    {
        // The server stays silent until it has all three commands.
        await using var server = new ScriptedServer(Pipelining + """
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<anna@client.example>
            C: DATA
            S: 250 2.1.0 Ok
            S: 250 2.1.5 Ok
            S: 354 go on
            C: Subject: hello
            C: 
            C: hello
            C: .
            S: 250 2.0.0 queued as 4711
            C: QUIT
            S: 221 bye
            C: (closed)
            """);
        await using (var client = Client(server.Endpoint))
        {
            var accepted = Assert.IsType<SendResult.Accepted>(await client.SendAsync());
            Assert.Equal(new SmtpReply(250, "2.0.0", "queued as 4711"), accepted.Reply);
            Assert.Empty(accepted.RefusedRecipients);
        }

        await server.PlayedAsync();
    }

    [Fact]
    public async Task Without_pipelining_every_command_waits_for_its_reply()
    {
        await using var server = new ScriptedServer(Plain + """
            C: MAIL FROM:<support@desk.example>
            S: 452-4.3.1 our disk
            S: 452-4.3.1 is full,
            S: 452 come back
            C: RSET
            S: 250 ok
            C: MAIL FROM:<support@desk.example>
            S: 250 ok
            C: RCPT TO:<anna@client.example>
            S: 550 5.1.1 no such user
            C: RSET
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        // A command sent ahead would come where the script has RSET.
        var first = Assert.IsType<SendResult.Refused>(await client.SendAsync());
        Assert.Equal(new SmtpReply(452, "4.3.1", "our disk is full, come back"), first.Reply);
        Assert.False(first.Reply.IsPermanent);
        var second = Assert.IsType<SendResult.Refused>(await client.SendAsync());
        Assert.Equal(new SmtpReply(550, "5.1.1", "no such user"), second.Reply);
        Assert.True(second.Reply.IsPermanent);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Each_recipient_has_its_own_reply()
    {
        await using var server = new ScriptedServer(Pipelining + """
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<anna@client.example>
            C: RCPT TO:<gone@client.example>
            C: RCPT TO:<full@client.example>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 550 5.1.1 gone
            S: 452 4.2.2 full
            S: 354 go on
            C: Subject: hello
            C: 
            C: hello
            C: .
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        var accepted = Assert.IsType<SendResult.Accepted>(
            await client.SendAsync(to: ["anna@client.example", "not an address", "gone@client.example", "full@client.example"]));

        Assert.Equal(
            [("not an address", 553), ("gone@client.example", 550), ("full@client.example", 452)],
            accepted.RefusedRecipients.Select(r => (r.Address, r.Reply.Code)));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task When_everyone_is_refused_a_temporary_refusal_speaks_for_all_and_no_data_goes_out()
    {
        await using var server = new ScriptedServer(Pipelining + """
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<gone@client.example>
            C: RCPT TO:<full@client.example>
            C: RCPT TO:<left@client.example>
            C: DATA
            S: 250 ok
            S: 550 5.1.1 gone
            S: 452 4.2.2 full
            S: 550 5.1.1 left
            S: 554 5.5.1 no valid recipients
            C: RSET
            S: 250 ok
            C: MAIL FROM:<>
            C: RCPT TO:<anna@client.example>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go on
            C: Subject: hello
            C: 
            C: hello
            C: .
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        var refused = Assert.IsType<SendResult.Refused>(await client.SendAsync(to: ["gone@client.example", "full@client.example", "left@client.example"]));
        Assert.Equal(452, refused.Reply.Code);
        Assert.Equal([550, 452, 550], refused.RefusedRecipients.Select(r => r.Reply.Code));

        Assert.IsType<SendResult.Accepted>(await client.SendAsync(from: ""));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_asks_for_data_though_it_refused_everyone_gets_none()
    {
        // RFC 2920 §3.1
        await using var server = new ScriptedServer(Pipelining + """
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<gone@client.example>
            C: DATA
            S: 250 ok
            S: 550 5.1.1 gone
            S: 354 go on
            C: .
            S: 554 5.5.1 no valid recipients
            C: RSET
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Refused>(await client.SendAsync(to: "gone@client.example"));
        await server.PlayedAsync();
    }

    [Theory]
    [InlineData("354 go on", "554 5.7.1 spam", 554)]
    [InlineData("354 go on", "451 4.3.0 later", 451)]
    [InlineData("451 4.3.0 not now", null, 451)]
    public async Task A_refusal_at_or_after_data_is_the_result(string atData, string? atEnd, int code)
    {
        var end = atEnd is null
            ? """
              C: RSET
              S: 250 ok
              """
            : $"""
              C: Subject: hello
              C: 
              C: hello
              C: .
              S: {atEnd}
              """;
        await using var server = new ScriptedServer($"""
            {Pipelining}
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<anna@client.example>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: {atData}
            {end}
            """);
        await using var client = Client(server.Endpoint);

        Assert.Equal(code, Assert.IsType<SendResult.Refused>(await client.SendAsync()).Reply.Code);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_server_that_closes_the_channel_within_the_transaction_is_believed_at_once()
    {
        await using var server = new ScriptedServer(Pipelining + """
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<anna@client.example>
            C: DATA
            S: 250 ok
            S: 421 4.3.2 shutting down
            X:
            """);
        await using var client = Client(server.Endpoint);

        Assert.Equal(new SmtpReply(421, "4.3.2", "shutting down"), Assert.IsType<SendResult.Refused>(await client.SendAsync()).Reply);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Many_recipients_go_out_in_flights_that_fit_the_sockets_buffers()
    {
        var people = Enumerable.Range(0, 250).Select(i => $"person{i}@client.example").ToArray();
        string Rcpt(Range range) => string.Concat(people[range].Select(p => $"C: RCPT TO:<{p}>\n"));
        string Ok(int count) => string.Concat(Enumerable.Repeat("S: 250 ok\n", count));
        await using var server = new ScriptedServer(
            Pipelining + "C: MAIL FROM:<support@desk.example>\n"
            + Rcpt(..99) + Ok(100) + Rcpt(99..199) + Ok(100) + Rcpt(199..) + "C: DATA\n" + Ok(51) + """
            S: 354 go on
            C: Subject: hello
            C: 
            C: hello
            C: .
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync(to: people));
        await server.PlayedAsync();
    }
}
