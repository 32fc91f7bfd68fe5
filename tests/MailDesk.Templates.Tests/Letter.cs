namespace MailDesk.Templates.Tests;

/// <summary>Renders one template, with others beside it where it includes any.</summary>
internal static class Letter
{
    public static readonly Dictionary<string, object?> Model = new()
    {
        ["name"] = "Anna",
        ["n"] = 3,
        ["nil"] = null,
        ["markup"] = "<b>A & \"B\"</b>",
        ["lines"] = "one\n<two>",
        ["items"] = new[] { "a", "b", "c" },
        ["numbers"] = new List<int> { 3, 1, 2 },
        ["ticket"] = new Dictionary<string, object?> { ["number"] = "MD-1042", ["client"] = new Dictionary<string, object?> { ["name"] = "ООО Ромашка" } },
        ["due"] = new DateTimeOffset(2026, 3, 2, 18, 40, 5, TimeSpan.FromHours(3)),
        ["at"] = new DateTime(2026, 11, 22, 9, 5, 7, DateTimeKind.Utc),
        ["span"] = TimeSpan.FromMinutes(90),
    };

    public static readonly RenderOptions Html = new() { EscapeHtml = true };

    public static string Render(string template, RenderOptions? options = null, params (string Name, string Text)[] others) =>
        RenderFully(template, options, others).Text;

    public static RenderedTemplate RenderFully(string template, RenderOptions? options = null, params (string Name, string Text)[] others) =>
        Compile(template, others).Render("main", Model, options ?? new RenderOptions());

    public static TemplateSet Compile(string template, params (string Name, string Text)[] others) =>
        TemplateSet.FromSources(others.Append(("main", template)).ToDictionary(o => o.Item1, o => o.Item2));

    public static TemplateException CompileError(string template, params (string Name, string Text)[] others) =>
        Assert.Throws<TemplateErrorsException>(() => Compile(template, others)).Errors[0];

    public static TemplateException RenderError(string template, RenderOptions? options = null, params (string Name, string Text)[] others) =>
        Assert.Throws<TemplateException>(() => Render(template, options, others));
}
