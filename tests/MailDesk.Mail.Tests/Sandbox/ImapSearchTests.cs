namespace MailDesk.Mail.Tests.Sandbox;

public sealed class ImapSearchTests
{
    [Theory]
    [InlineData("ALL", "1 2 3")]
    [InlineData("2:*", "2 3")]
    [InlineData("UID 3,1", "1 3")]
    [InlineData("SEEN", "1")]
    [InlineData("UNSEEN", "2 3")]
    [InlineData("KEYWORD $Junk", "2")]
    [InlineData("UNKEYWORD $junk", "1 3")]
    [InlineData("NEW", "2 3")]
    [InlineData("FROM anna", "1 3")]
    [InlineData("TO \"info@\"", "2")]
    [InlineData("CC boss", "3")]
    [InlineData("SUBJECT printer", "1")]
    [InlineData("BODY smoke", "2")]
    [InlineData("TEXT printer", "1 2")]
    [InlineData("HEADER X-Kind alarm", "2")]
    [InlineData("HEADER X-Kind \"\"", "2")]
    [InlineData("SINCE 2-Feb-2026", "2 3")]
    [InlineData("BEFORE 2-Feb-2026", "1")]
    [InlineData("ON 2-Feb-2026", "2")]
    [InlineData("SENTON 1-Jan-2026", "1")]
    [InlineData("SENTSINCE 2-Jan-2026", "2")]
    [InlineData("SENTBEFORE 2-Jan-2026", "1")]
    [InlineData("LARGER 150", "3")]
    [InlineData("SMALLER 150", "1 2")]
    [InlineData("NOT FROM anna", "2")]
    [InlineData("OR SEEN SUBJECT fire", "1 2")]
    [InlineData("(UNSEEN FROM anna) LARGER 1", "3")]
    [InlineData("CHARSET UTF-8 SUBJECT {12+}\r\n\u00D0\u00BF\u00D1\u0080\u00D0\u00B8\u00D0\u00B2\u00D0\u0095\u00D0\u00A2", "3")]
    [InlineData("DELETED", "")]
    public async Task Each_key_finds_its_messages(string keys, string expected)
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        await imap.AppendAsync(
            "INBOX", "From: Anna <anna@client.example>\nSubject: The Printer\nDate: Thu, 1 Jan 2026 23:30:00 -0500\n\nIt jams.\n", "(\\Seen) \"01-Feb-2026 23:59:59 +0000\" ");
        await imap.AppendAsync(
            "INBOX", "From: bot@x.example\nTo: info@desk.example\nSubject: fire\nX-Kind: ALARM\nDate: 2 Jan 2026 00:00 +0000\n\nPrinter: smoke\n", "($Junk) \"02-Feb-2026 00:00:00 +0000\" ");
        await imap.AppendAsync(
            "INBOX", "From: anna@client.example\nCc: Boss <boss@client.example>\nSubject: =?utf-8?B?0J/RgNC40LLQtdGC?=\n\n" + new string('x', 100), "\"03-Feb-2026 00:00:00 +0000\" ");
        Assert.Equal($"* SEARCH {expected}".TrimEnd(), (await imap.OkAsync($"SEARCH {keys}"))[0]);
        Assert.Equal($"* SEARCH {expected}".TrimEnd(), (await imap.OkAsync($"UID SEARCH {keys}"))[0]);
    }

    [Fact]
    public async Task An_unknown_charset_is_refused_with_the_known_ones()
    {
        await using var server = await Desk.StartAsync();
        using var imap = await RawClient.ImapAsync(server.ImapPort);
        Assert.StartsWith("NO [BADCHARSET (US-ASCII UTF-8)]", await imap.RefusedAsync("SEARCH CHARSET KOI8-R TEXT x"));
    }
}
