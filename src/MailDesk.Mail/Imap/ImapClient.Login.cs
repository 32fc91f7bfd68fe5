using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    private async Task LoginAsync(MailCredentials credentials, CancellationToken cancellationToken)
    {
        await NeedCapabilitiesAsync(cancellationToken);
        var (name, password) = credentials;
        if (name.Contains('\0') || password.Contains('\0')) throw new MailboxLoginException("a NUL character in the name or password");
        var plain = Has("AUTH=PLAIN");
        if (!plain && Has("LOGINDISABLED")) throw new MailboxLoginException("the server offers neither AUTH=PLAIN nor LOGIN here");
        var login = Command("LOGIN").String(name).String(password);
        var initialResponse = Has("SASL-IR");
        ForgetCapabilities();
        var status = plain
            ? await AuthenticatePlainAsync(name, password, initialResponse, cancellationToken)
            : await ExecuteAsync(login, cancellationToken);
        if (status is { IsOk: false, Code: "UNAVAILABLE" or "INUSE" or "LIMIT" or "SERVERBUG" }) // RFC 5530: nothing against the password
            throw new MailConnectionException($"{_connection.Endpoint} cannot log in anyone now: {status.Words}");
        if (!status.IsOk) throw new MailboxLoginException(status.Words);
    }

    // RFC 4616; RFC 4959 (SASL-IR) saves the round trip.
    private async Task<ImapStatus> AuthenticatePlainAsync(string name, string password, bool initialResponse, CancellationToken cancellationToken)
    {
        var response = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0{password}"));
        if (initialResponse) return await ExecuteAsync($"AUTHENTICATE PLAIN {response}", cancellationToken);
        var tag = await SendAsync("AUTHENTICATE PLAIN", cancellationToken);
        if (await ReadUntilAsync(tag, ImapResponseKind.Continuation, null, cancellationToken) is { } refusal) return refusal;
        await SendLineAsync(cancellationToken, response);
        return await FinishAsync(tag, null, cancellationToken);
    }
}
