namespace MailDesk.Mail.Text;

/// <summary>The lines of a body, without copying it. Lines end with LF, CRLF or CR.</summary>
internal sealed class MailLines
{
    private readonly string _text;
    private readonly List<(int Start, int Length)> _lines = [];

    internal MailLines(string text)
    {
        _text = text;
        var start = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var at = start;
            _lines.Add((at, line.Length));
            start += line.Length + (text.AsSpan(at + line.Length).StartsWith("\r\n") ? 2 : 1);
        }
    }

    internal int Count => _lines.Count;

    /// <summary>The line as written, without its end.</summary>
    internal ReadOnlySpan<char> this[int index] => _text.AsSpan(_lines[index].Start, _lines[index].Length);

    /// <summary>The line without white space and bold marks around it.</summary>
    internal ReadOnlySpan<char> Core(int index) => this[index].Trim(" \t\u00A0*\u200B\u200E\u200F\uFEFF");

    /// <summary>The cores of the lines from <paramref name="first"/> to <paramref name="last"/>, inclusive, as one line.</summary>
    internal string JoinCores(int first, int last)
    {
        var joined = Core(first).ToString();
        for (var i = first + 1; i <= last; i++) joined = $"{joined} {Core(i)}";
        return joined;
    }

    internal bool IsBlank(int index) => this[index].IsWhiteSpace();

    /// <summary>True for a line of quotation: it begins with <c>&gt;</c>, and that does not close an address folded from the line before.</summary>
    internal bool IsQuote(int index)
    {
        var line = this[index];
        if (line is [' ', ..]) line = line[1..];
        if (line is not ['>', ..]) return false;
        if (index == 0 || line.Length > 40 || !line.TrimEnd().EndsWith(':') || this[index - 1].StartsWith('>')) return true;
        var before = this[index - 1];
        before = before.Length > 200 ? before[^200..] : before;
        return before.LastIndexOf('<') <= before.LastIndexOf('>');
    }

    internal int IndexAt(int offset)
    {
        var (low, high) = (0, _lines.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_lines[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    /// <summary>The first line at or after <paramref name="index"/> that is not blank, or <see cref="Count"/>.</summary>
    internal int SkipBlank(int index)
    {
        while (index < Count && IsBlank(index)) index++;
        return index;
    }

    /// <summary>Lines from <paramref name="start"/> up to <paramref name="end"/>, LF between them, without blank lines around and spaces behind.</summary>
    internal string Join(int start, int end)
    {
        while (end > start && IsBlank(end - 1)) end--;
        start = Math.Min(SkipBlank(start), end);
        var text = new System.Text.StringBuilder();
        for (var i = start; i < end; i++)
        {
            if (QuotationMarks.Is(this[i])) continue;
            if (text.Length > 0) text.Append('\n');
            text.Append(this[i].TrimEnd());
        }

        return text.ToString().TrimEnd();
    }
}
