using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    private async Task LoginAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        await NeedCapabilitiesAsync(cancellationToken);
        _connection.RequireSecrecy();
        var (name, password) = credentials;
        if (name.Contains('\0') || password.Contains('\0')) throw new MailboxLoginException("a NUL character in the name or password");
        var (status, why) = credentials.Tokens is null
            ? await LogInWithPasswordAsync(name, password, cancellationToken)
            : await LogInWithTokenAsync(credentials, cancellationToken);
        if (IsOutage(status)) throw new MailConnectionException($"{_connection.Endpoint} cannot log in anyone now: {status.Words}");
        if (!status.IsOk) throw new MailboxLoginException(why is null ? status.Words : $"{status.Words} ({why})") { Code = status.Code };
        if (!_capabilitiesAreNew) ForgetCapabilities();
    }

    private async Task<(ImapStatus Status, string? Why)> LogInWithPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (Has("AUTH=PLAIN")) return await AuthenticateAsync(SaslExchange.Plain(name, password), cancellationToken);
        if (Has("LOGINDISABLED")) throw new MailboxLoginException("the server offers neither AUTH=PLAIN nor LOGIN here");
        var login = Command("LOGIN").String(name).String(password);
        _capabilitiesAreNew = false;
        return (await ExecuteAsync(login, cancellationToken), null);
    }

    /// <summary>A refused token may just have expired: the provider is asked once for another.</summary>
    private async Task<(ImapStatus Status, string? Why)> LogInWithTokenAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        var token = await credentials.GetTokenAsync(refused: null, cancellationToken);
        var result = await AuthenticateAsync(Exchange(), cancellationToken);
        if (result.Status.IsOk || IsOutage(result.Status)) return result;
        var refused = token;
        token = await credentials.GetTokenAsync(refused, cancellationToken);
        return string.Equals(token, refused, StringComparison.Ordinal) ? result : await AuthenticateAsync(Exchange(), cancellationToken);

        SaslExchange Exchange() =>
            SaslExchange.ForToken(mechanism => Has($"AUTH={mechanism}"), credentials.UserName, _connection.Endpoint, token)
            ?? throw new MailboxLoginException("the server offers neither AUTH=OAUTHBEARER nor AUTH=XOAUTH2 here");
    }

    /// <summary>RFC 5530: nothing against the credentials.</summary>
    private static bool IsOutage(ImapStatus status) =>
        status is { IsOk: false, Code: "UNAVAILABLE" or "INUSE" or "LIMIT" or "SERVERBUG" }
        // QUIRK: Gmail takes 15 connections for an account and has no code for the sixteenth.
        || (status is { IsOk: false, Code: "ALERT" } && status.Text.Contains("simultaneous connections", StringComparison.OrdinalIgnoreCase));

    // RFC 9051 §6.2.2; RFC 4959 (SASL-IR) saves the round trip.
    private async Task<(ImapStatus Status, string? Why)> AuthenticateAsync(SaslExchange exchange, CancellationToken cancellationToken)
    {
        _capabilitiesAreNew = false;
        var said = Has("SASL-IR");
        var tag = await SendAsync($"AUTHENTICATE {exchange.Mechanism}{(said ? " " + exchange.Response : "")}", cancellationToken);
        string? why = null;
        while (true)
        {
            if (await ReadUntilAsync(tag, ImapResponseKind.Continuation, null, cancellationToken) is { } end) return (end, why);
            if (said && (why is not null || exchange.AfterError is null)) throw _reader.Broken("a request for more where the login was complete");
            if (said) why = SaslExchange.ReadError(_challenge);
            await SendLineAsync(cancellationToken, said ? exchange.AfterError! : exchange.Response);
            said = true;
        }
    }
}
