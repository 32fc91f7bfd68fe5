using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Net;

/// <summary>
/// A server on loopback that plays a transcript and insists on its words, line by line:
/// <code>
/// S: text     sends a line; $ is the tag of the client's last command, a written \r\n begins another line in the same write
/// C: text     expects exactly this line, ended by CRLF, without an IMAP tag (A1, A2 …); C: (closed) expects the end
/// R:          takes any line into Received
/// E:          reads to the end, which must not be that of a mail
/// A:          runs the test's action
/// P: name     waits until the test says Go(name); Reached(name) tells the test that it is waiting
/// T:          both sides go on under TLS
/// X:          closes the connection
/// ---         closes it and waits for the next one
/// </code>
/// After the last line the client may say goodbye, and nothing else. A transcript that was not kept to fails <see cref="PlayedAsync"/> and
/// the disposal; a connection that never came fails only the former. The client is disposed first.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>Only a failing test ever waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly X509Certificate2 Certificate = CreateCertificate();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(Patience);
    private readonly CancellationTokenSource _leave = new();
    private readonly TaskCompletionSource _played = Signal();
    private readonly Dictionary<string, (TaskCompletionSource Reached, TaskCompletionSource Go)> _points = new(StringComparer.Ordinal);
    private readonly string[] _script;
    private readonly bool _byteByByte;
    private readonly Action? _action;
    private readonly Task _playing;
    private string _tag = "";

    public ScriptedServer(string script, Action? action = null, bool byteByByte = false)
    {
        _script = script.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in _script.Where(line => line.StartsWith("P:", StringComparison.Ordinal))) _points.Add(line[3..], (Signal(), Signal()));
        _action = action;
        _byteByByte = byteByByte;
        _listener.Start();
        _playing = Task.Run(async () =>
        {
            // After the last line, or the first that is not kept to, a client that calls again must not wait for an answer.
            using (_listener) await PlayAsync();
        });
    }

    public MailEndpoint Endpoint => new("localhost", ((IPEndPoint)_listener.LocalEndpoint).Port, TlsMode.None)
    {
        IoTimeout = TimeSpan.FromSeconds(30),
        CertificateCheck = static (_, shown, _, _) => Certificate.Equals(shown),
    };

    public List<string> Received { get; } = [];

    /// <summary>Ends when the transcript has been played to its end; fails where the client left it.</summary>
    public async Task PlayedAsync() => await await Task.WhenAny(_played.Task, _playing);

    /// <summary>Fails when the transcript breaks off before this point.</summary>
    public async Task Reached(string point) => await await Task.WhenAny(_points[point].Reached.Task, _playing);

    public void Go(string point) => _points[point].Go.SetResult();

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        try
        {
            await _playing;
        }
        finally
        {
            _stop.Dispose();
            _leave.Dispose();
        }
    }

    /// <returns>Null when nobody came before the disposal.</returns>
    private async Task<TcpClient?> AcceptAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _leave.Token);
        try
        {
            return await _listener.AcceptTcpClientAsync(either.Token);
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            _played.TrySetException(new InvalidDataException("a connection of the transcript never came"));
            return null;
        }
    }

    private async Task PlayAsync()
    {
        var next = 0;
        do
        {
            using var client = await AcceptAsync();
            if (client is null) return;
            client.NoDelay = true;
            Stream stream = client.GetStream();
            for (; next < _script.Length && _script[next] is not ("---" or "X:"); next++) stream = await PlayAsync(_script[next], stream);
            if (next == _script.Length) await TakeLeaveAsync(stream);
            await stream.DisposeAsync();
        }
        while (++next < _script.Length);
        _played.TrySetResult();
    }

    /// <returns>The stream to go on with.</returns>
    private async Task<Stream> PlayAsync(string line, Stream stream)
    {
        var text = line.Length > 3 ? line[3..] : "";
        switch (line[..2])
        {
            case "S:":
                await SendAsync(stream, text.Replace("$", _tag, StringComparison.Ordinal).Replace("\\r\\n", "\r\n", StringComparison.Ordinal) + "\r\n");
                break;
            case "C:":
                var said = await ReadLineAsync(stream);
                Assert.True(said == text, $"expected \"{text}\", the client said \"{said}\"");
                break;
            case "R:":
                Received.Add(await ReadLineAsync(stream));
                Assert.NotEqual("(closed)", Received[^1]);
                break;
            case "E:":
                Assert.False(await EndsInDotAsync(stream));
                break;
            case "A:":
                _action!();
                break;
            case "P:":
                _points[text].Reached.SetResult();
                await _points[text].Go.Task.WaitAsync(_stop.Token);
                break;
            case "T:":
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
                return tls;
            default:
                throw new InvalidOperationException($"not a line of a transcript: {line}");
        }

        return stream;
    }

    private async Task TakeLeaveAsync(Stream stream)
    {
        _played.TrySetResult();
        var last = await ReadLineAsync(stream);
        Assert.True(last is "(closed)" or "LOGOUT" or "QUIT", $"the transcript is over, the client said \"{last}\"");
        try
        {
            if (last == "LOGOUT") await SendAsync(stream, $"* BYE\r\n{_tag} OK\r\n");
        }
        catch (IOException)
        {
            // The client need not wait for it.
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

    /// <summary>Up to CRLF and nothing less, so that a bare CR or LF shows in what is compared.</summary>
    private async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (!(line.Count >= 2 && line[^2] == '\r' && line[^1] == '\n'))
        {
            try
            {
                if (await stream.ReadAsync(one, _stop.Token) == 0) return Encoding.UTF8.GetString([.. line]) + "(closed)";
            }
            catch (IOException)
            {
                return Encoding.UTF8.GetString([.. line]) + "(closed)";
            }

            line.Add(one[0]);
        }

        var text = Encoding.UTF8.GetString([.. line[..^2]]);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 2 || text[0] != 'A' || !int.TryParse(text[1..space], out _)) return text;
        _tag = text[..space];
        return text[(space + 1)..];
    }

    private async Task<bool> EndsInDotAsync(Stream stream)
    {
        var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, _stop.Token);
        }
        catch (IOException)
        {
            // Reset instead of closed: what came before counts.
        }

        return received.GetBuffer().AsSpan(0, (int)received.Length).EndsWith("\r\n.\r\n"u8);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
