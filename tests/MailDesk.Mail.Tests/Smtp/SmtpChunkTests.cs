using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

/// <summary>BDAT (RFC 3030).</summary>
public sealed class SmtpChunkTests
{
    private const string Chunking = """
        S: 220 mx.example
        C: EHLO desk.example
        S: 250-mx.example
        S: 250 CHUNKING

        """;

    private const string Both = """
        S: 220 mx.example
        C: EHLO desk.example
        S: 250-mx.example
        S: 250-PIPELINING
        S: 250 CHUNKING

        """;

    private const string Envelope = """
        C: MAIL FROM:<support@desk.example>
        S: 250 ok
        C: RCPT TO:<anna@client.example>
        S: 250 ok

        """;

    [Fact]
    public async Task Without_pipelining_a_chunk_saves_the_wait_for_DATA()
    {
        await using var server = new ScriptedServer(Chunking + Envelope + """
            C: BDAT 25 LAST
            C: Subject: hello
            C: 
            C: hello
            S: 250 2.0.0 taken
            """);
        await using var client = Client(server.Endpoint);

        Assert.Equal("taken", Assert.IsType<SendResult.Accepted>(await client.SendAsync()).Reply.Text);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Dots_stay_as_they_are_in_a_chunk_and_line_ends_become_CRLF()
    {
        await using var server = new ScriptedServer(Both + """
            C: MAIL FROM:<support@desk.example>
            C: RCPT TO:<anna@client.example>
            S: 250 ok
            S: 250 ok
            C: BDAT 16 LAST
            C: 
            C: .
            C: ..
            C: .a
            C: b
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("\n.\n..\r.a\r\nb"));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task With_pipelining_and_without_dots_DATA_costs_nothing_more()
    {
        await using var server = new ScriptedServer(Both + """
            C: MAIL FROM:<support@desk.example>
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

        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_refused_chunk_leaves_the_connection_clean_for_the_next_letter()
    {
        const string Chunk = """
            C: BDAT 25 LAST
            C: Subject: hello
            C: 
            C: hello

            """;
        await using var server = new ScriptedServer(
            Chunking + Envelope + Chunk + "S: 554 5.7.1 spam\nC: RSET\nS: 250 ok\n" + Envelope + Chunk + "S: 250 ok");
        await using var client = Client(server.Endpoint);

        Assert.Equal("5.7.1", Assert.IsType<SendResult.Refused>(await client.SendAsync()).Reply.EnhancedCode);
        Assert.IsType<SendResult.Accepted>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Who_was_refused_is_told_and_the_last_recipient_is_always_asked()
    {
        await using var server = new ScriptedServer(Chunking + """
            C: MAIL FROM:<support@desk.example>
            S: 250 ok
            C: RCPT TO:<nobody@client.example>
            S: 550 5.1.1 unknown
            C: RCPT TO:<anna@client.example>
            S: 250 ok
            C: BDAT 25 LAST
            C: Subject: hello
            C: 
            C: hello
            S: 250 ok
            C: MAIL FROM:<support@desk.example>
            S: 250 ok
            C: RCPT TO:<nobody@client.example>
            S: 550 5.1.1 unknown
            C: RSET
            S: 250 ok
            """);
        await using var client = Client(server.Endpoint);

        var some = Assert.IsType<SendResult.Accepted>(await client.SendAsync(to: ["nobody@client.example", "anna@client.example"]));
        Assert.Equal("nobody@client.example", Assert.Single(some.RefusedRecipients).Address);
        Assert.Equal("5.1.1", Assert.IsType<SendResult.Refused>(await client.SendAsync(to: "nobody@client.example")).Reply.EnhancedCode);
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_chunk_without_a_reply_is_uncertain()
    {
        await using var server = new ScriptedServer(Chunking + Envelope + "C: BDAT 25 LAST\nC: Subject: hello\nC: \nC: hello\nX:");
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Uncertain>(await client.SendAsync());
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_large_chunk_that_breaks_off_has_not_been_handed_over()
    {
        await using var server = new ScriptedServer(Chunking + Envelope + "C: BDAT 67108866 LAST\nX:");
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Unreachable>(await client.SendAsync(new string('x', 64 * 1024 * 1024)));
        await server.PlayedAsync();
    }
}
