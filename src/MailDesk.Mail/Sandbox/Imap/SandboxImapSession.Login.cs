using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>CAPABILITY, ID, NAMESPACE, LOGIN, AUTHENTICATE PLAIN and LOGOUT (RFC 3501 §6.1, §6.2).</summary>
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
        return LogInAsync(userName, password, stop);
    }

    private async ValueTask<string> AuthenticateAsync(ImapArguments arguments, CancellationToken stop)
    {
        arguments.Space();
        if (!arguments.Atom().Equals("PLAIN", StringComparison.OrdinalIgnoreCase)) return "NO [CANNOT] PLAIN, please";
        string response;
        if (arguments.TrySkip(' '))
        {
            response = arguments.Atom(); // RFC 4959 §3
            arguments.End();
            if (response is "=") response = "";
        }
        else
        {
            await connection.Write("+ \r\n").FlushAsync(stop);
            var line = await connection.ReadLineAsync(MaxLiteralBeforeLogin, stop);
            response = Encoding.UTF8.GetString(line.Bytes.Span);
        }

        return SaslPlain.FromBase64(response) is { } octets && SaslPlain.Parse(octets) is { } login
            ? await LogInAsync(login.UserName, login.Password, stop)
            : "BAD Not a PLAIN response";
    }

    private async ValueTask<string> LogInAsync(string userName, string password, CancellationToken stop)
    {
        if (_account is not null) return "BAD Already logged in";
        if (SandboxRehearsal.Of(userName) is { } rehearsal)
        {
            if (!rehearsal.IsSilence) return rehearsal.IsTemporary ? "NO [UNAVAILABLE] As the address asks" : "NO [AUTHENTICATIONFAILED] As the address asks";
            await connection.FlushAsync(stop);
            await connection.FallSilentAsync(stop);
        }

        _account = store.Authenticate(userName, password);
        if (_account is not null) return $"OK [CAPABILITY {Capabilities}] Welcome";
        return ++_errors > MaxErrors ? "BAD Too many errors" : "NO [AUTHENTICATIONFAILED] Wrong name or password";
    }
}
