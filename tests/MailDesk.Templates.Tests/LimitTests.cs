namespace MailDesk.Templates.Tests;

public sealed class LimitTests
{
    [Theory]
    [InlineData("{{ for i in 1..1001 }}{{ end }}", "1000 times")]
    [InlineData("{{ for i in 1..9000000000000000000 }}{{ end }}", "1000 times")]
    [InlineData("{{ for a in 1..1000; for b in 1..1000; for c in 1..1000; c; end; end; end }}", "steps")]
    [InlineData("{{ 'x' * 2000000000 }}", "characters")]
    [InlineData("{{ x = 'xxxxxxxxxx' }}{{ for i in 1..100; x = x + x; end }}", "characters")]
    [InlineData("{{ x = 'xxxxxxxxxx' }}{{ for i in 1..100; x = x * 10; end }}", "characters")]
    [InlineData("{{ x = 'x' * 100000; x | string.replace 'x' x }}", "characters")]
    [InlineData("{{ x = 'x' * 100000; for i in 1..1000; x; end }}", "characters")]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}", "characters")]
    [InlineData("{{ 1 | math.format 'N999999999' }}", "format")]
    [InlineData("{{ x = [1]; x[0] = x; x }}", "deep")]
    [InlineData("{{ x = [1]; x[0] = x; y = [1]; y[0] = y; x == y }}", "deep")]
    [InlineData("{{ x = [1,1]; for i in 1..30; x = [x,x]; end; x }}", "long")]
    [InlineData("{{ x = [1,1]; for i in 1..30; x = [x,x]; end; x == x }}", "steps")]
    [InlineData("{{ x = []; x[2000000000] = 1 }}", "steps")]
    [InlineData("{{ [] | array.insert_at 2000000000 1 }}", "characters")]
    [InlineData("{{ 1..2000000000 | array.join ',' }}", "characters")]
    [InlineData("{{ 1..2000000000 }}", "long")]
    public void Rendering_has_bounds(string template, string says) =>
        Assert.Contains(says, Letter.RenderError(template, new RenderOptions { StepLimit = 200_000, TextLimit = 1_000_000 }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("!", "")]
    [InlineData("1 + ", "")]
    [InlineData("{a:", "}")]
    [InlineData("", " | string.strip")]
    [InlineData("", ".x")]
    [InlineData("", "[0]")]
    [InlineData("string.upcase(", ")")]
    [InlineData("name ? 1 : ", "")]
    public void Ten_thousand_nested_expressions_are_an_error(string open, string close)
    {
        var template = "{{ " + string.Concat(Enumerable.Repeat(open, 10_000)) + "x" + string.Concat(Enumerable.Repeat(close, 10_000)) + " }}";

        Assert.Contains("deep", Letter.CompileError(template).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_nested_blocks_are_an_error() =>
        Assert.Contains("deep", Letter.CompileError(string.Concat(Enumerable.Repeat("{{ if true }}", 10_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_chain_of_ten_thousand_branches_is_none() =>
        Assert.Equal("9999", Letter.Render("{{ x = 9999 }}{{ if false }}" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{{{{ else if x == {i} }}}}{i}")) + "{{ end }}"));

    [Fact]
    public void A_long_template_is_rendered()
    {
        var template = string.Concat(Enumerable.Repeat("text { %} {% {%%  {{ name }} \n", 50_000));

        Assert.Equal(template.Replace("{{ name }}", "Anna"), Letter.Render(template));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4096)]
    [InlineData(20_000)]
    public void What_is_captured_in_what_is_captured_is_kept_apart(int length)
    {
        var (before, within, behind) = (new string('a', length), new string('b', length), new string('c', length));
        var options = new RenderOptions { TextLimit = 3 * length };

        Assert.Equal(
            $"{before}{behind}{within}",
            Letter.Render($"{before}{{{{ capture x }}}}{{{{ capture y }}}}{within}{{{{ end }}}}{{{{ include 'part' }}}}{{{{ end }}}}{{{{ x }}}}{{{{ y }}}}", options, ("part", behind)));
        Assert.Contains("longer", Letter.RenderError($"{before}{{{{ capture x }}}}{within}{{{{ name }}}}{behind}{behind}{{{{ end }}}}", options).Message, StringComparison.Ordinal);
    }
}
