using System.Text;

namespace MailDesk.Templates.Runtime;

/// <summary>Collects what is written, and puts the current indent in front of every line but the first that a code block writes.</summary>
internal sealed class OutputWriter(int limit)
{
    /// <summary>Characters, as many as most letters have.</summary>
    private const int UsualLength = 4096;

    /// <summary>All that is being written; what is captured stands behind what it will be a part of.</summary>
    private readonly StringBuilder _text = new(UsualLength);

    private int _start;

    /// <summary>Null where lines are left as they are.</summary>
    public string? Indent { get; set; }

    /// <summary>Whether the next character begins a line. Shared by all that is written, captured or not, as Scriban has it.</summary>
    public bool AtLineStart { get; set; }

    /// <summary>Captures from here on; gives what <see cref="End"/> goes back to.</summary>
    public int Begin()
    {
        var outer = _start;
        _start = _text.Length;
        return outer;
    }

    /// <summary>Takes off what was written since <see cref="Begin"/>, and returns it.</summary>
    public string End(int outer)
    {
        var text = ToString();
        _text.Length = _start;
        _start = outer;
        return text;
    }

    public override string ToString() => _text.ToString(_start, _text.Length - _start);

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
        if (_text.Length - _start + text.Length > limit)
        {
            throw new InvalidOperationException($"the output is longer than {limit} characters");
        }

        _text.Append(text);
    }
}
