using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>The octets of contents, where lines begin and end.</summary>
public sealed class OutgoingContentTests
{
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void Every_line_end_becomes_CRLF(string lineEnd)
    {
        Assert.Equal(("7bit", "a\r\n\r\nb\r\n"), OfText($"a{lineEnd}{lineEnd}b{lineEnd}"));
        Assert.Equal(("quoted-printable", "=E2=82=AC and words to make the letter long enough=20\r\nb"), OfText($"€ and words to make the letter long enough {lineEnd}b"));
        Assert.Equal(("base64", Convert.ToBase64String("ыы\r\nы"u8)), OfText($"ыы{lineEnd}ы"));
    }

    [Theory]
    [InlineData("", "7bit")]
    [InlineData("\n\r\n\r", "7bit")]
    [InlineData("\v is no line end, in a text of letters", "quoted-printable")]
    [InlineData("\U0001F600\u2028\U0001F600", "base64")]
    public void Line_ends_are_those_of_ReplaceLineEndings(string text, string encoding)
    {
        var letter = MimeParser.Parse(MessageBuilderTests.Letter(text).Build());

        Assert.Equal(encoding, letter.Headers["Content-Transfer-Encoding"]);
        Assert.Equal(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), Assert.Single(letter.Parts).Decode());
    }

    [Fact]
    public void Half_a_pair_at_the_end_of_a_line_is_replaced() =>
        Assert.Equal(("base64", Convert.ToBase64String("\uFFFD\r\n\uFFFD"u8)), OfText("\ud83d\n\ude00"));

    [Theory]
    [InlineData(74, "€", "=\r\n=E2=82=AC")]
    [InlineData(72, "€", "=E2=\r\n=82=AC")]
    [InlineData(66, "€", "=E2=82=AC")]
    [InlineData(75, "", "")]
    [InlineData(76, "", "=\r\nx", 75)]
    [InlineData(74, " ", "=\r\n=20")]
    [InlineData(72, " ", "=20")]
    [InlineData(73, " ", "=\r\n=20")]
    [InlineData(74, " y", " =\r\ny")]
    [InlineData(74, "F", "F")]
    [InlineData(0, "From here", "=46rom here")]
    [InlineData(0, ".", "=2E")]
    public void A_quoted_line_breaks_before_its_last_column(int before, string text, string written, int? kept = null)
    {
        const string First = "€: what makes this quoted-printable, and no base64\r\n";
        const string Quoted = "=E2=82=AC: what makes this quoted-printable, and no base64\r\n";

        Assert.Equal(("quoted-printable", Quoted + new string('x', kept ?? before) + written), OfText(First + new string('x', before) + text));
        Assert.Equal(("quoted-printable", Quoted + new string('x', kept ?? before) + written + "\r\n"), OfText(First + new string('x', before) + text + "\n"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(113)]
    [InlineData(114)]
    [InlineData(115)]
    [InlineData(200_000)]
    public void Files_are_written_in_lines_of_76(int length)
    {
        byte[] octets = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
        var lines = Convert.ToBase64String(octets).Chunk(76).Select(line => new string(line));

        Assert.Equal(("base64", string.Join("\r\n", lines)), OfFile("image/png", octets));
    }

    [Theory]
    [InlineData("", "7bit", "")]
    [InlineData("A: b\n\nc\r\nd", "7bit", "A: b\r\n\r\nc\r\nd")]
    [InlineData("A: ü\n", "8bit", "A: ü\r\n")]
    [InlineData("a\nb\r", "7bit", "a\r\nb")]
    [InlineData("\r", "7bit", "")]
    [InlineData("a\rb\n", "base64", "YQ1iCg==")]
    [InlineData("a\0b", "base64", "YQBi")]
    public void A_message_goes_as_it_is_where_it_can(string message, string encoding, string written) =>
        Assert.Equal((encoding, written), OfFile("message/rfc822", Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void A_boundary_is_in_no_message_that_goes_as_it_is()
    {
        var first = Build("message/rfc822", [], "a").Body.ContentType["boundary"]!;
        var second = Build("message/rfc822", Encoding.ASCII.GetBytes($"--{first}\n"), "a").Body.ContentType["boundary"]!;
        var third = Build("image/png", Encoding.ASCII.GetBytes($"--{first}\n"), "a").Body.ContentType["boundary"]!;

        Assert.NotEqual(first, second);
        Assert.Equal(first, third);
    }

    private static (string? Encoding, string Written) OfText(string text)
    {
        var raw = Encoding.UTF8.GetString(MessageBuilderTests.Letter(text).Build());
        return Written(raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)], raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    private static (string? Encoding, string Written) OfFile(string type, byte[] octets)
    {
        var raw = MessageBuilderTests.Letter("a", null, new OutgoingAttachment("a", type, octets)).Build();
        var boundary = $"\r\n--{MimeParser.Parse(raw).Body.ContentType["boundary"]}";
        var part = Encoding.UTF8.GetString(raw).Split(boundary)[^2];
        var body = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return Written(part[..body], part[(body + 4)..]);
    }

    private static (string? Encoding, string Written) Written(string headers, string body) =>
        (headers.Split("\r\n").Single(line => line.StartsWith("Content-Transfer-Encoding: ", StringComparison.Ordinal))["Content-Transfer-Encoding: ".Length..], body);

    private static MailMessage Build(string type, byte[] octets, string text) =>
        MimeParser.Parse(MessageBuilderTests.Letter(text, null, new OutgoingAttachment("a", type, octets)).Build());
}
