using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>
/// A server on loopback that plays a transcript, line by line:
/// <code>
/// S: text     sends a line; $ is the tag of the client's last command, \n begins another line in the same write
/// C: text     expects exactly this line, without its tag; text after the last line of a literal goes on in the same line
/// A:          takes any line into Received
/// T:          both sides go on under TLS
/// P: name     waits until the test says Go(name); Reached(name) tells the test that it is waiting
/// X:          closes the connection
/// </code>
/// A transcript that was not played to its end fails the test when the server is disposed.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));
    private readonly Dictionary<string, (TaskCompletionSource Reached, TaskCompletionSource Go)> _points = new(StringComparer.Ordinal);
    private readonly string[] _script;
    private readonly bool _byteByByte;
    private readonly X509Certificate2? _certificate;
    private readonly Task _playing;
    private string _tag = "";

    public ScriptedServer(string script, bool byteByByte = false, X509Certificate2? certificate = null)
    {
        _script = script.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in _script.Where(line => line.StartsWith("P:", StringComparison.Ordinal)))
            _points.Add(line[3..], (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)));
        _byteByByte = byteByByte;
        _certificate = certificate;
        _listener.Start();
        _playing = PlayAsync();
    }

    /// <summary>The usual beginning: greeting with these capabilities, login, capabilities again.</summary>
    public static string LoggedIn(string capabilities = "IMAP4rev1") => $"""
        S: * OK [CAPABILITY {capabilities}] ready
        C: LOGIN "u" "p"
        S: $ OK [CAPABILITY {capabilities}] welcome

        """;

    public static string Opened(int exists, string capabilities = "IMAP4rev1") => LoggedIn(capabilities) + $"""
        C: LIST "" ""
        S: * LIST (\Noselect) "/" ""
        S: $ OK done
        C: SELECT "INBOX"
        S: * {exists} EXISTS
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 100] next
        S: $ OK [READ-WRITE] opened

        """;

    public MailEndpoint Endpoint => new("localhost", ((IPEndPoint)_listener.LocalEndpoint).Port, TlsMode.None) { IoTimeout = TimeSpan.FromSeconds(30) };

    public List<string> Received { get; } = [];

    public Task<ImapClient> ConnectAsync(TimeProvider? time = null) =>
        ImapClient.ConnectAsync(Endpoint, new("u", "p"), time ?? TimeProvider.System, CancellationToken.None);

    public async Task<ImapClient> OpenInboxAsync(TimeProvider? time = null)
    {
        var client = await ConnectAsync(time);
        await client.OpenAsync("INBOX", CancellationToken.None);
        return client;
    }

    /// <summary>Fails when the transcript breaks off before this point.</summary>
    public async Task Reached(string point) => await await Task.WhenAny(_points[point].Reached.Task, _playing);

    public void Go(string point) => _points[point].Go.SetResult();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _playing;
        }
        finally
        {
            _listener.Dispose();
            _stop.Dispose();
        }
    }

    private async Task PlayAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
        client.NoDelay = true;
        Stream stream = client.GetStream();
        var played = false;
        try
        {
            foreach (var line in _script)
            {
                var text = line.Length > 3 ? line[3..] : "";
                switch (line[..2])
                {
                    case "S:":
                        await SendAsync(stream, text.Replace("$", _tag, StringComparison.Ordinal).Replace("\\n", "\r\n", StringComparison.Ordinal) + "\r\n");
                        break;
                    case "C:":
                        var said = await ReadLineAsync(stream) ?? throw new InvalidDataException($"the client closed before \"{text}\"");
                        if (said != text) throw new InvalidDataException($"expected \"{text}\", the client said \"{said}\"");
                        break;
                    case "A:":
                        Received.Add(await ReadLineAsync(stream) ?? throw new InvalidDataException("the client closed before a line"));
                        break;
                    case "T:":
                        var tls = new SslStream(stream);
                        await tls.AuthenticateAsServerAsync(_certificate!);
                        stream = tls;
                        break;
                    case "P:":
                        _points[text].Reached.SetResult();
                        await _points[text].Go.Task.WaitAsync(_stop.Token);
                        break;
                    case "X:":
                        return;
                    default:
                        throw new InvalidDataException($"not a line of a transcript: {line}");
                }
            }

            played = true;
            while (await ReadLineAsync(stream) is { } last)
                await SendAsync(stream, last == "LOGOUT" ? $"* BYE\r\n{_tag} OK\r\n" : throw new InvalidDataException($"the transcript is over, the client said \"{last}\""));
        }
        catch (IOException) when (played)
        {
            // After the last line a test closes as it likes.
        }
    }

    private async Task SendAsync(Stream stream, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (!_byteByByte)
        {
            await stream.WriteAsync(octets, _stop.Token);
            return;
        }

        foreach (var octet in octets)
        {
            await stream.WriteAsync(new[] { octet }, _stop.Token);
            await Task.Yield();
        }
    }

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var octet = new byte[1];
        while (await stream.ReadAsync(octet, _stop.Token) == 1)
        {
            line.Add(octet[0]);
            if (octet[0] != '\n') continue;
            var text = Encoding.UTF8.GetString([.. line])[..^2];
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space < 2 || text[0] != 'A' || !int.TryParse(text[1..space], out _)) return text;
            _tag = text[..space];
            return text[(space + 1)..];
        }

        return null;
    }
}
