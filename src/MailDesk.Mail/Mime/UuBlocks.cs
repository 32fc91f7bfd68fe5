using System.Text;
using System.Text.RegularExpressions;

namespace MailDesk.Mail.Mime;

/// <summary>
/// Files that old programs write into the text with uuencode. Only a block that is whole is one: from "begin 644 name" to "end", each
/// line as long as its first character says (less the blanks at its end, which get lost). All else stays text.
/// </summary>
internal static partial class UuBlocks
{
    private const int MaxFiles = 1000; // MAIL.md §1: parts of one message

    /// <returns>The text without its blocks; the very text when there are none.</returns>
    public static string Take(string text, List<MimePart> files)
    {
        if (!text.Contains("begin ", StringComparison.Ordinal)) return text;
        var rest = new StringBuilder();
        var kept = 0;
        for (var match = Begin().Match(text); match.Success && files.Count < MaxFiles; match = Begin().Match(text, Math.Max(kept, match.Index + 1)))
        {
            // A line that begins another block is no data: what one search has passed over, no other one sees.
            if (Decode(text, match.Index + match.Length) is not var (content, end)) continue;
            files.Add(MadePart.File(null, match.Groups["name"].Value, null, content));
            rest.Append(text, kept, match.Index - kept);
            kept = end;
        }

        return kept == 0 ? text : rest.Append(text, kept, text.Length - kept).ToString();
    }

    /// <returns>The octets and where the block ends; null when it is no whole block.</returns>
    private static (byte[] Content, int End)? Decode(string text, int position)
    {
        var block = new StringBuilder("begin \n");
        while (position < text.Length)
        {
            var end = text.IndexOf('\n', position);
            var line = text.AsSpan(position, (end < 0 ? text.Length : end) - position).TrimEnd('\r');
            position = end < 0 ? text.Length : end + 1;
            if (line.SequenceEqual("end"))
            {
                var octets = Encoding.ASCII.GetBytes(block.Append("end").ToString());
                var content = new byte[octets.Length];
                return (content[..UuDecoder.Decode(octets, content)], position);
            }

            if (!IsData(line, out var length)) return null;
            if (length == 0) continue; // the line before the end
            block.Append(line).Append(' ', Math.Max(0, 1 + length - line.Length)).Append('\n');
        }

        return null;
    }

    /// <param name="length">How many characters must follow the first one.</param>
    private static bool IsData(ReadOnlySpan<char> line, out int length)
    {
        length = 0;
        if (line.IsEmpty) return true;
        if (line.ContainsAnyExceptInRange(' ', '`')) return false;
        length = (((line[0] - ' ') & 0x3F) + 2) / 3 * 4;
        // One more is a checksum that some write; a last group may be cut to the characters that it needs.
        return line.Length - 1 <= length + 1 || length == 0 && line.Trim(" `").IsEmpty;
    }

    [GeneratedRegex(@"^begin [0-7]{3,4} (?<name>[^\r\n]{1,255})\r?\n", RegexOptions.Multiline)]
    private static partial Regex Begin();
}
