namespace MailDesk.Templates.Tests;

public sealed class IncludeTests
{
    [Fact]
    public void An_include_gets_positional_and_named_arguments() =>
        Assert.Equal("part:x:y:y:2", Letter.Render("{{ include 'part' 'x' label: 'y' }}", null, ("part", "{{ $0 }}:{{ $1 }}:{{ $.label }}:{{ $label }}:{{ $.size }}")));

    [Fact]
    public void Globals_are_shared_with_an_include_and_locals_are_not()
    {
        Assert.Equal("1", Letter.Render("{{ include 'part' }}{{ x }}", null, ("part", "{{ x = 1 }}")));
        Assert.Contains("$x", Letter.RenderError("{{ $x = 1 }}{{ include 'part' }}", null, ("part", "{{ $x }}")).Message, StringComparison.Ordinal);
        Assert.Equal("Anna", Letter.Render("{{ for i in [name] }}{{ include 'part' }}{{ end }}", null, ("part", "{{ i }}")));
    }

    [Fact]
    public void An_include_takes_the_indent_of_its_line() =>
        Assert.Equal("<td>\n  a\n  b\n</td>", Letter.Render("<td>\n  {{ include 'part' }}\n</td>", null, ("part", "a\nb")));

    [Fact]
    public void An_include_is_looked_up_beside_the_template_and_then_from_the_root()
    {
        var set = TemplateSet.FromSources(new Dictionary<string, string>
        {
            ["ru/letter"] = "{{ include 'part' }}{{ include 'parts/foot' }}{{ include '../en/part' }}{{ name = 'part'; include name }}",
            ["ru/part"] = "ru ",
            ["en/part"] = "en ",
            ["part"] = "root",
            ["parts/foot"] = "foot ",
        });

        Assert.Equal("ru foot en ru ", set.Render("ru/letter", Letter.Model, new RenderOptions()).Text);
        Assert.Equal(["en/part", "part", "parts/foot", "ru/letter", "ru/part"], set.Names);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("../../part")]
    public void An_include_cannot_leave_the_set(string name) =>
        Assert.Equal((1, 4), Place(Letter.CompileError($"{{{{ include '{name}' }}}}")));

    [Fact]
    public void A_missing_include_is_found_when_compiling_and_named_with_what_was_meant()
    {
        var error = Letter.CompileError("text\n  {{ include 'buton' }}", ("button", "x"));

        Assert.Equal(("main", 2, 6), (error.File, error.Line, error.Column));
        Assert.Contains("did you mean `button`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_include_with_a_computed_name_is_found_when_rendering() =>
        Assert.Equal((1, 4), Place(Letter.RenderError("{{ include ('but' + 'ton') }}")));

    [Fact]
    public void An_include_of_itself_ends()
    {
        var error = Letter.RenderError("{{ include 'main' }}");

        Assert.Contains("include itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_loaded_with_all_its_folders()
    {
        var root = Directory.CreateTempSubdirectory("templates");
        try
        {
            Directory.CreateDirectory(Path.Combine(root.FullName, "ru"));
            File.WriteAllText(Path.Combine(root.FullName, "ru", "letter.txt"), "{{ include 'part.txt' }}");
            File.WriteAllText(Path.Combine(root.FullName, "part.txt"), "\uFEFFПривет");
            File.WriteAllText(Path.Combine(root.FullName, ".hidden"), "{{ if");

            var set = TemplateSet.Load(root.FullName);

            Assert.True(set.Contains("ru/letter.txt"));
            Assert.Equal("Привет", set.Render("ru/letter.txt", Letter.Model, new RenderOptions()).Text);
            Assert.Throws<KeyNotFoundException>(() => set.Render("ru/leter.txt", Letter.Model, new RenderOptions()));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static (int, int) Place(TemplateException error) => (error.Line, error.Column);
}
