using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>AUTH (RFC 4954) with PLAIN (RFC 4616), or LOGIN where the server knows nothing better.</summary>
internal sealed partial class SmtpSession
{
    private async Task LoginAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        SmtpReply reply;
        if (_features.AuthMechanisms.Contains("PLAIN", StringComparer.Ordinal))
        {
            reply = await _wire.AskAsync($"AUTH PLAIN {Encoded($"\0{credentials.UserName}\0{credentials.Password}")}", cancellationToken);
        }
        else if (_features.AuthMechanisms.Contains("LOGIN", StringComparer.Ordinal))
        {
            // Asks for the name and then for the password; the wording of its questions varies (draft-murchison-sasl-login).
            reply = await _wire.AskAsync("AUTH LOGIN", cancellationToken);
            if (reply.Code == 334) reply = await _wire.AskAsync(Encoded(credentials.UserName), cancellationToken);
            if (reply.Code == 334) reply = await _wire.AskAsync(Encoded(credentials.Password), cancellationToken);
        }
        else
        {
            var offered = _features.AuthMechanisms is { Count: > 0 } others ? $"offers only {string.Join(", ", others)}" : "offers no AUTH";
            throw new MailConnectionException($"cannot log in: {_options.Endpoint} {offered}");
        }

        if (reply.Code != 235) throw new SmtpTurnedAwayException($"{_options.Endpoint} refuses the login of {credentials.UserName}", reply);
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
