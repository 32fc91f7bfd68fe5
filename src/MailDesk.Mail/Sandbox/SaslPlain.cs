using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>The PLAIN mechanism (RFC 4616 §2): <c>[authzid] NUL authcid NUL password</c>.</summary>
internal static class SaslPlain
{
    /// <summary>Null for a malformed response, or for one that asks to act as somebody else.</summary>
    public static (string UserName, string Password)? Parse(byte[] response) =>
        Encoding.UTF8.GetString(response).Split('\0') is [var actAs, var userName, var password]
            && (actAs.Length == 0 || actAs.Equals(userName, StringComparison.OrdinalIgnoreCase))
                ? (userName, password)
                : null;

    public static byte[]? FromBase64(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : null;
    }
}
