using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>
/// Gathers running text into lines: white space collapses, blocks begin lines, at most one blank line stands in a row, nothing trails.
/// Quotation and list indents are a prefix of each line.
/// </summary>
internal sealed class TextLines
{
    /// <summary>Deeper indents are not drawn: output stays in proportion to input.</summary>
    private const int MaxPrefix = 40;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private string _prefix = "";
    private string? _marker;
    private string _lastPrefix = "";
    private bool _space;
    private bool _blank;
    private bool _marked;

    /// <summary>Adds text of one line; white space at its edges and between words counts as one space.</summary>
    internal void Add(string text, bool keepSpace)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text.AsSpan(i);
            var plain = rest.IndexOfAny(TextCharacters.Special);
            if (plain != 0)
            {
                plain = plain < 0 ? rest.Length : plain;
                AppendSpace();
                _line.Append(rest[..plain]);
                i += plain;
                if (i == text.Length) return;
            }

            var c = text[i];
            if (keepSpace && c is '\n')
            {
                Break();
            }
            else if (c is ' ' or '\n' or '\t' or '\r' or '\f' or '\u2028' or '\u2029' && !(keepSpace && c is ' ' or '\t'))
            {
                _space = c != '\r' || !keepSpace || _space;
            }
            else if (TextCharacters.IsRead(text, i))
            {
                AppendSpace();
                _line.Append(TextCharacters.IsSpace(c) ? ' ' : c);
            }
        }
    }

    /// <summary>Adds text one space behind what stands there; white space waiting goes behind it.</summary>
    internal void AddBehind(string text)
    {
        var waiting = _space;
        _space = true;
        Add(text, keepSpace: false);
        _space = waiting;
    }

    /// <summary>Adds a line of its own, without prefix.</summary>
    internal void AddMark(string text)
    {
        Block();
        _line.Append(text);
        _marked = true;
        Block();
    }

    /// <summary>Ends the line, even an empty one.</summary>
    internal void Break()
    {
        if (_line.Length == 0) Blank();
        else Flush();
    }

    /// <summary>Begins a new line unless one has just begun.</summary>
    internal void Block()
    {
        if (_line.Length > 0) Flush();
        _space = false;
    }

    /// <summary>Begins a paragraph: a blank line before it unless it is the first.</summary>
    internal void Blank()
    {
        Block();
        _blank = true;
    }

    /// <summary>Indents the lines that follow; gives what <see cref="Restore"/> takes back.</summary>
    /// <param name="marker">Stands in the first line instead of the indent.</param>
    internal string Indent(string indent, string? marker = null)
    {
        Block();
        var before = _prefix;
        if (_prefix.Length + indent.Length > MaxPrefix) return before;
        _marker = marker is null ? _marker : (_marker ?? _prefix) + marker;
        if (marker is null && _marker is not null) _marker += indent;
        _prefix += indent;
        return before;
    }

    internal void Restore(string prefix)
    {
        Block();
        _prefix = prefix;
        _marker = null;
    }

    public override string ToString()
    {
        Block();
        return _text.ToString();
    }

    /// <summary>The space that waits before what is appended next.</summary>
    private void AppendSpace()
    {
        if (_space && _line.Length > 0) _line.Append(' ');
        _space = false;
    }

    private void Flush()
    {
        _space = false;
        while (_line.Length > 0 && char.IsWhiteSpace(_line[^1])) _line.Length--;
        if (_line.Length == 0)
        {
            _blank = true;
            return;
        }

        if (_text.Length > 0)
        {
            _text.Append('\n');
            if (_blank) _text.Append((_prefix.Length < _lastPrefix.Length ? _prefix : _lastPrefix).TrimEnd()).Append('\n');
        }

        _text.Append(_marked ? "" : _marker ?? _prefix).Append(_line);
        _line.Clear();
        _lastPrefix = _prefix;
        if (!_marked) _marker = null;
        _marked = false;
        _blank = false;
    }
}
