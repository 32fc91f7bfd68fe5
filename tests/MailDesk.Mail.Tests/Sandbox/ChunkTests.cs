using System.Text;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;

namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>BDAT (RFC 3030) as the sandbox takes it.</summary>
public sealed class ChunkTests
{
    [Fact]
    public async Task The_desks_own_client_hands_over_a_letter_with_dots_as_a_chunk()
    {
        await using var server = await Desk.StartAsync();
        await using var client = new SmtpClient(
            new SmtpOptions { Endpoint = new("127.0.0.1", server.SmtpPort, TlsMode.None), HeloName = "desk.example" }, TimeProvider.System);
        var envelope = new MailEnvelope("a@b.example", ["support@desk.example", "info@desk.example"]);

        for (var i = 0; i < 2; i++) // the second on the same connection
        {
            var letter = $"Subject: {i}\r\n\r\n.\r\n..\r\n.end";
            var accepted = Assert.IsType<SendResult.Accepted>(await client.SendAsync(envelope, Encoding.ASCII.GetBytes(letter), CancellationToken.None));
            Assert.StartsWith("Delivered as", accepted.Reply.Text, StringComparison.Ordinal);
            var delivered = await server.Deliveries.ReadAsync();
            Assert.EndsWith($"Subject: {i}\r\n\r\n.\r\n..\r\n.end\r\n", Encoding.ASCII.GetString(delivered.Raw.Span), StringComparison.Ordinal);
        }

        var refused = await client.SendAsync(envelope with { Recipients = ["550+data@desk.example"] }, ".\r\n"u8.ToArray(), CancellationToken.None);
        Assert.Equal(550, Assert.IsType<SendResult.Refused>(refused).Reply.Code);
        Assert.IsType<SendResult.Accepted>(await client.SendAsync(envelope, ".\r\n"u8.ToArray(), CancellationToken.None));
    }

    [Fact]
    public async Task Several_chunks_make_one_letter_wherever_they_are_cut()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync("BDAT 13\r\nSubject: cut\r");
        await smtp.ExpectAsync("250 2.0.0 13 octets");
        await smtp.SendAsync("bdat 0\r\nBDAT 9\r\n\n\r\n.\r\nQUI");
        await smtp.ExpectAsync("250 2.0.0 0 octets");
        await smtp.ExpectAsync("250 2.0.0 9 octets");
        Assert.False(server.Deliveries.TryRead(out _));
        await smtp.SendAsync("BDAT 3 last\r\nT\r\nBDAT 0 LAST\r\nNOOP\r\n");
        await smtp.ExpectAsync("250 2.0.0 Delivered");
        await smtp.ExpectAsync("503 5.5.1"); // after the last chunk there is no transaction
        await smtp.ExpectAsync("250 2.0.0 OK");
        Assert.Contains("Subject: cut\n\n.\nQUIT\n)", await server.NewestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_last_chunk_ends_the_letter()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync("BDAT 16\r\nSubject: end\r\n\r\nBDAT 0 LAST\r\n");
        await smtp.ExpectAsync("250 2.0.0 16 octets");
        await smtp.ExpectAsync("250 2.0.0 Delivered");
        Assert.Contains("Subject: end\n\n)", await server.NewestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bare_line_ends_in_a_chunk_become_CRLF()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync("BDAT 13 LAST\r\nX: y\n\n.\r.\n\rz!");
        await smtp.ExpectAsync("250 2.0.0 Delivered");
        Assert.EndsWith("X: y\r\n\r\n.\r\n.\r\n\r\nz!\r\n", Encoding.ASCII.GetString((await server.Deliveries.ReadAsync()).Raw.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DATA_and_further_recipients_have_no_place_between_chunks()
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync("BDAT 4\r\nX: yDATA\r\nRCPT TO:<info@desk.example>\r\nMAIL FROM:<a@b.example>\r\n");
        await smtp.ExpectAsync("250 2.0.0");
        for (var i = 0; i < 3; i++) await smtp.ExpectAsync("503 5.5.1");
        await smtp.SendAsync("BDAT 4 LAST\r\n\r\n\r\n"); // the transaction stands
        await smtp.ExpectAsync("250 2.0.0 Delivered");
        Assert.Equal(["support@desk.example"], (await server.Deliveries.ReadAsync()).Recipients);
    }

    [Theory]
    [InlineData("", "503 5.5.1")]
    [InlineData("MAIL FROM:<a@b.example>", "554 5.5.1")]
    public async Task A_chunk_out_of_place_is_refused_and_its_octets_are_no_commands(string before, string reply)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await RawClient.SmtpAsync(server.SmtpPort);
        if (before.Length > 0) await smtp.AskAsync(before, "250");
        await smtp.SendAsync("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
        await smtp.ExpectAsync(reply);
        await smtp.ExpectAsync("250 2.0.0 OK");
    }

    [Fact]
    public async Task The_chunks_together_keep_to_the_limit_and_a_refused_one_ends_the_transaction()
    {
        await using var server = await Desk.StartAsync(o => o with { MaxMessageBytes = 10_000 });
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync($"BDAT 6000\r\n{new string('x', 6000)}BDAT 4001\r\n{new string('x', 4001)}BDAT 4 LAST\r\nQUITDATA\r\n");
        await smtp.ExpectAsync("250 2.0.0");
        await smtp.ExpectAsync("552 5.3.4");
        await smtp.ExpectAsync("503 5.5.1 Say RSET");
        await smtp.ExpectAsync("503 5.5.1");
        await smtp.AskAsync("RSET", "250");
        await EnvelopeAsync(smtp);
        await smtp.SendAsync($"BDAT 9998 LAST\r\n{new string('x', 9998)}"); // with its line end just as many as there may be
        await smtp.ExpectAsync("250 2.0.0 Delivered");
        await EnvelopeAsync(smtp);
        await smtp.SendAsync($"BDAT 6000 LAST\r\n{new string('\n', 6000)}"); // with CRLF for each
        await smtp.ExpectAsync("552 5.3.4");
    }

    [Fact]
    public async Task A_chunk_beyond_all_limits_is_read_to_its_end_and_not_kept()
    {
        await using var server = await Desk.StartAsync(o => o with { MaxMessageBytes = 10_000 });
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync("BDAT 10000000 LAST\r\n");
        for (var i = 0; i < 100; i++) await smtp.SendAsync(new string('x', 100_000));
        await smtp.ExpectAsync("552 5.3.4");
        await smtp.AskAsync("NOOP", "250");
    }

    [Theory]
    [InlineData("BDAT")]
    [InlineData("BDAT LAST")]
    [InlineData("BDAT -1 LAST")]
    [InlineData("BDAT +5")]
    [InlineData("BDAT 0x10")]
    [InlineData("BDAT 5 FIRST")]
    [InlineData("BDAT 5 LAST LAST")]
    [InlineData("BDAT 5, LAST")]
    [InlineData("BDAT 9223372036854775808")]
    [InlineData("BDAT 99999999999999999999999999999999999999 LAST")]
    public async Task A_size_that_is_none_ends_the_connection_since_nobody_knows_where_the_chunk_ends(string command)
    {
        await using var server = await Desk.StartAsync();
        using var smtp = await BeginAsync(server.SmtpPort);
        await smtp.SendAsync($"{command}\r\nNOOP\r\n");
        await smtp.ExpectAsync("501 5.5.4");
        await smtp.ExpectAsync("(closed)");
        Assert.False(server.Deliveries.TryRead(out _));
    }

    [Theory]
    [InlineData("BDAT 100 LAST\r\nSubject: half")]
    [InlineData("BDAT 9223372036854775807 LAST\r\nSubject: half")]
    [InlineData("BDAT 15\r\nSubject: half\r\nBDAT 5 LAST\r\n")]
    public async Task A_break_in_the_middle_of_a_chunk_delivers_nothing(string octets)
    {
        var server = await Desk.StartAsync();
        await using (server)
        {
            using (var smtp = await BeginAsync(server.SmtpPort)) await smtp.SendAsync(octets);
            using var other = await BeginAsync(server.SmtpPort);
            await other.SendAsync("BDAT 18 LAST\r\nSubject: whole\r\n\r\n");
            await other.ExpectAsync("250 2.0.0 Delivered");
        }

        // Every session is over now.
        Assert.Contains("Subject: whole", Encoding.ASCII.GetString((await server.Deliveries.ReadAsync()).Raw.Span), StringComparison.Ordinal);
        Assert.False(server.Deliveries.TryRead(out _));
    }

    private static async Task<RawClient> BeginAsync(int port)
    {
        var smtp = await RawClient.SmtpAsync(port);
        await EnvelopeAsync(smtp);
        return smtp;
    }

    private static async Task EnvelopeAsync(RawClient smtp)
    {
        await smtp.AskAsync("MAIL FROM:<a@b.example>", "250");
        await smtp.AskAsync("RCPT TO:<support@desk.example>", "250");
    }
}
