using System.Globalization;

namespace MailDesk.Templates;

/// <summary>How a template is rendered, and what it may cost. A limit that is reached is a <see cref="TemplateException"/>.</summary>
public sealed record RenderOptions
{
    /// <summary>Escapes what expressions write, save what went through <c>raw</c>. The template's own text is never touched.</summary>
    public bool EscapeHtml { get; init; }

    /// <summary>An unknown variable or member is an error; otherwise it is null, as Scriban has it by default.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Formats numbers and dates and orders text.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Iterations of one loop; Scriban's default.</summary>
    public int LoopLimit { get; init; } = 1000;

    /// <summary>How deep includes may nest, so that one that includes itself ends.</summary>
    public int IncludeLimit { get; init; } = 32;

    /// <summary>Steps of work in all: a node evaluated is one, and so are 64 characters produced. Ends nested loops.</summary>
    public int StepLimit { get; init; } = 2_000_000;

    /// <summary>Characters of the output, and of any one string on the way to it.</summary>
    public int TextLimit { get; init; } = 8_000_000;
}

/// <param name="Variables">The globals that the template assigned, such as <c>subject</c>. Captured text is a string.</param>
public sealed record RenderedTemplate(string Text, IReadOnlyDictionary<string, object?> Variables);
