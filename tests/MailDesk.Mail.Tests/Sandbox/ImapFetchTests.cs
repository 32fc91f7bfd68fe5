namespace MailDesk.Mail.Tests.Sandbox;

public sealed class ImapFetchTests
{
    private const string Message = """
        From: =?utf-8?Q?J=C3=B6rg?= <joerg@client.example>
        To: Desk <support@desk.example>, other@desk.example
        Subject: Parts
        Date: Mon, 5 Jan 2026 12:00:00 +0300
        Message-ID: <1@client.example>
        Content-Type: multipart/mixed; boundary=outer

        preamble
        --outer
        Content-Type: multipart/alternative; boundary="inner"

        --inner
        Content-Type: text/plain; charset=utf-8

        Hello.
        Bye.
        --inner
        Content-Type: text/html
        Content-Transfer-Encoding: quoted-printable

        <p>Hello=21</p>
        --inner--
        --outer
        Content-Type: message/rfc822
        Content-Disposition: attachment; filename="old mail.eml"

        From: old@client.example
        Subject: Old
        Content-Type: text/plain

        Long ago.
        --outer--
        epilogue

        """;

    [Theory]
    [InlineData("BODY.PEEK[1]", "--inner\nContent-Type: text/plain; charset=utf-8\n\nHello.\nBye.\n--inner\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>Hello=21</p>\n--inner--")]
    [InlineData("BODY.PEEK[1.1]", "Hello.\nBye.")]
    [InlineData("BODY.PEEK[1.1]<3.5>", "lo.\n")]
    [InlineData("BODY.PEEK[1.1]<99.4>", "")]
    [InlineData("BODY.PEEK[1.1.MIME]", "Content-Type: text/plain; charset=utf-8\n\n")]
    [InlineData("BODY.PEEK[1.2]", "<p>Hello=21</p>")]
    [InlineData("BODY.PEEK[2]", "From: old@client.example\nSubject: Old\nContent-Type: text/plain\n\nLong ago.")]
    [InlineData("BODY.PEEK[2.HEADER]", "From: old@client.example\nSubject: Old\nContent-Type: text/plain\n\n")]
    [InlineData("BODY.PEEK[2.TEXT]", "Long ago.")]
    [InlineData("BODY.PEEK[2.1]", "Long ago.")]
    [InlineData("BODY.PEEK[2.HEADER.FIELDS (subject)]", "Subject: Old\n\n")]
    [InlineData("BODY.PEEK[HEADER.FIELDS (SUBJECT \"x-none\" message-id)]", "Subject: Parts\nMessage-ID: <1@client.example>\n\n")]
    [InlineData("BODY.PEEK[HEADER.FIELDS.NOT (From To Content-Type Date)]", "Subject: Parts\nMessage-ID: <1@client.example>\n\n")]
    [InlineData("BODY.PEEK[3]", null)]
    [InlineData("BODY.PEEK[1.1.1]", null)]
    [InlineData("BODY.PEEK[1.HEADER]", null)]
    public async Task Each_section_is_the_octets_that_were_sent(string item, string? expected)
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", Message);
        var answer = string.Join("\r\n", await imap.OkAsync($"FETCH 1 {item}"));
        var octets = expected?.ReplaceLineEndings("\r\n");
        Assert.Contains(octets is null ? " NIL)\r\nOK" : $" {{{octets.Length}}}\r\n{octets})\r\nOK", answer);
        Assert.DoesNotContain("\\Seen", string.Concat(await imap.OkAsync("FETCH 1 FLAGS")));
    }

    [Fact]
    public async Task The_whole_message_is_unchanged_and_marked_as_seen()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", Message);
        var length = Message.ReplaceLineEndings("\r\n").Length;
        var answer = string.Join('\n', await imap.OkAsync("UID FETCH 1 (RFC822.SIZE BODY[])"));
        Assert.StartsWith($"* 1 FETCH (UID 1 RFC822.SIZE {length} BODY[] {{{length}}}\n{Message.ReplaceLineEndings("\n")} FLAGS (\\Seen \\Recent))\nOK", answer);
        var header = Message.ReplaceLineEndings("\r\n").IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        Assert.StartsWith($"* 1 FETCH (RFC822.HEADER {{{header}}}", (await imap.OkAsync("FETCH 1 RFC822.HEADER"))[0]);
        Assert.StartsWith($"* 1 FETCH (RFC822.TEXT {{{length - header}}}", (await imap.OkAsync("FETCH 1 (RFC822.TEXT)"))[0]);
    }

    [Fact]
    public async Task The_envelope_is_as_the_standard_has_it()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", Message);
        const string From = "((\"=?utf-8?B?SsO2cmc=?=\" NIL \"joerg\" \"client.example\"))";
        Assert.Equal(
            $"* 1 FETCH (ENVELOPE (\"Mon, 5 Jan 2026 12:00:00 +0300\" \"Parts\" {From} {From} {From} "
                + "((\"Desk\" NIL \"support\" \"desk.example\")(NIL NIL \"other\" \"desk.example\")) NIL NIL NIL \"<1@client.example>\"))",
            (await imap.OkAsync("FETCH 1 ENVELOPE"))[0]);
    }

    [Fact]
    public async Task The_body_structure_is_as_the_standard_has_it()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", Message);
        const string Old = "((NIL NIL \"old\" \"client.example\"))";
        const string OldEnvelope = $"(NIL \"Old\" {Old} {Old} {Old} NIL NIL NIL NIL NIL)";
        Assert.Equal(
            "* 1 FETCH (BODYSTRUCTURE (((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 12 1 NIL NIL NIL NIL)"
                + "(\"text\" \"html\" NIL NIL NIL \"quoted-printable\" 15 0 NIL NIL NIL NIL) \"alternative\" (\"boundary\" \"inner\") NIL NIL NIL)"
                + $"(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 77 {OldEnvelope} (\"text\" \"plain\" NIL NIL NIL \"7bit\" 9 0 NIL NIL NIL NIL) 4"
                + " NIL (\"attachment\" (\"filename\" \"old mail.eml\")) NIL NIL) \"mixed\" (\"boundary\" \"outer\") NIL NIL NIL))",
            (await imap.OkAsync("FETCH 1 BODYSTRUCTURE"))[0]);
        Assert.StartsWith("* 1 FETCH (BODY (((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"7bit\" 12 1)", (await imap.OkAsync("FETCH 1 BODY"))[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("no header at all")]
    [InlineData("Content-Type: multipart/mixed\n\nno boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\n--x--\n")]
    [InlineData("Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n")]
    [InlineData("From: \"\\\"quoted\\\\\" <x@y>\nSubject: {5}\n\n")]
    public async Task Odd_messages_have_every_attribute_too(string message)
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", message + " ");
        await imap.OkAsync("FETCH 1 FULL");
        await imap.OkAsync("FETCH 1 (BODYSTRUCTURE BODY.PEEK[1] BODY.PEEK[1.1] BODY.PEEK[1.MIME] BODY.PEEK[HEADER] BODY.PEEK[TEXT])");
    }

    [Fact]
    public async Task Messages_within_messages_without_end_cost_little()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync("INBOX", string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 5000)));
        Assert.Contains("octet-stream", (await imap.OkAsync("FETCH 1 BODYSTRUCTURE"))[0]);
    }
}
