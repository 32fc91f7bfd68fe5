using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// One SMTP client (RFC 5321, with PIPELINING, SIZE, 8BITMIME, SMTPUTF8, CHUNKING, ENHANCEDSTATUSCODES, AUTH).
/// <para>Invariants: a 250 after the data means that the message lies in every recipient's INBOX; only CRLF.CRLF, or the last of the octets
/// that BDAT announced, ends the data; mail is accepted with and without AUTH, but only for accounts of the sandbox: nothing is ever relayed;
/// replies are gathered while the client has more commands in the pipe (RFC 2920 §3.2) and are sent before any wait.</para>
/// </summary>
internal sealed partial class SandboxSmtpSession(SandboxConnection connection, SandboxStore store, SandboxSite site)
{
    /// <summary>RFC 4954 §4 asks for 12 288 octets in AUTH; every other command is far below.</summary>
    private const int MaxCommandLine = 12_288;

    /// <summary>A client that only errs is sent away.</summary>
    private const int MaxErrors = 20;

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" ()<>;\"\\");

    /// <summary>The commands: what must have come before, and what they do.</summary>
    private static readonly FrozenDictionary<string, Command> Commands = new Dictionary<string, Command>(StringComparer.OrdinalIgnoreCase)
    {
        ["HELO"] = new(Needs.Nothing, static (s, domain, _) => s.Hello(domain, extended: false)),
        ["EHLO"] = new(Needs.Nothing, static (s, domain, _) => s.Hello(domain, extended: true)),
        ["AUTH"] = new(Needs.Greeting, static (s, argument, stop) => s.AuthenticateAsync(argument, stop)),
        ["MAIL"] = new(Needs.Greeting, static (s, path, stop) => s.MailAsync(path, stop)),
        ["RCPT"] = new(Needs.Sender, static (s, path, stop) => s.RecipientAsync(path, stop)),
        ["DATA"] = new(Needs.Sender, static (s, _, stop) => s.DataAsync(stop)),
        ["BDAT"] = new(Needs.Nothing, static (s, size, stop) => s.ChunkAsync(size, stop)), // its octets come, whatever came before
        ["RSET"] = new(Needs.Nothing, static (s, _, _) => s.Reset("250 2.0.0 Forgotten")),
        ["NOOP"] = new(Needs.Nothing, static (s, _, _) => s.Reply("250 2.0.0 OK")),
        ["HELP"] = new(Needs.Nothing, static (s, _, _) => s.Reply("214 2.0.0 See RFC 5321")),
        ["VRFY"] = new(Needs.Nothing, static (s, _, _) => s.Reply("252 2.1.5 Send some mail and see")), // RFC 5321 §3.5.3
        ["EXPN"] = new(Needs.Nothing, static (s, _, _) => s.Reply("502 5.5.1 Not implemented")),
        ["QUIT"] = new(Needs.Nothing, static (s, _, _) => s.End("221 2.0.0 Bye")),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private string? _helo;
    private bool _extended;
    private MailAccount? _user;
    private SmtpPath? _sender;
    private readonly List<(string Address, MailAccount Account)> _recipients = [];
    private SandboxRehearsal? _afterData;
    private int _errors;
    private bool _ended;

    private enum Needs
    {
        Nothing,
        Greeting,
        Sender,
    }

    private sealed record Command(Needs Needs, Func<SandboxSmtpSession, string, CancellationToken, ValueTask> Run);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await Reply($"220 {site.Name} ESMTP MailDesk sandbox");
            while (!_ended)
            {
                var line = await ReadLineAsync(stop);
                if (line is null) await Error("500 5.5.2 Line too long");
                else await ExecuteAsync(line, stop);
            }

            await connection.FlushAsync(stop);
        }
        catch (TimeoutException)
        {
            await Reply("421 4.4.2 You were silent for too long"); // RFC 5321 §4.5.3.2.7
            await connection.FlushAsync(stop);
        }
    }

    private async ValueTask ExecuteAsync(string line, CancellationToken stop)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (verb, argument) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim(' '));
        if (!Commands.TryGetValue(verb, out var command)) await Error("500 5.5.1 Command not recognised");
        else if (command.Needs >= Needs.Greeting && _helo is null) await Error("503 5.5.1 Say EHLO first");
        else if (command.Needs >= Needs.Sender && _sender is null) await Error("503 5.5.1 Say MAIL first");
        else await command.Run(this, argument, stop);
    }

    /// <summary>The next command line, or null for one that is too long. A bare LF ends a command as well.</summary>
    private async ValueTask<string?> ReadLineAsync(CancellationToken stop)
    {
        if (!connection.HasBufferedInput) await connection.FlushAsync(stop);
        var line = await connection.ReadLineAsync(MaxCommandLine, stop);
        if (line.End != LineEnd.None) return Encoding.UTF8.GetString(line.Bytes.Span);
        while (line.End == LineEnd.None) line = await connection.ReadLineAsync(MaxCommandLine, stop);
        return null;
    }

    private ValueTask Hello(string domain, bool extended)
    {
        // it goes into Received: nothing that could be taken for more than a name
        if (domain.Length == 0 || domain.AsSpan().ContainsAny(NotInNames) || domain.Any(char.IsControl)) return Error("501 5.5.4 Your name, please");
        (_helo, _extended) = (domain, extended);
        return Reset(extended
            ? $"250-{site.Name} greets {domain}\r\n250-PIPELINING\r\n250-SIZE {site.Options.MaxMessageBytes}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-CHUNKING\r\n"
                + $"250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN{(site.Options.Token is null ? "" : " OAUTHBEARER XOAUTH2")}"
            : $"250 {site.Name} greets {domain}");
    }

    private ValueTask Reset(string reply)
    {
        Forget();
        return Reply(reply);
    }

    private void Forget()
    {
        _sender = null;
        _afterData = null;
        (_chunks, _chunkRefused) = (null, false);
        _recipients.Clear();
    }

    private ValueTask Reply(string text)
    {
        connection.Write(text).Write("\r\n");
        return ValueTask.CompletedTask;
    }

    private ValueTask Error(string text) => ++_errors <= MaxErrors ? Reply(text) : End("421 4.7.0 Too many errors");

    private ValueTask End(string text)
    {
        _ended = true;
        return Reply(text);
    }

    /// <summary>Fails as <paramref name="rehearsal"/> says.</summary>
    private async ValueTask RehearseAsync(SandboxRehearsal rehearsal, CancellationToken stop)
    {
        if (rehearsal.IsSilence)
        {
            await connection.FlushAsync(stop); // the answers before it in the pipe
            await connection.FallSilentAsync(stop);
        }

        var text = $"{rehearsal.Code} {rehearsal.EnhancedCode} As the address asks";
        await (rehearsal.Code == 421 ? End(text) : Reply(text));
    }
}
