using System.Globalization;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// A failure that an address asks for, so that people can rehearse what their program does then. The local part says which; any domain
/// will do, and no account is needed:
/// <list type="table">
/// <item><term><c>temperror…</c></term><description>451 4.3.0: try again later</description></item>
/// <item><term><c>permerror…</c></term><description>550 5.0.0: never</description></item>
/// <item><term><c>timeout…</c></term><description>no answer at all, until the client or the idle time ends the connection</description></item>
/// <item><term><c>451…</c>, <c>550…</c>, any 4xx or 5xx</term><description>that very code; after 421 the connection is closed
/// (RFC 5321 §3.8)</description></item>
/// </list>
/// As a recipient it fails at RCPT; with the sub-address <c>data</c> (<c>timeout+data@desk.example</c>) RCPT succeeds and the failure
/// comes after the end of the data: a refusal then refuses the whole message, whereas a <c>timeout</c> there delivers to the other
/// recipients first, which is the sender's worst case. As a user name it fails at AUTH, LOGIN or AUTHENTICATE: 4xx as "unavailable", 5xx as
/// "wrong password".
/// </summary>
/// <param name="Code">The reply code; 0 for silence.</param>
internal sealed record SandboxRehearsal(int Code, bool AfterData)
{
    public bool IsSilence => Code == 0;

    public bool IsTemporary => Code is >= 400 and < 500;

    public string EnhancedCode => IsTemporary ? "4.3.0" : "5.0.0";

    /// <summary>What <paramref name="address"/> asks for, or null.</summary>
    public static SandboxRehearsal? Of(string address)
    {
        var at = address.LastIndexOf('@');
        var local = at < 0 ? address : address[..at];
        var afterData = local.EndsWith("+data", StringComparison.OrdinalIgnoreCase);
        return local switch
        {
            _ when Begins("temperror") => new(451, afterData),
            _ when Begins("permerror") => new(550, afterData),
            _ when Begins("timeout") => new(0, afterData),
            [>= '4' and <= '5', >= '0' and <= '9', >= '0' and <= '9', ..] when local.Length == 3 || !char.IsAsciiDigit(local[3])
                => new(int.Parse(local.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), afterData),
            _ => null,
        };

        bool Begins(string word) => local.StartsWith(word, StringComparison.OrdinalIgnoreCase);
    }
}
