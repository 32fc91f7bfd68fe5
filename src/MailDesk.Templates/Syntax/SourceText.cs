namespace MailDesk.Templates.Syntax;

/// <summary>A template's name and text. Nodes know offsets only; lines are counted when there is an error to tell.</summary>
internal sealed record SourceText(string Name, string Text)
{
    public TemplateException Error(int offset, string message)
    {
        var (line, lineStart) = (1, 0);
        offset = Math.Clamp(offset, 0, Text.Length);
        for (var i = 0; i < offset; i++)
        {
            // A lone CR ends a line as well.
            if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 == Text.Length || Text[i + 1] != '\n')))
            {
                (line, lineStart) = (line + 1, i + 1);
            }
        }

        return new TemplateException(Name, line, offset - lineStart + 1, message);
    }
}
