using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>
/// Paragraphs in lines of mail (RFC 3676): a line that ends with a space goes on in the next one.
/// Plain text on the near side has one line a paragraph and <c>&gt; </c> before quoted ones; lines end with LF.
/// </summary>
public static class FormatFlowed
{
    private const string SignatureLine = "-- ";

    /// <summary>Lines quoted so deeply that less is left for their text are not wrapped.</summary>
    private const int MinRoom = 8;

    /// <param name="delSp">The DelSp parameter: the space at the end of a flowed line is not part of the text.</param>
    public static string Decode(string text, bool delSp)
    {
        var result = new StringBuilder(text.Length);
        var (open, openDepth, first) = (false, 0, true);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var depth = Depth(raw);
            var line = raw[depth..];
            if (line is [' ', ..]) line = line[1..]; // RFC 3676 §4.4: space-stuffing
            var isSignature = line is SignatureLine; // RFC 3676 §4.3: never flowed, never joined
            if (!(open && depth == openDepth && !isSignature))
            {
                if (!first) result.Append('\n');
                result.Append('>', depth);
                if (depth > 0 && line.Length > 0) result.Append(' ');
            }

            open = line is [.., ' '] && !isSignature;
            result.Append(open && delSp ? line[..^1] : line);
            (openDepth, first) = (depth, false);
        }

        return result.ToString();
    }

    /// <summary>Wraps at spaces so that lines are at most <paramref name="width"/> characters long; words that are longer stay whole.</summary>
    public static string Encode(string text, int width = 76)
    {
        var result = new StringBuilder(text.Length + (text.Length / 16));
        var first = true;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            if (!first) result.Append('\n');
            first = false;
            var depth = Depth(raw);
            var line = raw[depth..];
            if (depth > 0 && line is [' ', ..]) line = line[1..];
            if (line is not SignatureLine) line = line.TrimEnd(' '); // a space at the end would join the next paragraph
            AppendParagraph(result, line, depth, width);
        }

        return result.ToString();
    }

    private static void AppendParagraph(StringBuilder result, ReadOnlySpan<char> line, int depth, int width)
    {
        while (true)
        {
            result.Append('>', depth);
            // RFC 3676 §4.4; quoted lines are stuffed for the sake of those who read them as they are.
            var stuffed = (depth > 0 && line.Length > 0) || line is [' ', ..] or ['>', ..] || line.StartsWith("From ");
            if (stuffed) result.Append(' ');
            var room = width - depth - (stuffed ? 1 : 0);
            var end = line.Length <= room || room < MinRoom ? line.Length : BreakAfter(line, room);
            result.Append(line[..end]);
            line = line[end..];
            if (line.IsEmpty) return;
            result.Append('\n');
        }
    }

    /// <summary>The length of the first piece, its trailing space included; all of the line when it has no place to break.</summary>
    private static int BreakAfter(ReadOnlySpan<char> line, int room)
    {
        var space = line[..room].LastIndexOf(' ');
        if (space < 0 || line[..space].IsWhiteSpace() || line[..(space + 1)] is SignatureLine)
        {
            var next = line[room..].IndexOf(' ');
            if (next < 0) return line.Length;
            space = room + next;
        }

        while (space + 1 < line.Length && line[space + 1] == ' ') space++;
        return space + 1;
    }

    private static int Depth(ReadOnlySpan<char> line) => line.IndexOfAnyExcept('>') is >= 0 and var depth ? depth : line.Length;
}
