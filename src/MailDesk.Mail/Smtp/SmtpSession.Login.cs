using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>AUTH (RFC 4954) with a token (RFC 7628), PLAIN (RFC 4616), or LOGIN where the server knows nothing better.</summary>
internal sealed partial class SmtpSession
{
    /// <summary>RFC 5321 §4.5.3.1.4, less the line end. A token may be longer, and then waits for the server's word (RFC 4954 §4).</summary>
    private const int MaxCommandLine = 510;

    private async Task LoginAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        _connection.RequireSecrecy();
        var (reply, why) = credentials.Tokens is null
            ? (await LogInWithPasswordAsync(credentials, cancellationToken), null)
            : await LogInWithTokenAsync(credentials, cancellationToken);
        if (reply.Code == 235) return;
        throw new SmtpTurnedAwayException($"{_options.Endpoint} refuses the login of {credentials.UserName}{(why is null ? "" : $" ({why})")}", reply);
    }

    private async Task<SmtpReply> LogInWithPasswordAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        if (Offers("PLAIN")) return (await AuthenticateAsync(SaslExchange.Plain(credentials.UserName, credentials.Password), cancellationToken)).Reply;
        if (!Offers("LOGIN")) throw NoWayToLogIn();

        // Asks for the name and then for the password; the wording of its questions varies (draft-murchison-sasl-login).
        var reply = await _wire.AskAsync("AUTH LOGIN", cancellationToken);
        if (reply.Code == 334) reply = await _wire.AskAsync(Encoded(credentials.UserName), cancellationToken);
        if (reply.Code == 334) reply = await _wire.AskAsync(Encoded(credentials.Password), cancellationToken);
        return reply;
    }

    /// <summary>A refused token may just have expired: the provider is asked once for another.</summary>
    private async Task<(SmtpReply Reply, string? Why)> LogInWithTokenAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        var token = await credentials.GetTokenAsync(refused: null, cancellationToken);
        var result = await AuthenticateAsync(Exchange(), cancellationToken);
        if (result.Reply.Code != 535) return result; // RFC 4954 §6: 535 is about the credentials, the rest is not
        var refused = token;
        token = await credentials.GetTokenAsync(refused, cancellationToken);
        return string.Equals(token, refused, StringComparison.Ordinal) ? result : await AuthenticateAsync(Exchange(), cancellationToken);

        SaslExchange Exchange() => SaslExchange.ForToken(Offers, credentials.UserName, _options.Endpoint, token) ?? throw NoWayToLogIn();
    }

    private async Task<(SmtpReply Reply, string? Why)> AuthenticateAsync(SaslExchange exchange, CancellationToken cancellationToken)
    {
        var command = $"AUTH {exchange.Mechanism} {exchange.Response}";
        var fits = command.Length <= MaxCommandLine;
        var reply = await _wire.AskAsync(fits ? command : $"AUTH {exchange.Mechanism}", cancellationToken);
        if (!fits && reply.Code == 334) reply = await _wire.AskAsync(exchange.Response, cancellationToken);
        if (reply.Code != 334) return (reply, null);
        var why = SaslExchange.ReadError(reply.Text);
        return (await _wire.AskAsync(exchange.AfterError ?? "*", cancellationToken), why); // RFC 4954 §4: "*" gives up
    }

    private bool Offers(string mechanism) => _features.AuthMechanisms.Contains(mechanism, StringComparer.Ordinal);

    private MailConnectionException NoWayToLogIn()
    {
        var offered = _features.AuthMechanisms is { Count: > 0 } others ? $"offers only {string.Join(", ", others)}" : "offers no AUTH";
        return new($"cannot log in: {_options.Endpoint} {offered}");
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
