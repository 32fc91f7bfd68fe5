using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Smtp;

/// <summary>An address as MAIL and RCPT carry it, without its angle brackets. What this type lets through cannot end a command.</summary>
/// <param name="Text">Empty for the null return path.</param>
/// <param name="NeedsUtf8">The server must know SMTPUTF8 (RFC 6531).</param>
internal sealed record SmtpPath(string Text, bool NeedsUtf8)
{
    /// <summary>RFC 5321 §4.5.3.1.3, less the angle brackets.</summary>
    private const int MaxOctets = 254;

    // RFC 5321 §4.1.2: atext and dots. Where the dots stand is left to the server: some providers have let them stand anywhere.
    private static readonly SearchValues<char> LocalCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    private static readonly SearchValues<char> DomainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly SearchValues<char> LiteralCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:");

    private static readonly IdnMapping Idn = new();

    public static SmtpPath Null { get; } = new("", NeedsUtf8: false);

    /// <summary>
    /// A domain of other letters is turned into its A-labels (RFC 5891), so that only a local part needs SMTPUTF8. Quoted local parts
    /// pass as long as nothing in the quotes is a space, an angle bracket or a control character.
    /// </summary>
    public static bool TryParse(string address, [NotNullWhen(true)] out SmtpPath? path)
    {
        path = null;
        var at = address.LastIndexOf('@');
        if (at < 1 || !IsLocalPart(address.AsSpan(0, at)) || ToAscii(address[(at + 1)..]) is not { } domain || !IsDomain(domain)) return false;

        var text = $"{address.AsSpan(0, at)}@{domain}";
        if (Encoding.UTF8.GetByteCount(text) > MaxOctets) return false;
        path = new SmtpPath(text, !Ascii.IsValid(text));
        return true;
    }

    /// <summary>A domain name or an address literal, in ASCII.</summary>
    public static bool IsDomain(string domain) => domain is ['[', .. var literal, ']']
        ? literal.Length > 0 && !literal.AsSpan().ContainsAnyExcept(LiteralCharacters)
        : domain.Length > 0 && !domain.AsSpan().ContainsAnyExcept(DomainCharacters);

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local is ['"', .. var quoted, '"']) return IsQuoted(quoted);
        foreach (var rune in local.EnumerateRunes())
        {
            if (rune.IsAscii ? !LocalCharacters.Contains((char)rune.Value) : !IsVisible(rune)) return false;
        }

        return true;
    }

    private static bool IsQuoted(ReadOnlySpan<char> quoted)
    {
        for (var i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] is <= ' ' or > '~' or '<' or '>' or '"') return false;
            if (quoted[i] == '\\' && (++i == quoted.Length || quoted[i] is <= ' ' or > '~' or '<' or '>')) return false;
        }

        return true;
    }

    // Half a surrogate pair enumerates as the replacement character.
    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static string? ToAscii(string domain)
    {
        if (Ascii.IsValid(domain)) return domain;
        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
