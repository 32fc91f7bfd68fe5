using System.Buffers;

namespace MailDesk.Mail.Mime;

/// <summary>Reads blocks of header fields (RFC 5322 §2.2) in place; fields become offsets.</summary>
internal sealed class HeaderReader(ReadOnlyMemory<byte> raw, MimeLimits limits, DelimiterFinder delimiters, List<MimeDefect> defects)
{
    /// <summary>RFC 5322 §3.6.8: printable ASCII but the colon.</summary>
    private static readonly SearchValues<byte> NameOctets =
        SearchValues.Create([.. Enumerable.Range(33, 94).Where(c => c != ':').Select(c => (byte)c)]);

    private readonly List<HeaderField> _fields = [];
    private int _lines;

    public bool LimitExceeded { get; private set; }

    /// <summary>Passes over what may stand before the first header: a byte order mark, empty lines, an mbox "From " line.</summary>
    public int SkipEnvelope()
    {
        var span = raw.Span;
        var position = span.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (position < span.Length && span[position] is (byte)'\r' or (byte)'\n') position++;
        var mbox = span[position..].StartsWith("From "u8) || span[position..].StartsWith(">From "u8);
        if (mbox && !TryName(position, out _, out _)) position = NextLine(position);
        while (position < span.Length && span[position] is (byte)' ' or (byte)'\t') position++; // a first header that looks folded
        return position;
    }

    /// <summary>Reads a block from <paramref name="position"/> on and leaves it where the body begins.</summary>
    public HeaderList Read(ref int position)
    {
        _fields.Clear();
        var span = raw.Span;
        while (position < span.Length)
        {
            if (IsEmptyLine(position, out var next))
            {
                position = next;
                break;
            }

            if (span[position] == '-' && delimiters.TryMatch(position, out _)) break; // no body, not even the empty line
            if (IsBlankLine(position, out next))
            {
                // A line of blanks is meant to be the separator, unless the header visibly goes on.
                if (ContinuesAt(next))
                {
                    position = next;
                    continue;
                }

                position = next;
                break;
            }

            if (!TryName(position, out var nameLength, out var valueStart))
            {
                next = NextLine(position);
                if (!TryName(next, out _, out _) && !(next < span.Length && span[next] is (byte)' ' or (byte)'\t'))
                {
                    Defect(MimeDefectKind.MissingSeparator, position);
                    break;
                }

                if (++_lines <= limits.MaxHeaderLines) Defect(MimeDefectKind.InvalidHeaderLine, position);
                position = next;
                continue;
            }

            var start = position;
            position = EndOfField(position);
            Record(start, nameLength, valueStart, position);
        }

        return new HeaderList(raw, [.. _fields]);
    }

    /// <summary>Where the field that begins here ends: past its continuation lines.</summary>
    private int EndOfField(int position)
    {
        var span = raw.Span;
        while (true)
        {
            position = NextLine(position);
            _lines++;
            if (position >= span.Length || span[position] is not ((byte)' ' or (byte)'\t')) return position;
            if (IsBlankLine(position, out var next) && !ContinuesAt(next)) return position;
        }
    }

    private void Record(int start, int nameLength, int valueStart, int end)
    {
        if (_lines > limits.MaxHeaderLines)
        {
            if (!LimitExceeded) defects.Add(new MimeDefect(MimeDefectKind.LimitExceeded, start, $"more than {limits.MaxHeaderLines} header lines", MimeLimit.HeaderLines));
            LimitExceeded = true;
            return;
        }

        var span = raw.Span;
        if (end - start > limits.MaxHeaderBytes)
        {
            defects.Add(new MimeDefect(MimeDefectKind.LimitExceeded, start, $"a header field of more than {limits.MaxHeaderBytes} octets", MimeLimit.HeaderBytes));
            LimitExceeded = true;
            end = Math.Max(valueStart, start + limits.MaxHeaderBytes);
        }
        else
        {
            if (end > valueStart && span[end - 1] == '\n') end--;
            if (end > valueStart && span[end - 1] == '\r') end--;
        }

        _fields.Add(new HeaderField(start, nameLength, valueStart, end));
    }

    /// <summary>A field name, and perhaps blanks (RFC 5322 §4.5, obsolete), before a colon.</summary>
    private bool TryName(int position, out int length, out int valueStart)
    {
        var line = raw.Span[position..];
        length = line.IndexOfAnyExcept(NameOctets);
        var colon = length;
        while (colon > 0 && colon < line.Length && line[colon] is (byte)' ' or (byte)'\t') colon++;
        valueStart = position + colon + 1;
        return length > 0 && colon < line.Length && line[colon] == ':';
    }

    private bool ContinuesAt(int position)
    {
        if (position >= raw.Length) return false;
        return raw.Span[position] is (byte)' ' or (byte)'\t'
            ? !IsBlankLine(position, out _)
            : IsEmptyLine(position, out _) || TryName(position, out _, out _);
    }

    private bool IsEmptyLine(int position, out int next)
    {
        var span = raw.Span;
        if (position < span.Length && span[position] == '\r') position++;
        next = position + 1;
        return position < span.Length && span[position] == '\n';
    }

    private bool IsBlankLine(int position, out int next)
    {
        var span = raw.Span;
        while (position < span.Length && span[position] is (byte)' ' or (byte)'\t' or (byte)'\r') position++;
        next = Math.Min(position + 1, span.Length);
        return position >= span.Length || span[position] == '\n';
    }

    private int NextLine(int position)
    {
        var newline = raw.Span[position..].IndexOf((byte)'\n');
        return newline < 0 ? raw.Length : position + newline + 1;
    }

    private void Defect(MimeDefectKind kind, int position)
    {
        var line = raw.Span[position..Math.Min(raw.Length, position + 80)];
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        defects.Add(new MimeDefect(kind, position, HeaderText.Unfold(end < 0 ? line : line[..end])));
    }
}
