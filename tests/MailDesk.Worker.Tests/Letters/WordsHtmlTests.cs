using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class WordsHtmlTests
{
    [Theory]
    [InlineData("a\r\nb\rc\nd", "a<br>b<br>c<br>d")]
    [InlineData("\n\n  code\n\n", "  code")]
    [InlineData("1 < 2 && \"x\" 'y'", "1 &lt; 2 &amp;&amp; &quot;x&quot; &#39;y&#39;")]
    [InlineData("bell\a and\tnull\0", "bell and\tnull")]
    [InlineData("", "")]
    public void Text_is_shown_as_it_is(string text, string html) => Assert.Equal(html, WordsHtml.Of(text));

    [Theory]
    [InlineData("см. https://a.example/b?c=1&d=2.", "см. <a href=\"https://a.example/b?c=1&amp;d=2\">https://a.example/b?c=1&amp;d=2</a>.")]
    [InlineData("(HTTP://A.example)", "(<a href=\"HTTP://A.example\">HTTP://A.example</a>)")]
    [InlineData("https://a.example/\"onclick=\"x", "<a href=\"https://a.example/\">https://a.example/</a>&quot;onclick=&quot;x")]
    [InlineData("https://a.example/'x' y", "<a href=\"https://a.example/&#39;x\">https://a.example/&#39;x</a>&#39; y")]
    [InlineData("javascript:alert(1) data:text/html,x", "javascript:alert(1) data:text/html,x")]
    public void Web_addresses_can_be_clicked_and_nothing_else(string text, string html) =>
        Assert.Equal(html, WordsHtml.Of(text));
}
