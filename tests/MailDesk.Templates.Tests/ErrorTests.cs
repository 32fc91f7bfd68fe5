namespace MailDesk.Templates.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("{{ func f; end }}", 1, 4, "include")]
    [InlineData("{{ while true }}{{ end }}", 1, 4, "for")]
    [InlineData("x\n{{ tablerow i in items }}{{ end }}", 2, 4, "tablerow")]
    [InlineData("{{ ret 1 }}", 1, 4, "ret")]
    [InlineData("{{ import x }}", 1, 4, "import")]
    [InlineData("{{ x = do; end }}", 1, 8, "do")]
    [InlineData("{{ x++ }}", 1, 5, "x = x + 1")]
    [InlineData("{{ $\"a{name}\" }}", 1, 4, "not expected")]
    [InlineData("{{ 0xff }}", 1, 4, "decimals")]
    [InlineData("{{ name | string.upcas }}", 1, 11, "did you mean `string.upcase`")]
    [InlineData("{{ name | upcase }}", 1, 11, "did you mean `string.upcase`")]
    [InlineData("{{ name | regex.match 'x' }}", 1, 17, "not a function")]
    [InlineData("{{ date.now }}", 1, 4, "not a function")]
    [InlineData("{{ name | string.replace 'a' }}", 1, 29, "misses its argument `replace`")]
    [InlineData("{{ name | string.upcase 'a' }}", 1, 25, "got 2 arguments")]
    [InlineData("{{ name | string.slice 1 lenght: 2 }}", 1, 26, "did you mean `length`")]
    [InlineData("{{ if name = 'x' }}{{ end }}", 1, 7, "==")]
    [InlineData("{{ if name and n }}{{ end }}", 1, 7, "not a function")]
    [InlineData("{{ string = 1 }}", 1, 4, "built in")]
    [InlineData("{{ for date in items }}{{ end }}", 1, 8, "built in")]
    [InlineData("{{ for.inde }}", 1, 4, "did you mean `index`")]
    [InlineData("{{ break }}", 1, 4, "for")]
    [InlineData("{{ else }}", 1, 4, "else")]
    [InlineData("{{ if n }}", 1, 9, "end")]
    [InlineData("{{ case n }}{{ name }}{{ end }}", 1, 16, "when")]
    [InlineData("{{ [1, 2 }}", 1, 10, "]")]
    [InlineData("{{ \"abc }}", 1, 4, "no end")]
    [InlineData("{{ \"a\\q\" }}", 1, 7, "no escape")]
    [InlineData("{{ 99999999999999999999 }}", 1, 4, "too large")]
    public void A_mistake_is_found_when_compiling(string template, int line, int column, string says)
    {
        var error = Letter.CompileError(template);

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ nane }}", 1, 4, "did you mean `name`")]
    [InlineData("a\r\n{{ ticket.numer }}", 2, 11, "did you mean `number`")]
    [InlineData("{{ nil.x }}", 1, 8, "`?.`")]
    [InlineData("{{ nil[0] }}", 1, 4, "null")]
    [InlineData("{{ 1 // 0 }}", 1, 6, "zero")]
    [InlineData("{{ 9000000000000000000 * 2 }}", 1, 24, "too large")]
    [InlineData("{{ name - 1 }}", 1, 9, "not for")]
    [InlineData("{{ for i in 5 }}{{ end }}", 1, 13, "list")]
    [InlineData("{{ with name }}{{ end }}", 1, 9, "object")]
    [InlineData("{{ x = 1; readonly x; x = 2 }}", 1, 23, "read-only")]
    [InlineData("{{ items[0] = 1 }}", 1, 4, "template made")]
    [InlineData("{{ name | date.to_string '%d' }}", 1, 4, "date")]
    [InlineData("{{ at | date.add_days 1e9 }}", 1, 9, "failed")]
    [InlineData("{{ name | string.pad_left 'x' }}", 1, 27, "number")]
    public void A_mistake_that_depends_on_the_model_is_found_when_rendering(string template, int line, int column, string says)
    {
        var error = Letter.RenderError(template);

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_names_are_null_when_not_strict() =>
        Assert.Equal("||x", Letter.Render("{{ nothing }}|{{ ticket.nothing }}|{{ nothing ?? 'x' }}", new RenderOptions { Strict = false }));

    [Fact]
    public void All_errors_of_all_files_are_told_at_once()
    {
        var all = Assert.Throws<TemplateErrorsException>(() => Letter.Compile("{{ string.x }}\n{{ if }}", ("b", "{{ math.x 1 }}{{ include 'c' }}"), ("d", "fine")));

        Assert.Equal(
            [("b", 1, 4), ("main", 1, 4), ("main", 2, 7)],
            all.Errors.Select(e => (e.File, e.Line, e.Column)));
    }

    [Fact]
    public void A_value_that_templates_cannot_read_is_an_error()
    {
        var model = new Dictionary<string, object?> { ["x"] = new Version(1, 0) };

        Assert.Throws<TemplateException>(() => Letter.Compile("{{ x }}").Render("main", model, new RenderOptions()));
    }
}
