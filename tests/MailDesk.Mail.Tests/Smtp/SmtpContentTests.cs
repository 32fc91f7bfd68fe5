using System.Text;
using MailDesk.Mail.Smtp;
using MailDesk.Mail.Tests.Net;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

public sealed class SmtpContentTests
{
    private static string Session(string features, string mail, string data, string recipient = "anna@client.example") => $"""
        S: 220 mx.example
        C: EHLO desk.example
        S: 250-mx.example
        {features}
        C: MAIL FROM:{mail}
        S: 250 ok
        C: RCPT TO:<{recipient}>
        S: 250 ok
        C: DATA
        S: 354 go on
        {data}
        C: .
        S: 250 ok
        """;

    private static string Greeting(string features) => $"""
        S: 220 mx.example
        C: EHLO desk.example
        {features}
        C: QUIT
        S: 221 bye
        """;

    // The script's lines must arrive ended by CRLF, so each case also shows that no CR or LF stands alone.
    [Theory]
    [InlineData("", "")]
    [InlineData("a\r\nb\r\n", "C: a\nC: b")]
    [InlineData("a\nb\n", "C: a\nC: b")]
    [InlineData("a\rb", "C: a\nC: b")]
    [InlineData("a\r\n", "C: a")]
    [InlineData("a\r", "C: a")]
    [InlineData("\r\n", "C: ")]
    [InlineData(".", "C: ..")]
    [InlineData(".\r\n.\r\n", "C: ..\nC: ..")]
    [InlineData("a\r\n.\r\nMAIL FROM:<x@y>\r\n", "C: a\nC: ..\nC: MAIL FROM:<x@y>")]
    [InlineData("a\n.\nb", "C: a\nC: ..\nC: b")]
    [InlineData("a\n.\r\nb", "C: a\nC: ..\nC: b")]
    [InlineData("a\r.\rb", "C: a\nC: ..\nC: b")]
    [InlineData("a\r\n..b\r\n.c", "C: a\nC: ...b\nC: ..c")]
    [InlineData("a\r\n\n\r.\n", "C: a\nC: \nC: \nC: ..")]
    public async Task Every_line_arrives_whole_and_none_ends_the_data(string message, string lines)
    {
        await using var server = new ScriptedServer(Session("S: 250 HELP", "<support@desk.example>", lines));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync(message));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Any_mixture_of_dots_and_line_ends_arrives_as_its_lines()
    {
        // All messages of seven characters over this alphabet, a thousand to a letter, parted by a line that is none of them.
        const string Alphabet = ".\r\na";
        var message = new StringBuilder();
        for (var n = 0; n < 1 << 14; n++)
        {
            for (var place = 0; place < 14; place += 2) message.Append(Alphabet[(n >> place) & 3]);
            message.Append("|\r\n");
        }

        var lines = message.ToString()[..^2].Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')
            .Select(line => $"C: {(line.StartsWith('.') ? "." : "")}{line}");
        await using var server = new ScriptedServer(Session("S: 250 HELP", "<support@desk.example>", string.Join('\n', lines)));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync(message.ToString()));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task The_size_is_declared_as_it_will_be_without_the_doubled_dots()
    {
        await using var server = new ScriptedServer(Session("S: 250 SIZE 1000", "<support@desk.example> SIZE=8", "C: ...\nC: ab"));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("..\nab"));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_message_over_the_servers_limit_is_not_sent()
    {
        await using var server = new ScriptedServer(Greeting("S: 250-mx\nS: 250 SIZE 100"));
        await using (var client = Client(server.Endpoint))
        {
            var refused = Assert.IsType<SendResult.Refused>(await client.SendAsync(new string('x', 99)));
            Assert.Equal((552, "5.3.4", true), (refused.Reply.Code, refused.Reply.EnhancedCode, refused.Reply.IsPermanent));
        }

        await server.PlayedAsync();
    }

    [Theory]
    [InlineData("S: 250 SIZE 0")]
    [InlineData("S: 250 SIZE")]
    [InlineData("S: 250 SIZE 99999999999999999999")]
    public async Task A_server_that_names_no_limit_gets_any_size(string feature)
    {
        await using var server = new ScriptedServer(Session(feature, "<support@desk.example> SIZE=3", "C: a"));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("a"));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Content_of_8_bits_is_announced()
    {
        await using var server = new ScriptedServer(Session("S: 250 8BITMIME", "<support@desk.example> BODY=8BITMIME", "C: привет"));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("привет"));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task Content_of_8_bits_is_not_sent_to_a_server_that_cannot_take_it()
    {
        await using var server = new ScriptedServer(Greeting("S: 250 mx"));
        await using (var client = Client(server.Endpoint))
        {
            Assert.Equal("5.6.3", Assert.IsType<SendResult.Refused>(await client.SendAsync("привет")).Reply.EnhancedCode);
        }

        await server.PlayedAsync();
    }

    [Fact]
    public async Task An_address_of_other_letters_asks_for_SMTPUTF8()
    {
        await using var server = new ScriptedServer(
            Session("S: 250 SMTPUTF8", "<support@desk.example> SMTPUTF8", "C: a", "анна@xn--e1aybc.xn--90ais"));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("a", to: "анна@тест.бел"));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_domain_of_other_letters_needs_nothing_of_the_server()
    {
        await using var server = new ScriptedServer(Session("S: 250 HELP", "<support@desk.example>", "C: a", "anna@xn--e1aybc.xn--90ais"));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("a", to: "anna@тест.бел"));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task An_address_of_other_letters_is_refused_alone_where_the_server_cannot_take_it()
    {
        await using var server = new ScriptedServer(Session("S: 250 HELP", "<support@desk.example>", "C: a"));
        await using var client = Client(server.Endpoint);

        var accepted = Assert.IsType<SendResult.Accepted>(await client.SendAsync("a", to: ["анна@client.example", "anna@client.example"]));
        Assert.Equal("5.6.7", Assert.Single(accepted.RefusedRecipients).Reply.EnhancedCode);
        await server.PlayedAsync();
    }

    [Theory]
    [InlineData("From: анна@client.example\n\nhello", "C: From: анна@client.example\nC: \nC: hello")]
    [InlineData("Subject: a\r\nTo: x@y.example,\r\n\tанна@client.example\r\n\r\n", "C: Subject: a\nC: To: x@y.example,\nC: \tанна@client.example\nC: ")]
    public async Task A_header_of_other_letters_asks_for_SMTPUTF8(string message, string lines)
    {
        await using var server = new ScriptedServer(
            Session("S: 250-8BITMIME\nS: 250 SMTPUTF8", "<support@desk.example> BODY=8BITMIME SMTPUTF8", lines));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync(message));
        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_header_of_other_letters_is_not_sent_to_a_server_that_cannot_take_it()
    {
        await using var server = new ScriptedServer(Greeting("S: 250 8BITMIME"));
        await using (var client = Client(server.Endpoint))
        {
            var refused = Assert.IsType<SendResult.Refused>(await client.SendAsync("To: анна@client.example\n\nhello")).Reply;
            Assert.Equal((true, "5.6.9"), (refused.IsPermanent, refused.EnhancedCode));
            Assert.Contains("letters outside ASCII", refused.Text, StringComparison.Ordinal);
        }

        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_return_path_of_other_letters_is_not_sent_to_a_server_that_cannot_take_it()
    {
        await using var server = new ScriptedServer(Greeting("S: 250 8BITMIME"));
        await using (var client = Client(server.Endpoint))
        {
            var refused = Assert.IsType<SendResult.Refused>(await client.SendAsync("a", from: "анна@client.example")).Reply;
            Assert.Equal((true, "5.6.7"), (refused.IsPermanent, refused.EnhancedCode));
        }

        await server.PlayedAsync();
    }

    [Fact]
    public async Task A_body_of_other_letters_asks_for_no_SMTPUTF8()
    {
        await using var server = new ScriptedServer(
            Session("S: 250-8BITMIME\nS: 250 SMTPUTF8", "<support@desk.example> BODY=8BITMIME", "C: Subject: a\nC: \nC: To: анна@client.example"));
        await using var client = Client(server.Endpoint);

        Assert.IsType<SendResult.Accepted>(await client.SendAsync("Subject: a\n\nTo: анна@client.example"));
        await server.PlayedAsync();
    }
}
