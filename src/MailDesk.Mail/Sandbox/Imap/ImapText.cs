using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>Writes IMAP's strings and dates.</summary>
internal static class ImapText
{
    /// <summary>Quoted where the grammar allows it, else a literal (RFC 3501 §4.3).</summary>
    public static string String(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~') && text.Length < 1024)
        {
            return $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        return $"{{{Encoding.UTF8.GetByteCount(text)}}}\r\n{text}";
    }

    public static string NString(string? text) => text is null ? "NIL" : String(text);

    /// <summary><c>"17-Jul-1996 02:44:25 -0700"</c></summary>
    public static string DateTime(DateTimeOffset date)
    {
        var zone = date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return $"\"{date.ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {zone}\"";
    }

    /// <summary>Null for what is no date-time.</summary>
    public static DateTimeOffset? ParseDateTime(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(' '), "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date)
            ? date
            : null;

    /// <summary>A date of SEARCH: <c>1-Feb-1994</c>.</summary>
    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(text, "d-MMM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
