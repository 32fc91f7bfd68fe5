using System.Buffers;
using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>The lines of a body, without copying it. Lines end with LF, CRLF or CR.</summary>
internal sealed class MailLines
{
    private const string Margin = " \t\u00A0*\u200B\u200E\u200F\uFEFF";

    private readonly string _text;
    private readonly List<(int Start, int Length)> _lines;
    private readonly Kind[] _kinds;

    internal MailLines(string text)
    {
        _text = text;
        var span = text.AsSpan();
        _lines = new List<(int Start, int Length)>(span.Count('\n') + 1);
        var start = 0;
        foreach (var line in span.EnumerateLines())
        {
            _lines.Add((start, line.Length));
            start += line.Length;
            start += start + 1 < text.Length && text[start] == '\r' && text[start + 1] == '\n' ? 2 : 1;
        }

        // Every line is looked at from several sides: what it is, is found out once.
        _kinds = new Kind[_lines.Count];
        for (var i = 0; i < _kinds.Length; i++) _kinds[i] = KindOf(i);
    }

    [Flags]
    private enum Kind : byte
    {
        Text = 0,
        Blank = 1,
        Quote = 2,
        Mark = 4,
    }

    internal int Count => _lines.Count;

    /// <summary>The line as written, without its end.</summary>
    internal ReadOnlySpan<char> this[int index] => _text.AsSpan(_lines[index].Start, _lines[index].Length);

    /// <summary>The line without white space and bold marks around it.</summary>
    internal ReadOnlySpan<char> Core(int index)
    {
        var line = this[index];
        return line.Length == 0 || (IsInside(line[0]) && IsInside(line[^1])) ? line : line.Trim(Margin);
    }

    /// <summary>The cores of the lines from <paramref name="first"/> to <paramref name="last"/>, inclusive, as one line.</summary>
    internal string JoinCores(int first, int last)
    {
        var joined = Core(first).ToString();
        for (var i = first + 1; i <= last; i++) joined = $"{joined} {Core(i)}";
        return joined;
    }

    internal bool IsBlank(int index) => (_kinds[index] & Kind.Blank) != Kind.Text;

    /// <summary>True for a line of quotation: it begins with <c>&gt;</c>, and that does not close an address folded from the line before.</summary>
    internal bool IsQuote(int index) => (_kinds[index] & Kind.Quote) != Kind.Text;

    /// <summary>True for one of the <see cref="QuotationMarks"/>.</summary>
    internal bool IsMark(int index) => (_kinds[index] & Kind.Mark) != Kind.Text;

    /// <summary>Most characters, of which none is in the margin.</summary>
    private static bool IsInside(char c) => c is > ' ' and < '\u007F' and not '*';

    private Kind KindOf(int index)
    {
        var line = this[index];
        if (line.Length == 0) return Kind.Blank;
        if (line[0] > '>') return char.IsWhiteSpace(line[0]) && line.IsWhiteSpace() ? Kind.Blank : Kind.Text;
        if (QuotationMarks.Is(line)) return Kind.Mark;
        return BeginsQuote(line, index) ? Kind.Quote : line.IsWhiteSpace() ? Kind.Blank : Kind.Text;
    }

    private bool BeginsQuote(ReadOnlySpan<char> line, int index)
    {
        if (line is [' ', ..]) line = line[1..];
        if (line is not ['>', ..]) return false;
        if (index == 0 || line.Length > 40 || !line.TrimEnd().EndsWith(':') || this[index - 1].StartsWith('>')) return true;
        var before = this[index - 1];
        before = before.Length > 200 ? before[^200..] : before;
        return before.LastIndexOf('<') <= before.LastIndexOf('>');
    }

    /// <summary>The lines from <paramref name="index"/> on, each without one mark of quotation.</summary>
    internal string WithoutQuotes(int index)
    {
        var text = new StringBuilder();
        for (; index < Count; index++)
        {
            var line = this[index];
            if (IsQuote(index))
            {
                line = line.TrimStart(' ')[1..];
                if (line is [' ', ..]) line = line[1..];
            }

            text.Append(line).Append('\n');
        }

        return text.ToString();
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
        var buffer = ArrayPool<char>.Shared.Rent(_text.Length + 1);
        var length = 0;
        for (var i = start; i < end; i++)
        {
            if (IsMark(i)) continue;
            if (length > 0) buffer[length++] = '\n';
            var line = this[i];
            if (line.Length > 0 && !IsInside(line[^1])) line = line.TrimEnd();
            line.CopyTo(buffer.AsSpan(length));
            length += line.Length;
        }

        var text = buffer.AsSpan(0, length).TrimEnd().ToString();
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }
}
