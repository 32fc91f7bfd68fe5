using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>Characters that a reader does not see.</summary>
internal static class TextCharacters
{
    /// <summary>All that is, or may be, a space, an end of line or not read; the others are what they are.</summary>
    internal static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Range('\0', ' '), .. Range('\u007F', '\u00A0'), '\u00AD', '\u034F', '\u061C', '\u1680', '\u180E', .. Range('\u2000', '\u200F'), .. Range('\u2028', '\u202F'), .. Range('\u205F', '\u206F'), '\u3000', '\uFEFF']);

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);

    internal static bool IsSpace(char c) => c == '\t' ? false : char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.SpaceSeparator;

    /// <summary>False for zero-width characters, direction marks, soft hyphens and control characters other than the tab.</summary>
    internal static bool IsRead(string text, int index) => text[index] switch
    {
        < ' ' and not '\t' or (>= '\u007F' and <= '\u009F') => false,
        '\u00AD' or '\u034F' or '\u061C' or '\u180E' or '\u200B' or '\u200C' or '\u200E' or '\u200F' or '\uFEFF' => false,
        (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') => false,
        '\u200D' => index > 0 && (char.IsSurrogate(text[index - 1]) || text[index - 1] == '\uFE0F'), // joins the parts of an emoji
        _ => true,
    };
}
