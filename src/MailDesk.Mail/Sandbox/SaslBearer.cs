using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>The mechanisms OAUTHBEARER (RFC 7628 §3.1) and XOAUTH2 (Google's, from which it came) on the server's side.</summary>
internal static class SaslBearer
{
    /// <summary>What a server says, in base64, before it refuses (RFC 7628 §3.2.2): <c>{"status":"401","schemes":"bearer"}</c>.</summary>
    public static string Refusal { get; } = Convert.ToBase64String("""{"status":"401","schemes":"bearer"}"""u8);

    /// <summary>Null for a malformed response or another mechanism.</summary>
    public static (string UserName, string Token)? Parse(string mechanism, byte[] response)
    {
        var fields = Encoding.UTF8.GetString(response).Split('\u0001');
        if (fields.Length < 4 || fields[^1].Length > 0 || fields[^2].Length > 0) return null;
        var userName = mechanism switch
        {
            "XOAUTH2" when fields[0].StartsWith("user=", StringComparison.Ordinal) => fields[0][5..],
            "OAUTHBEARER" when fields[0].Split(',') is ["n" or "y", ['a', '=', .. var name], ""] =>
                name.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal),
            _ => null,
        };
        var authorization = fields.FirstOrDefault(f => f.StartsWith("auth=Bearer ", StringComparison.OrdinalIgnoreCase));
        return userName is null || authorization is null ? null : (userName, authorization["auth=Bearer ".Length..]);
    }
}
