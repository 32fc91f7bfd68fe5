using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using static MailDesk.Mail.Tests.Smtp.Letters;

namespace MailDesk.Mail.Tests.Smtp;

/// <summary>Nobody listens at the endpoint: what is refused here was refused before a connection was tried.</summary>
public sealed class SmtpAddressTests
{
    private static readonly MailEndpoint Nowhere = new("127.0.0.1", 1, TlsMode.None);

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@client.example")]
    [InlineData("anna@")]
    [InlineData("anna@client.example\r\nDATA")]
    [InlineData("anna@client.example\n")]
    [InlineData("an\rna@client.example")]
    [InlineData("an\0na@client.example")]
    [InlineData("anna@client.example> SIZE=1")]
    [InlineData("<anna@client.example>")]
    [InlineData("anna boris@client.example")]
    [InlineData("anna@client.example boris@client.example")]
    [InlineData("anna@client.example,boris@client.example")]
    [InlineData("@relay.example:anna@client.example")]
    [InlineData("anna@client@example")]
    [InlineData("anna@cli\u00a0ent.example")]
    [InlineData("an\u200bна@client.example")]
    [InlineData("an\u2028на@client.example")]
    [InlineData("an\ud800на@client.example")]
    [InlineData("\"anna boris\"@client.example")]
    [InlineData("\"anna\"boris\"@client.example")]
    [InlineData("\"anna\\\"@client.example")]
    [InlineData("\"<anna>\"@client.example")]
    [InlineData("anna@[]")]
    [InlineData("anna@[192.0.2.1")]
    [InlineData("anna@..бел")]
    public async Task An_address_that_could_break_the_protocol_is_refused(string address)
    {
        await using var client = Client(Nowhere);

        var refused = Assert.IsType<SendResult.Refused>(await client.SendAsync(to: address));
        Assert.Equal((553, "5.1.3"), (refused.Reply.Code, refused.Reply.EnhancedCode));
        if (address.Length > 0)
        {
            Assert.Equal("5.1.7", Assert.IsType<SendResult.Refused>(await client.SendAsync(from: address)).Reply.EnhancedCode);
        }
    }

    [Theory]
    [InlineData("support+1042.b3v9@desk.example")]
    [InlineData("o'neil/dept=a@client.example")]
    [InlineData("..dots..@docomo.example")]
    [InlineData("\"quoted@local\"@client.example")]
    [InlineData("\"quo\\\"ted\"@client.example")]
    [InlineData("anna@[192.0.2.1]")]
    [InlineData("anna@[IPv6:2001:db8::1]")]
    [InlineData("анна@тест.бел")]
    [InlineData("😀@client.example")]
    public async Task An_address_that_is_merely_unusual_is_tried(string address)
    {
        await using var client = Client(Nowhere);

        Assert.IsType<SendResult.Unreachable>(await client.SendAsync(to: address));
    }

    [Fact]
    public async Task An_address_longer_than_a_path_may_be_is_refused()
    {
        await using var client = Client(Nowhere);

        Assert.IsType<SendResult.Unreachable>(await client.SendAsync(to: new string('a', 239) + "@client.example"));
        Assert.IsType<SendResult.Refused>(await client.SendAsync(to: new string('a', 240) + "@client.example"));
    }

    [Fact]
    public async Task A_letter_to_nobody_is_refused()
    {
        await using var client = Client(Nowhere);

        var refused = await client.SendAsync(new MailEnvelope("support@desk.example", []), default, CancellationToken.None);
        Assert.Equal("5.5.1", Assert.IsType<SendResult.Refused>(refused).Reply.EnhancedCode);
    }
}
