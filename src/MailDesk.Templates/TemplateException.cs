namespace MailDesk.Templates;

/// <summary>One mistake in one template: what is wrong there and, where it can be told, what would be right.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(string file, int line, int column, string description)
        : base($"{file}({line},{column}): {description}")
    {
        File = file;
        Line = line;
        Column = column;
        Description = description;
    }

    /// <summary>The template's name in its <see cref="TemplateSet"/>.</summary>
    public string File { get; }

    /// <summary>1-based.</summary>
    public int Line { get; }

    /// <summary>1-based, in UTF-16 units.</summary>
    public int Column { get; }

    /// <summary>The message without the place.</summary>
    public string Description { get; }
}

/// <summary>All that is wrong with a set of templates, in the order of their names.</summary>
public sealed class TemplateErrorsException(IReadOnlyList<TemplateException> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(e => e.Message)))
{
    public IReadOnlyList<TemplateException> Errors { get; } = errors;
}
