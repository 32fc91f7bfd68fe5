namespace MailDesk.Mail.Tests.Mime;

public sealed class DamagedContentTests
{
    private static string? TextOf(string encoding, string content, string lineEnd) => MailDesk.Mail.Mime.MimeParser.Parse(System.Text.Encoding.UTF8.GetBytes(
        $"Content-Transfer-Encoding: {encoding}\n\n{content}".Replace("\n", lineEnd, StringComparison.Ordinal))).TextBody?.ReplaceLineEndings("\n");

    [Theory]
    [InlineData("SGVsbG8h", "Hello!")]
    [InlineData("SGVsbG8hIQ", "Hello!!")] // no padding
    [InlineData("> SGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8g\n> SGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8gSGVsbG8g\n> SGVsbG8h", "Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello Hello!")]
    [InlineData("SGVsbG8hIQ==\n-- \nSent by a gateway", "Hello!!")]
    [InlineData("SGVsbG8hIQ==\n\n--cut-->\nSent by a gateway", "Hello!!")]
    [InlineData("SGVsbG8hIQ== ignored", "Hello!!")]
    [InlineData("Only words, but the label says otherwise.\nBye", "Only words, but the label says otherwise.\nBye")]
    [InlineData("ploozdect nispplul swunkglap zarplontruskdremp fruftsist", "ploozdect nispplul swunkglap zarplontruskdremp fruftsist")]
    [InlineData("Сами слова", "Сами слова")]
    [InlineData("", "")]
    public void Base64_is_decoded_as_far_as_it_goes_and_words_stay_words(string content, string text)
    {
        Assert.Equal(text, TextOf("base64", content, "\n"));
        Assert.Equal(text, TextOf("base64", content, "\r\n"));
    }

    [Fact]
    public void Lines_that_end_twice_are_no_empty_lines() => Assert.Equal("one\ntwo\n\nthree", TextOf("8bit", "one\ntwo\n\nthree", "\r\r\n"));

    [Theory]
    [InlineData("\\")]
    [InlineData("¥")]
    public void Uuencoded_backslashes_may_have_become_yen_signs(string backslash) =>
        Assert.Equal("one, two|", TextOf("x-uuencode", $"begin 644 a\n);VYE+\"!T=V]{backslash}\n`\nend\n", "\r\n"));
}
