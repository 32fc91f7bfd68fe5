using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>File names from strangers.</summary>
internal static class FileNames
{
    /// <summary>
    /// The base name only: no directories of any system, no control or direction-changing characters (which make "exe.txt" of
    /// "txt.exe"), not "." or "..". Null when nothing is left.
    /// </summary>
    public static string? Clean(string? name)
    {
        if (name is null) return null;
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var result = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!char.IsControl(c) && c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F'))
            {
                result.Append(c);
            }
        }

        var clean = result.ToString().Trim();
        return clean is "" or "." or ".." ? null : clean;
    }
}
