using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>Connects, protects the connection as the endpoint asks, and logs in.</summary>
    /// <exception cref="MailConnectionException">Unreachable, not protected, or not an IMAP server.</exception>
    /// <exception cref="MailboxLoginException">The server refused the credentials, or cannot take them.</exception>
    public static async Task<ImapClient> ConnectAsync(
        MailEndpoint endpoint, MailCredentials credentials, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await MailConnection.ConnectAsync(endpoint, time, cancellationToken);
        try
        {
            var client = new ImapClient(connection, time);
            var greeting = await client.GreetAsync(cancellationToken);
            if (endpoint.Tls == TlsMode.StartTls) await client.StartTlsAsync(greeting, cancellationToken);
            if (greeting == ImapCondition.Ok) await client.LoginAsync(credentials, cancellationToken);
            await client.NeedCapabilitiesAsync(cancellationToken);
            await client.EnableUtf8Async(cancellationToken);
            return client;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // RFC 9051 §7.1.3-5: a greeting is OK, PREAUTH or BYE.
    private async Task<ImapCondition> GreetAsync(CancellationToken cancellationToken)
    {
        var greeting = await NextAsync(cancellationToken, _connection.Endpoint.ConnectTimeout);
        return greeting.Status is { Condition: ImapCondition.Ok or ImapCondition.PreAuth } status
            ? status.Condition
            : throw _reader.Broken("no greeting of an IMAP server");
    }

    // RFC 9051 §6.2.1. PREAUTH admits no STARTTLS; going on would be in clear text, on the word of whoever sits between.
    private async Task StartTlsAsync(ImapCondition greeting, CancellationToken cancellationToken)
    {
        if (greeting == ImapCondition.PreAuth) throw _reader.Broken("PREAUTH, which leaves no way to STARTTLS");
        await NeedCapabilitiesAsync(cancellationToken);
        if (!Has("STARTTLS")) throw new MailConnectionException($"{_connection.Endpoint} offers no STARTTLS");
        var status = await ExecuteAsync("STARTTLS", cancellationToken);
        if (!status.IsOk) throw new MailConnectionException($"{_connection.Endpoint} refuses STARTTLS: {status.Words}");
        await _connection.StartTlsAsync(cancellationToken);
        ForgetCapabilities();
    }
}
