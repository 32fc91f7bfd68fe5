using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>A delimiter line (RFC 2046 §5.1.1).</summary>
/// <param name="Level">Index of the multipart that it belongs to, outermost first; -1 for the end of the message.</param>
/// <param name="ContentEnd">Where the content before it ends, without the line end that belongs to the delimiter.</param>
/// <param name="Next">Where the line after it begins.</param>
internal readonly record struct Delimiter(int Level, bool IsClosing, int ContentEnd, int Next);

/// <summary>Finds the delimiter lines of the multiparts that are open. Line ends may be CRLF or LF, mixed.</summary>
internal sealed class DelimiterFinder(ReadOnlyMemory<byte> raw)
{
    /// <summary>RFC 2046 §5.1.1 allows 70; a guess is not longer than this.</summary>
    private const int MaxGuess = 200;

    private readonly List<byte[]> _boundaries = [];

    public void Push(string boundary) => _boundaries.Add(Encoding.UTF8.GetBytes(boundary.TrimEnd()));

    public void Pop() => _boundaries.RemoveAt(_boundaries.Count - 1);

    /// <summary>The first delimiter at or after <paramref name="position"/>, which is the beginning of a line.</summary>
    public Delimiter Find(int position)
    {
        var span = raw.Span;
        if (_boundaries.Count > 0)
        {
            for (var line = position; line >= 0; line = NextDashes(span, line))
            {
                if (TryMatch(line, out var delimiter)) return delimiter with { ContentEnd = Math.Max(position, delimiter.ContentEnd) };
            }
        }

        return new Delimiter(-1, false, span.Length, span.Length);
    }

    /// <summary>True when the line at <paramref name="line"/> is a delimiter: the innermost multipart whose boundary it names.</summary>
    public bool TryMatch(int line, out Delimiter delimiter)
    {
        delimiter = default;
        var span = raw.Span[line..];
        if (_boundaries.Count == 0 || !span.StartsWith("--"u8)) return false;
        span = span[2..];
        for (var level = _boundaries.Count - 1; level >= 0; level--)
        {
            ReadOnlySpan<byte> boundary = _boundaries[level];
            if (!span.StartsWith(boundary)) continue;
            var rest = span[boundary.Length..];
            var closing = rest.StartsWith("--"u8);
            if (!EndsLine(closing ? rest[2..] : rest, out var remaining)) continue;
            delimiter = new Delimiter(level, closing, BeforeLineEnd(line), raw.Length - remaining);
            return true;
        }

        return false;
    }

    /// <summary>Takes the first line that looks like a delimiter, and is not an outer multipart's, for this multipart's own.</summary>
    public bool TryPushGuess(int position)
    {
        var span = raw.Span;
        for (var line = position; line >= 0; line = NextDashes(span, line))
        {
            var rest = span[line..];
            if (!rest.StartsWith("--"u8)) continue;
            if (TryMatch(line, out _)) return false;
            var end = rest.IndexOf((byte)'\n');
            if (end < 0) return false;
            var boundary = rest[2..end].TrimEnd(" \t\r"u8);
            // A signature's "-- " and a rule of dashes are text.
            if (boundary.Length is 0 or > MaxGuess || boundary.IndexOfAny((byte)' ', (byte)'\t') >= 0 || !boundary.ContainsAnyExcept((byte)'-')) continue;
            _boundaries.Add(boundary.ToArray());
            return true;
        }

        return false;
    }

    private static int NextDashes(ReadOnlySpan<byte> span, int from)
    {
        var found = span[from..].IndexOf("\n--"u8);
        return found < 0 ? -1 : from + found + 1;
    }

    /// <summary>Only white space up to the line's end (RFC 2046 §5.1.1: transports may add it).</summary>
    private static bool EndsLine(ReadOnlySpan<byte> rest, out int remaining)
    {
        rest = rest.TrimStart(" \t\r"u8);
        remaining = Math.Max(0, rest.Length - 1);
        return rest.Length == 0 || rest[0] == '\n';
    }

    private int BeforeLineEnd(int line)
    {
        var span = raw.Span;
        if (line > 0 && span[line - 1] == '\n') line--;
        return line > 0 && span[line - 1] == '\r' ? line - 1 : line;
    }
}
