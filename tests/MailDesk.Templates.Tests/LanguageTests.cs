namespace MailDesk.Templates.Tests;

public sealed class LanguageTests
{
    /// <summary>Template and output; the shared recordings of Scriban hold many more.</summary>
    [Theory]
    [InlineData("plain { text } }}", "plain { text } }}")]
    [InlineData("{%%{ {%{ {{ x }} }%} }%%}", " {%{ {{ x }} }%} ")]
    [InlineData("a \n {{- name -}} \n b", "aAnnab")]
    [InlineData("a\n  {{~ if true ~}}\nb\n  {{~ end ~}}\nc", "a\nb\nc")]
    [InlineData("{{ name # comment }}|{{ ## two\nlines ## name }}", "Anna|Anna")]
    [InlineData("{{ `a\\n``b` }}", "a\\n`b")]
    [InlineData("{{ \"\\x41\\u0411\\t.\" }}", "AБ\t.")]
    [InlineData("{{ 1_000 + 0.5 }} {{ 1.5m }} {{ 3000000000 }}", "1000.5 1.5 3000000000")]
    [InlineData("{{ 2147483647 + 1 }} {{ 5 // 2 }} {{ -5 % 3 }}", "2147483648 2 -2")]
    [InlineData("{{ [1, \"a\", null, [true]] }}", "[1, \"a\", null, [true]]")]
    [InlineData("{{ o = { a: 1, \"b c\": \"x\" }; o }} {{ o.a }} {{ o[\"b c\"] }}", "{a: 1, \"b c\": \"x\"} 1 x")]
    [InlineData("{{ o = {} }}{{ o.a = 2 }}{{ o.a }}", "2")]
    [InlineData("{{ l = [] }}{{ l[2] = 1 }}{{ l }}", "[null, null, 1]")]
    [InlineData("{{ for i in 3..1 }}{{ i }}{{ end }}{{ for i in 1..<3 }}{{ i }}{{ end }}", "32112")]
    [InlineData("{{ x = 2; x += 3; x *= 2; x -= 1; x //= 2; x }}", "4")]
    [InlineData("{{ for i in numbers offset:1 }}{{ for.index }}{{ i }} {{ end }}", "01 12 ")]
    [InlineData("{{ for i in numbers reversed limit:2 }}{{ i }}{{ end }}", "21")]
    [InlineData("{{ for i in items }}{{ if i == 'b' }}{{ continue }}{{ end }}{{ i }}{{ end }}", "ac")]
    [InlineData("{{ for i in [] }}x{{ else }}none{{ end }}", "none")]
    [InlineData("{{ for i in 1..2 }}{{ for j in 1..2 }}{{ for.index }}{{ if j == 1 }}{{ break }}{{ end }}{{ end }}{{ for.index }};{{ end }}", "00;01;")]
    [InlineData("{{ for m in ticket.client }}{{ m.key }}={{ m.value }}{{ end }}", "name=ООО Ромашка")]
    [InlineData("{{ case n }}\n {{ when 1, 2 }}low{{ when 3 || 4 }}mid{{ else }}high{{ end }}", "mid")]
    [InlineData("{{ capture c }}<{{ name }}>{{ end }}{{ c + c }}", "<Anna><Anna>")]
    [InlineData("{{ with ticket; number; x = 1; x; end }} {{ ticket.x }}", "MD-10421 1")]
    [InlineData("{{ this.name }} {{ this.x = 1; x }}", "Anna 1")]
    [InlineData("{{ string.replace 'a-b' '-' '+' | string.upcase }}", "A+B")]
    [InlineData("{{ string.slice(\"hello\", 1, length: 2) }} {{ \"hello\" | string.slice 1 length:3 }}", "el ell")]
    [InlineData("{{ 'x' |\n string.upcase }}", "X")]
    [InlineData("{{ n | string.pluralize 'item' 'items' }}", "items")]
    [InlineData("{{ due }} {{ due | date.to_string '%d.%m.%Y %H:%M %Z' }} {{ due.hour }}", "02 Mar 2026 02.03.2026 18:40 +03:00 18")]
    [InlineData("{{ due < at }} {{ (at + span).minute }} {{ span.total_hours }}", "true 35 1.5")]
    [InlineData("{{ at | date.to_string '%-%e|%k|%l|%j|%u|%V|%s|%%|%q' }}", "%-22| 9| 9|326|7|47|1795338307|%|%q")]
    [InlineData("{{ date.parse '2026-01-05' | date.add_days 1 | date.to_string '%A' }}", "Tuesday")]
    [InlineData("{{ array.cycle ['a', 'b'] }}{{ array.cycle ['a', 'b'] }}{{ array.cycle ['a', 'b'] }}", "aba")]
    [InlineData("{{ items | array.reverse | array.add 'z' | array.join ',' }}", "c,b,a,z")]
    [InlineData("{{ [3, null, 1, 3] | array.compact | array.uniq | array.sort }}", "[1, 3]")]
    [InlineData("{{ [1, 2] == [1, 2] }} {{ [1] + [2] }} {{ [1] < [1, 2] }}", "true [1, 2] true")]
    [InlineData("{{ nil?.x.y ?? 'none' }} {{ ticket?.nothing ?? 'none' }}", "none none")]
    [InlineData("  {{ lines }}|", "  one\n  <two>|")]
    [InlineData("{{ readonly x }}ok", "ok")]
    public void A_template_gives_its_text(string template, string expected)
    {
        Assert.Equal(expected, Letter.Render(template));
        Assert.Equal(expected.Replace("\n", "\r\n"), Letter.Render(template.Replace("\n", "\r\n").Replace("{{ lines }}", "one\r\n  <two>")));
    }

    [Fact]
    public void The_culture_formats_numbers_and_dates()
    {
        var russian = new RenderOptions { Culture = System.Globalization.CultureInfo.GetCultureInfo("ru-RU") };

        // As in Scriban, a month by itself stands in the nominative; a whole .NET format declines it.
        Assert.Equal("2,5 22 ноябрь", Letter.Render("{{ 2.5 }} {{ at | date.to_string '%d %B' }}", russian));
        Assert.Equal("22 ноября", Letter.Render("{{ at | object.format 'd MMMM' }}", russian));
        Assert.Equal("November 22", Letter.Render("{{ at | date.to_string '%g%B %d' }}", russian));
    }

    [Fact]
    public void The_globals_that_a_template_assigns_are_handed_out()
    {
        var rendered = Letter.RenderFully("{{ subject = 'Re: ' + name; $local = 1 }}{{ capture c }}<{{ name }}>{{ end }}", Letter.Html);

        Assert.Equal("", rendered.Text);
        Assert.Equal(["c", "subject"], rendered.Variables.Keys.Order());
        Assert.Equal("Re: Anna", rendered.Variables["subject"]);
        Assert.Equal("<Anna>", rendered.Variables["c"]);
    }

    [Fact]
    public void The_model_is_never_written_to()
    {
        Assert.Equal("new 1", Letter.Render("{{ ticket.number = 'new'; name = 1; ticket.number + ' ' + name }}"));
        Assert.Equal("MD-1042 Anna", Letter.Render("{{ ticket.number + ' ' + name }}"));
    }

    [Fact]
    public void One_set_renders_on_many_threads()
    {
        var set = Letter.Compile("{{ for i in 1..50 }}{{ include 'part' i }}{{ end }}", ("part", "{{ x = $1 * 2; x }},"));
        var expected = string.Concat(Enumerable.Range(1, 50).Select(i => $"{i * 2},"));

        Parallel.For(0, 200, _ => Assert.Equal(expected, set.Render("main", Letter.Model, new RenderOptions()).Text));
    }
}
