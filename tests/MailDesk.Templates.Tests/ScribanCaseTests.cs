namespace MailDesk.Templates.Tests;

public sealed class ScribanCaseTests
{
    private const string Missing = "shared/scriban/cases.jsonl is not beside this repository";

    /// <summary>Cases outside of the part of the language that is implemented: refused when compiled, and why.</summary>
    private static readonly Dictionary<int, string> Outside = new()
    {
        [182] = "`wrap` is refused at the word; Scriban takes the word and stumbles over its argument",
    };

    internal static IReadOnlyList<ScribanCase> Cases { get; } = SharedFolder.Find("scriban/cases.jsonl") is { } file ? ScribanCase.Read(file) : [];

    [Fact]
    public void The_recorded_cases_are_not_empty()
    {
        Assert.SkipWhen(Cases.Count == 0 && SharedFolder.Find("scriban/cases.jsonl") is null, Missing);
        Assert.True(Cases.Count >= 150, $"{Cases.Count} cases");
    }

    [Fact]
    public void Every_recorded_template_gives_what_Scriban_gives()
    {
        Assert.SkipWhen(Cases.Count == 0, Missing);
        var wrong = new List<string>();
        foreach (var c in Cases.Where(c => !Outside.ContainsKey(c.Id)))
        {
            var (output, error) = Render(c);
            var place = error is null ? ((int, int)?)null : (error.Line, error.Column);
            if (output != c.Output || place != c.Error)
            {
                wrong.Add($"{c.Id}: {c.Template}\n  wanted {c.Output ?? c.Error.ToString()}\n  got    {output ?? error!.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void What_is_outside_of_the_language_part_is_refused_when_compiled()
    {
        Assert.SkipWhen(Cases.Count == 0, Missing);
        foreach (var c in Cases.Where(c => Outside.ContainsKey(c.Id)))
        {
            Assert.Throws<TemplateErrorsException>(() => c.Compile(c.Template));
        }
    }

    private static (string? Output, TemplateException? Error) Render(ScribanCase c)
    {
        try
        {
            return (c.Compile(c.Template).Render("main", c.Model, new RenderOptions { Strict = false }).Text, null);
        }
        catch (TemplateErrorsException e)
        {
            return (null, e.Errors[0]);
        }
        catch (TemplateException e)
        {
            return (null, e);
        }
    }
}
