using System.Text;
using System.Text.RegularExpressions;

namespace MailDesk.Mail.Text;

/// <summary>The charset that HTML names itself by: <c>&lt;meta charset&gt;</c> or its older form with http-equiv (WHATWG HTML §13.2.3.2).</summary>
internal static partial class MetaCharset
{
    /// <summary>The standard looks at 1024 octets; Word writes longer heads.</summary>
    private const int Window = 4096;

    /// <returns>The label as it is written, or null.</returns>
    public static string? Find(ReadOnlySpan<byte> html)
    {
        html = html[..Math.Min(html.Length, Window)];
        if (html.IndexOf("harset"u8) < 0 && html.IndexOf("HARSET"u8) < 0) return null;
        if (Declaration().Match(Encoding.Latin1.GetString(html)) is not { Success: true } match) return null;
        var label = match.Groups["label"].Value;
        // What could be read as far as this is not UTF-16, whatever it says.
        return label.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? "utf-8" : label;
    }

    [GeneratedRegex("""<meta\s[^>]*?charset\s*=\s*["']?\s*(?<label>[^\s"'>;/]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
