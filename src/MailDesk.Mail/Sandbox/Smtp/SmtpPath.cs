using System.Buffers;

namespace MailDesk.Mail.Sandbox;

/// <summary>The argument of MAIL FROM: and RCPT TO: (RFC 5321 §4.1.2).</summary>
/// <param name="Address">Without angle brackets and source route; empty for the null path.</param>
/// <param name="Parameters">Names in upper case; the value is empty where there is none.</param>
internal sealed record SmtpPath(string Address, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>RFC 5321 §4.5.3.1.3: 256 octets with the brackets.</summary>
    private const int MaxLength = 254;

    private static readonly SearchValues<char> LocalSpecials = SearchValues.Create(" @<>()[],;:\\\"");
    private static readonly SearchValues<char> DomainSpecials = SearchValues.Create(" <>()\\,;\"");

    /// <summary>Reads <c>&lt;path&gt; PARAM=value …</c> after the keyword (<c>FROM:</c> or <c>TO:</c>); null for a syntax error.</summary>
    public static SmtpPath? Parse(string argument, string keyword)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = argument[keyword.Length..].TrimStart(' '); // QUIRK: many clients write "FROM: <…>"
        if (!rest.StartsWith('<') || EndOfPath(rest) is not (> 0 and var end)) return null;
        var address = rest[1..end];
        if (address.StartsWith('@') && address.IndexOf(':', StringComparison.Ordinal) is > 0 and var route) address = address[(route + 1)..];
        if (address.Length > 0 && !IsMailbox(address)) return null;

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in rest[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            parameters[equals < 0 ? parameter : parameter[..equals]] = equals < 0 ? "" : parameter[(equals + 1)..];
        }

        return new SmtpPath(address, parameters);
    }

    /// <summary>Where the <c>&gt;</c> is that no quoted local part holds; -1 without one.</summary>
    private static int EndOfPath(string text)
    {
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (text[i] == '>' && !quoted) return i;
        }

        return -1;
    }

    private static bool IsMailbox(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1 || address.Length > MaxLength || address.Any(char.IsControl)) return false;
        var local = address.AsSpan(0, at);
        return (local[0] == '"' || !local.ContainsAny(LocalSpecials)) && !address.AsSpan(at).ContainsAny(DomainSpecials);
    }
}
