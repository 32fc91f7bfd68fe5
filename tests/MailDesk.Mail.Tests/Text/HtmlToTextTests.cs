using System.Globalization;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class HtmlToTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("One<br>two<br/>three<BR>", "One\ntwo\nthree")]
    [InlineData("<div>One</div><div>Two</div>", "One\nTwo")]
    [InlineData("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo")]
    [InlineData("One<br><br><br><br>two", "One\n\ntwo")]
    [InlineData("  one \r\n  two\t three ", "one two three")]
    [InlineData("<b>bo</b>ld <i>word</i>s", "bold words")]
    [InlineData("<h1>Title</h1>text", "Title\n\ntext")]
    [InlineData("a<hr>b", "a\n---\nb")]
    [InlineData("", "")]
    public void Blocks_and_breaks_become_lines(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "- one\n- two")]
    [InlineData("<ul><li>one<li>two</ul>after", "- one\n- two\n\nafter")]
    [InlineData("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two")]
    [InlineData("<ol start=5><li>five</li><li value=9>nine</li><li>ten</li></ol>", "5. five\n9. nine\n10. ten")]
    [InlineData("<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>", "- one\n  - inner\n- two")]
    [InlineData("<ol><li>one<br>more<ol><li>inner</li></ol></li></ol>", "1. one\n   more\n   1. inner")]
    [InlineData("<ul><li><p>one</p></li><li><p>two</p></li></ul>", "- one\n\n- two")]
    public void Lists_are_marked_and_indented(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<table><tr><td>Server</td><td>Down</td></tr><tr><td>Mail</td><td>Up</td></tr></table>", "Server  Down\nMail  Up")]
    [InlineData("<table><tr><th>Name:</th><td>Anna</td></tr><tr><td>City:</td><td>Minsk</td></tr></table>", "Name: Anna\nCity: Minsk")]
    [InlineData("<table><tr><td>a</td><td>b:</td><td>c</td></tr></table>", "a  b:  c")]
    [InlineData("<table><tbody><tr><td><p class=MsoNormal>a</p></td><td><p class=MsoNormal>b</p></td></tr></table>", "a  b")]
    [InlineData("<table role=presentation><tr><td>one</td><td>two</td></tr></table>", "one\ntwo")]
    [InlineData("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>", "a  b\nc")]
    [InlineData("<table><tr><td><p>one</p><p>two</p></td></tr></table>", "one\n\ntwo")]
    [InlineData("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a  b\nc  d")]
    public void Tables_of_data_become_rows_and_tables_of_layout_become_blocks(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<pre>a  b\n  c</pre>", "a  b\n  c")]
    [InlineData("<pre>\nfirst\n\nsecond</pre>", "first\n\nsecond")]
    [InlineData("<div style='white-space: pre-wrap'>a  b\nc</div>", "a  b\nc")]
    [InlineData("<pre>\tx</pre>", "\tx")]
    public void Preformatted_text_keeps_its_spaces(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("Hi<blockquote>quoted<br>twice</blockquote>answer", "Hi\n\n> quoted\n> twice\n\nanswer")]
    [InlineData("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b")]
    [InlineData("<blockquote style=\"margin:0 0 0 40px; border: none; padding:0px\">indented</blockquote>", "indented")]
    public void Quotations_are_marked(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<a href='https://example.org/x'>the page</a>", "the page <https://example.org/x>")]
    [InlineData("<a href='https://example.org/'>https://example.org</a>", "https://example.org")]
    [InlineData("<a href='https://www.example.org/'>example.org</a>", "example.org")]
    [InlineData("<a href='mailto:anna@example.org?subject=Hi'>anna@example.org</a>", "anna@example.org")]
    [InlineData("<a href='mailto:anna@example.org?subject=Hi'>Anna</a>", "Anna <anna@example.org>")]
    [InlineData("<a href='#top'>up</a> <a href='javascript:alert(1)'>x</a> <a href='tel:+375'>call</a>", "up x call")]
    [InlineData("<a href='https://example.org/'><img src=x></a>text", "text")]
    [InlineData("<a href='https://example.org/'><img alt='Pay now'></a>", "[Pay now] <https://example.org/>")]
    [InlineData("<a href='https://a.example/'>a <a href='https://b.example/'>b</a>", "a <https://a.example/> b <https://b.example/>")]
    public void Links_show_their_address_unless_the_text_does(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<img alt='Diagram of the network'>", "[Diagram of the network]")]
    [InlineData("<img alt='image001.png'>x", "x")]
    [InlineData("<img alt='Image'>x", "x")]
    [InlineData("<img alt=''>x", "x")]
    [InlineData("<img alt='pixel tracker' width=1 height=1>x", "x")]
    [InlineData("<img alt='A close-up of a sign Description automatically generated'>x", "x")]
    [InlineData("Hi <img alt='🙂'>", "Hi 🙂")]
    public void Images_speak_only_when_they_have_something_to_say(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<div style='display:none'>x</div>y")]
    [InlineData("<div style='DISPLAY : None !important'>x</div>y")]
    [InlineData("<div style='visibility:hidden'>x</div>y")]
    [InlineData("<span style='mso-hide:all'>x</span>y")]
    [InlineData("<span style='font-size:0px'>x</span>y")]
    [InlineData("<span hidden>x</span>y")]
    [InlineData("<style>x</style>y")]
    [InlineData("<script>document.write('<p>x</p>')</script>y")]
    [InlineData("<!-- x --><!--[if mso]>x<![endif]-->y")]
    [InlineData("<html><head><title>x</title><style>x</style></head><body>y</body></html>")]
    [InlineData("<table><tr style='display:none'><td>x</td><td>x</td></tr></table>y")]
    [InlineData("<ul><li style='display:none'>x</li></ul>y")]
    [InlineData("<xml><o:PixelsPerInch>x</o:PixelsPerInch></xml>y")]
    public void Hidden_text_is_not_read(string html) => Assert.Equal("y", HtmlToText.Convert(html));

    [Fact]
    public void Text_that_becomes_visible_again_is_read() =>
        Assert.Equal("y", HtmlToText.Convert("<td style='font-size:0px'>x<div style='font-size:13px'>y</div></td>"));

    [Theory]
    [InlineData("<p class=MsoNormal>One<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Two<o:p></o:p></p>", "One\n\nTwo")]
    [InlineData("<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>", "One\nTwo")]
    [InlineData("<p class=\"MsoListParagraph\">1.&nbsp;&nbsp;&nbsp; One</p>", "1.    One")]
    public void Outlooks_paragraphs_are_lines(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("a&nbsp;b &lt;c&gt; &amp; &quot;d&quot; &#1055;&#x43F; &hellip;", "a b <c> & \"d\" Пп …")]
    [InlineData("in\u200Bvis\u00ADible\uFEFF\u200E", "invisible")]
    [InlineData("bell\u0007 and \u0001rest", "bell and rest")]
    [InlineData("family 👨\u200D👩\u200D👧", "family 👨\u200D👩\u200D👧")]
    public void Characters_are_what_a_reader_sees(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<p>One<div>Two</p>Three", "One\n\nTwo\n\nThree")]
    [InlineData("<b><p>a</b>b</p>", "ab")]
    [InlineData("</div></p></table>x", "x")]
    [InlineData("<table><tr><td>a</div></td><td>b</table>c", "a  b\nc")]
    [InlineData("<a href='x", "")]
    [InlineData("a < b and 1<2", "a < b and 1<2")]
    [InlineData("text<style>unclosed", "text")]
    [InlineData("<![CDATA[x]]>y<?php z ?>", "y")]
    public void Broken_markup_costs_no_text(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<blockquote>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<b id=1><p>")]
    [InlineData("<a href=x><div>")]
    [InlineData("<span style='color:red'>")]
    public void Nesting_without_end_neither_overflows_nor_loses_the_text(string tag)
    {
        var html = string.Concat(Enumerable.Repeat(tag, 100_000)) + "needle";
        Assert.Contains("needle", HtmlToText.Convert(html), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_input_gives_clean_lines()
    {
        string[] pieces =
        [
            "<p>", "</p>", "<div>", "</div>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "</pre>", "<blockquote>", "</blockquote>", "<br>", "<a href=http://x.y>", "</a>",
            "text ", "\n", "&nbsp;", "&", "<", "<!--", "-->", "<style>", "</style>", "\u0001", "\u200B", "<img alt=hello>", "<b style='display:none'>", "</b>", "<q>", "<ol start=-3>", "<hr>",
        ];
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = HtmlToText.Convert(html);
            Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, c => c < ' ' && c is not '\n' and not '\t');
            Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        }
    }

    [Fact]
    public void Every_kind_of_space_reads_as_one_and_nothing_invisible_stays_between_letters()
    {
        foreach (var c in Enumerable.Range(1, char.MaxValue).Select(c => (char)c).Where(c => !char.IsSurrogate(c) && c is not ('<' or '&')))
        {
            var expected = char.GetUnicodeCategory(c) switch
            {
                UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "a b",
                UnicodeCategory.Control => c is '\t' or '\n' or '\f' or '\r' ? "a b" : "ab",
                UnicodeCategory.Format when char.IsBetween(c, '\u200B', '\u206F') || c is '\u00AD' or '\u061C' or '\u180E' or '\uFEFF' => "ab",
                _ => c is '\u034F' or (>= '\u2060' and <= '\u206F') ? "ab" : $"a{c}b",
            };
            Assert.True(HtmlToText.Convert($"<p>a{c}b</p>") == expected, $"U+{(int)c:X4}");
        }
    }
}
