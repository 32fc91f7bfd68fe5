using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Text;

public sealed class MetaCharsetTests
{
    static MetaCharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("<meta charset=koi8-r>", "koi8-r")]
    [InlineData("<html><head>\n<META CHARSET = 'windows-1251' />", "windows-1251")]
    [InlineData("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-5\">", "iso-8859-5")]
    [InlineData("<meta name=viewport content=x><meta charset=\"cp866\">", "cp866")]
    public void Html_without_a_charset_is_read_by_what_it_says_itself(string head, string charset) =>
        Assert.Equal($"{head}Да", Parse("text/html", head + "Да", charset).HtmlBody);

    [Theory]
    [InlineData("text/html; charset=windows-1251", "<meta charset=koi8-r>", "windows-1251")] // the header is nearer to the wire
    [InlineData("text/html; charset=us-ascii", "<meta charset=koi8-r>", "koi8-r")]
    [InlineData("text/html", "<meta charset=koi8-r>", "utf-8")] // the octets know better
    [InlineData("text/html", "<meta charset=utf-16>", "utf-8")]
    [InlineData("text/html", "<meta charset=no-such-charset>", "utf-8")]
    [InlineData("text/html", "<p charset=koi8-r>", "utf-8")]
    public void A_header_and_the_octets_are_believed_first(string type, string head, string charset)
    {
        const string text = "Добрый день, коллеги, всё в порядке";
        Assert.Equal(head + text, Parse(type, head + text, charset).HtmlBody);
    }

    [Fact]
    public void Plain_text_that_speaks_of_charsets_is_no_html() =>
        Assert.Equal("<meta charset=koi8-r>Да, всё хорошо, спасибо", Parse("text/plain", "<meta charset=koi8-r>Да, всё хорошо, спасибо", "windows-1251").TextBody);

    [Theory]
    [InlineData("<meta charset")]
    [InlineData("<meta charset=")]
    [InlineData("<meta charset=\"")]
    public void What_breaks_off_names_none(string html) => Assert.Equal(html, Parse("text/html", html, "utf-8").HtmlBody);

    private static MailMessage Parse(string type, string content, string charset) => MimeParser.Parse(
        (byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: {type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"), .. Encoding.GetEncoding(charset).GetBytes(content)]);
}
