namespace MailDesk.Templates.Tests;

public sealed class EscapingTests
{
    private const string Escaped = "&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;";

    [Theory]
    [InlineData("<i>{{ markup }}</i>", "<i>" + Escaped + "</i>")]
    [InlineData("{{ '<br>' }}", "&lt;br&gt;")]
    [InlineData("{{ markup | raw }}", "<b>A & \"B\"</b>")]
    [InlineData("{{ raw markup | string.size }}", "14")]
    [InlineData("{{ markup | html.escape }}", Escaped)]
    [InlineData("{{ markup | html.escape | html.escape }}", Escaped)]
    [InlineData("{{ lines | html.newline_to_br }}", "one<br />\n&lt;two&gt;")]
    [InlineData("{{ capture c }}<p>{{ markup }}</p>{{ end }}{{ c }}", "<p>" + Escaped + "</p>")]
    [InlineData("{{ capture c }}<p>{{ end }}{{ c + '<' }}", "<p>&lt;")]
    [InlineData("{{ capture c }} <p> {{ end }}{{ c | string.strip }}", "<p>")]
    [InlineData("{{ capture c }}<p>{{ end }}{{ c | string.downcase }}", "&lt;p&gt;")]
    [InlineData("{{ c = raw '<p>' }}{{ c * 2 }}", "<p><p>")]
    [InlineData("{{ [markup] }}", "[&quot;&lt;b&gt;A &amp; \\&quot;B\\&quot;&lt;/b&gt;&quot;]")]
    [InlineData("{{ include 'part' markup }}", "<u>" + Escaped + "</u>")]
    [InlineData("{{ x = include 'part' '&'; x }}", "<u>&amp;</u>")]
    public void In_html_a_value_is_escaped_once(string template, string expected) =>
        Assert.Equal(expected, Letter.Render(template, Letter.Html, ("part", "<u>{{ $1 }}</u>")));

    [Fact]
    public void In_text_nothing_is_escaped_but_what_asks_for_it()
    {
        Assert.Equal("<b>A & \"B\"</b>", Letter.Render("{{ markup }}"));
        Assert.Equal("<b>A & \"B\"</b>", Letter.Render("{{ markup | raw }}"));
        Assert.Equal(Escaped, Letter.Render("{{ markup | html.escape }}"));
        Assert.Equal("one<br />\n<two>", Letter.Render("{{ lines | html.newline_to_br }}"));
    }
}
