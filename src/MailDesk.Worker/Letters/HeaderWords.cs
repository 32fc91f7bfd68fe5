using System.Text;

namespace MailDesk.Worker.Letters;

/// <summary>Text from outside made fit for one line: a subject, a name.</summary>
internal static class HeaderWords
{
    /// <summary>
    /// One line of at most <paramref name="limit"/> characters: control characters (CR and LF among them) and runs of blanks are one
    /// space, marks that turn the direction of writing are dropped, what is cut ends in "…".
    /// </summary>
    public static string Of(string text, int limit)
    {
        var line = new StringBuilder(Math.Min(text.Length, limit));
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (!TurnsDirection(rune.Value))
            {
                line.Append(rune.ToString());
            }

            if (line.Length > limit) return line.ToString(0, CutAt(line, limit - 1)).TrimEnd() + "…";
        }

        return line.ToString().TrimEnd();
    }

    private static int CutAt(StringBuilder line, int index) => char.IsLowSurrogate(line[index]) ? index - 1 : index;

    private static bool TurnsDirection(int c) => c is 0x061C or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
