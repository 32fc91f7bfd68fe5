using System.Text;

namespace MailDesk.Templates.Runtime;

/// <summary>Collects what is written, and puts the current indent in front of every line but the first that a code block writes.</summary>
internal sealed class OutputWriter(int limit)
{
    private StringBuilder _text = new();

    /// <summary>Null where lines are left as they are.</summary>
    public string? Indent { get; set; }

    /// <summary>Whether the next character begins a line. Shared by all that is written, captured or not, as Scriban has it.</summary>
    public bool AtLineStart { get; set; }

    public StringBuilder Begin()
    {
        var outer = _text;
        _text = new StringBuilder();
        return outer;
    }

    /// <summary>Returns what was written since <see cref="Begin"/>.</summary>
    public string End(StringBuilder outer)
    {
        var text = _text.ToString();
        _text = outer;
        return text;
    }

    public override string ToString() => _text.ToString();

    /// <exception cref="InvalidOperationException">The output is longer than its limit.</exception>
    public void Write(string text)
    {
        if (Indent is null)
        {
            AtLineStart = text.Length > 0 ? text[^1] == '\n' : AtLineStart;
            Append(text);
            return;
        }

        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (AtLineStart)
            {
                Append(Indent);
            }

            var line = rest.IndexOf('\n') + 1;
            AtLineStart = line > 0;
            line = line > 0 ? line : rest.Length;
            Append(rest[..line]);
            rest = rest[line..];
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_text.Length + text.Length > limit)
        {
            throw new InvalidOperationException($"the output is longer than {limit} characters");
        }

        _text.Append(text);
    }
}
