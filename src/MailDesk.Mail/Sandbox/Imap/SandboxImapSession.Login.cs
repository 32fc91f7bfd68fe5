using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>CAPABILITY, ID, ENABLE, NAMESPACE, LOGIN, AUTHENTICATE (with a password or a token) and LOGOUT (RFC 3501 §6.1, §6.2).</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Capability(ImapArguments arguments)
    {
        arguments.End();
        connection.Write($"* CAPABILITY {Capabilities}\r\n");
        return Completed("CAPABILITY");
    }

    /// <summary>RFC 2971. What the client says of itself is of no interest here.</summary>
    private ValueTask<string> Id(ImapArguments arguments)
    {
        _ = arguments;
        connection.Write("* ID (\"name\" \"MailDesk sandbox\")\r\n");
        return Completed("ID");
    }

    /// <summary>RFC 5161 §3.1: what is not known is passed over, and nothing here needs to be enabled.</summary>
    private ValueTask<string> Enable(ImapArguments arguments)
    {
        do
        {
            arguments.Space();
            arguments.Atom();
        }
        while (!arguments.AtEnd);
        connection.Write("* ENABLED\r\n");
        return Completed("ENABLE");
    }

    private ValueTask<string> Namespace(ImapArguments arguments)
    {
        arguments.End();
        connection.Write($"* NAMESPACE ((\"\" \"{MailAccount.Separator}\")) NIL NIL\r\n");
        return Completed("NAMESPACE");
    }

    private ValueTask<string> Logout(ImapArguments arguments)
    {
        arguments.End();
        Deselect();
        _ended = true;
        connection.Write("* BYE Until next time\r\n");
        return Completed("LOGOUT");
    }

    private ValueTask<string> LoginAsync(ImapArguments arguments, CancellationToken stop)
    {
        arguments.Space();
        var userName = arguments.AString();
        arguments.Space();
        var password = arguments.AString();
        arguments.End();
        return LogInAsync(userName, store.Authenticate(userName, password), stop);
    }

    private async ValueTask<string> AuthenticateAsync(ImapArguments arguments, CancellationToken stop)
    {
        arguments.Space();
        var mechanism = arguments.Atom().ToUpperInvariant();
        var isBearer = mechanism is "OAUTHBEARER" or "XOAUTH2" && site.Options.Token is not null;
        if (mechanism is not "PLAIN" && !isBearer) return "NO [CANNOT] PLAIN, please";
        string response;
        if (arguments.TrySkip(' '))
        {
            response = arguments.Atom(); // RFC 4959 §3
            arguments.End();
            if (response is "=") response = "";
        }
        else
        {
            response = await AskAsync("", stop);
        }

        if (SaslPlain.FromBase64(response) is not { } octets) return "BAD Not base64";
        if (isBearer) return await LogInByTokenAsync(mechanism, octets, stop);
        return SaslPlain.Parse(octets) is { } login
            ? await LogInAsync(login.UserName, store.Authenticate(login.UserName, login.Password), stop)
            : "BAD Not a PLAIN response";
    }

    private async ValueTask<string> LogInByTokenAsync(string mechanism, byte[] response, CancellationToken stop)
    {
        if (SaslBearer.Parse(mechanism, response) is not { } login) return $"BAD Not an {mechanism} response";
        var account = store.AuthenticateByToken(login.UserName, login.Token);
        if (account is null) await AskAsync(SaslBearer.Refusal, stop); // whatever it answers, RFC 7628 §3.2.3
        return await LogInAsync(login.UserName, account, stop);
    }

    private async ValueTask<string> AskAsync(string challenge, CancellationToken stop)
    {
        await connection.Write($"+ {challenge}\r\n").FlushAsync(stop);
        var line = await connection.ReadLineAsync(MaxLiteralBeforeLogin, stop);
        return Encoding.UTF8.GetString(line.Bytes.Span);
    }

    private async ValueTask<string> LogInAsync(string userName, MailAccount? account, CancellationToken stop)
    {
        if (_account is not null) return "BAD Already logged in";
        if (SandboxRehearsal.Of(userName) is { } rehearsal)
        {
            if (!rehearsal.IsSilence) return rehearsal.IsTemporary ? "NO [UNAVAILABLE] As the address asks" : "NO [AUTHENTICATIONFAILED] As the address asks";
            await connection.FlushAsync(stop);
            await connection.FallSilentAsync(stop);
        }

        _account = account;
        if (_account is not null) return $"OK [CAPABILITY {Capabilities}] Welcome";
        return ++_errors > MaxErrors ? "BAD Too many errors" : "NO [AUTHENTICATIONFAILED] Wrong name or password";
    }
}
