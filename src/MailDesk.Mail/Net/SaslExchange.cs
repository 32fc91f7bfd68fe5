using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Net;

/// <summary>
/// A SASL mechanism (RFC 4422) in which the client says all in its first message, and what it answers when the server, before it refuses,
/// tells why. Knows neither IMAP nor SMTP.
/// </summary>
/// <param name="Response">In base64, as both protocols carry it.</param>
/// <param name="AfterError">In base64; null where the server has nothing to tell in between.</param>
internal sealed record SaslExchange(string Mechanism, string Response, string? AfterError = null)
{
    /// <summary>RFC 4616.</summary>
    /// <param name="userName">Without NUL, like the password.</param>
    public static SaslExchange Plain(string userName, string password) => new("PLAIN", Base64($"\0{userName}\0{password}"));

    /// <summary>The best mechanism for a token that the server offers; null for none.</summary>
    /// <param name="offers">Whether the server offers a mechanism.</param>
    public static SaslExchange? ForToken(Func<string, bool> offers, string userName, MailEndpoint endpoint, string token) =>
        offers("OAUTHBEARER") ? OAuthBearer(userName, endpoint, token) : offers("XOAUTH2") ? XOAuth2(userName, token) : null;

    /// <summary>RFC 7628 §3.1; after an error the client says one Control-A (§3.2.3).</summary>
    private static SaslExchange OAuthBearer(string userName, MailEndpoint endpoint, string token)
    {
        var name = userName.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal); // RFC 5801 §4
        var port = endpoint.Port.ToString(CultureInfo.InvariantCulture);
        return new("OAUTHBEARER", Base64($"n,a={name},\u0001host={endpoint.Host}\u0001port={port}\u0001auth=Bearer {token}\u0001\u0001"), Base64("\u0001"));
    }

    // QUIRK: Gmail, Exchange Online, Yandex and Mail.ru speak Google's own mechanism, which became RFC 7628; Exchange nothing else. After
    // an error it wants an empty line.
    private static SaslExchange XOAuth2(string userName, string token) =>
        new("XOAUTH2", Base64($"user={userName}\u0001auth=Bearer {token}\u0001\u0001"), "");

    /// <summary>What a server tells before it refuses: JSON such as <c>{"status":"401"}</c> in base64 (RFC 7628 §3.2.2), made fit for a log line.</summary>
    public static string ReadError(string challenge)
    {
        var octets = new byte[challenge.Length];
        return Convert.TryFromBase64String(challenge, octets, out var length) ? ServerWords.Of(octets.AsSpan(0, length)) : ServerWords.Of(Encoding.UTF8.GetBytes(challenge));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
