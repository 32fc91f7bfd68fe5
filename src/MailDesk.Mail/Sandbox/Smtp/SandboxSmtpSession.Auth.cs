using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>AUTH (RFC 4954) with PLAIN (RFC 4616), LOGIN, and where there is a token OAUTHBEARER (RFC 7628) and XOAUTH2, each with and without an initial response.</summary>
internal sealed partial class SandboxSmtpSession
{
    private async ValueTask AuthenticateAsync(string argument, CancellationToken stop)
    {
        if (!_extended) await Error("503 5.5.1 Say EHLO first");
        else if (_user is not null || _sender is not null) await Error("503 5.5.1 Not now"); // RFC 4954 §4
        else if (argument.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var mechanism, .. { Length: <= 1 } initial])
            await Error("501 5.5.4 AUTH mechanism [initial-response]");
        else
        {
            // RFC 4954 §4: "=" is an empty initial response
            var first = initial is [var word] ? (word is "=" ? "" : word) : null;
            switch (mechanism.ToUpperInvariant())
            {
                case "PLAIN":
                    await PlainAsync(first, stop);
                    break;
                case "LOGIN":
                    await LoginAsync(first, stop);
                    break;
                case var mechanismName and ("OAUTHBEARER" or "XOAUTH2") when site.Options.Token is not null:
                    await BearerAsync(mechanismName, first, stop);
                    break;
                default:
                    await Error("504 5.5.4 PLAIN or LOGIN, please");
                    break;
            }
        }
    }

    private async ValueTask PlainAsync(string? first, CancellationToken stop)
    {
        if (await DecodeAsync(first ?? await AskAsync("", stop)) is not { } response) return;
        if (SaslPlain.Parse(response) is { } login) await LogInAsync(login.UserName, store.Authenticate(login.UserName, login.Password), stop);
        else await Error("501 5.5.2 Not a PLAIN response");
    }

    private async ValueTask LoginAsync(string? first, CancellationToken stop)
    {
        if (await DecodeAsync(first ?? await AskAsync("VXNlcm5hbWU6", stop)) is not { } userName) return;
        if (await DecodeAsync(await AskAsync("UGFzc3dvcmQ6", stop)) is not { } password) return;
        var name = Encoding.UTF8.GetString(userName);
        await LogInAsync(name, store.Authenticate(name, Encoding.UTF8.GetString(password)), stop);
    }

    private async ValueTask BearerAsync(string mechanism, string? first, CancellationToken stop)
    {
        if (await DecodeAsync(first ?? await AskAsync("", stop)) is not { } response) return;
        if (SaslBearer.Parse(mechanism, response) is not { } login)
        {
            await Error($"501 5.5.2 Not an {mechanism} response");
            return;
        }

        var account = store.AuthenticateByToken(login.UserName, login.Token);
        if (account is null) await AskAsync(SaslBearer.Refusal, stop); // whatever it answers, RFC 7628 §3.2.3
        await LogInAsync(login.UserName, account, stop);
    }

    private async ValueTask LogInAsync(string userName, MailAccount? account, CancellationToken stop)
    {
        if (SandboxRehearsal.Of(userName) is { } rehearsal)
        {
            if (rehearsal.IsSilence || rehearsal.Code == 421) await RehearseAsync(rehearsal, stop);
            else await Error(rehearsal.IsTemporary ? "454 4.7.0 As the address asks" : "535 5.7.8 As the address asks");
            return;
        }

        _user = account;
        await (_user is null ? Error("535 5.7.8 Wrong name or password") : Reply("235 2.7.0 Welcome"));
    }

    private async ValueTask<string?> AskAsync(string challenge, CancellationToken stop)
    {
        await Reply($"334 {challenge}");
        return await ReadLineAsync(stop);
    }

    /// <summary>The octets behind base64; null when the client has gone wrong or given up, and has been told.</summary>
    private async ValueTask<byte[]?> DecodeAsync(string? text)
    {
        if (text is not (null or "*") && SaslPlain.FromBase64(text) is { } octets) return octets;
        await Error(text is "*" ? "501 5.7.0 Given up" : "501 5.5.2 Not base64");
        return null;
    }
}
