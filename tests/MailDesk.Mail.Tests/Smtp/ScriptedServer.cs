using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Smtp;

/// <summary>
/// A server on loopback that plays a written conversation and insists on its words. Line by line: <c>S: text</c> is sent (a written <c>\r\n</c> in it keeps two lines in one packet), <c>C: text</c>
/// must come (exactly, ended by CRLF), <c>C: (closed)</c> expects the end, <c>E:</c> reads to the end, which must not be that of a message, <c>T:</c> does the TLS handshake, <c>A:</c> runs the test's
/// action, <c>X:</c> hangs up, <c>---</c> hangs up and waits for the next connection.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>Only a failing test ever waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly X509Certificate2 Certificate = CreateCertificate();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _play;
    private readonly Action? _action;

    public ScriptedServer(string script, Action? action = null)
    {
        _action = action;
        _listener.Start();
        Endpoint = new MailEndpoint("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, TlsMode.None)
        {
            IoTimeout = Patience,
            CertificateCheck = (_, certificate, _, _) => Certificate.Equals(certificate),
        };
        _play = Task.Run(async () =>
        {
            // After the last line, or the first that is not kept to, a client that calls again must not wait for an answer.
            using (_listener) await PlayAsync(script.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        });
    }

    public MailEndpoint Endpoint { get; }

    /// <summary>Ends when the script has been played to its end; fails where the client left it.</summary>
    public Task PlayedAsync() => _play;

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PlayAsync(string[] lines)
    {
        for (var next = 0; next < lines.Length; next++)
        {
            using var limit = new CancellationTokenSource(Patience);
            using var client = await _listener.AcceptTcpClientAsync(limit.Token);
            client.NoDelay = true;
            Stream stream = client.GetStream();
            for (; next < lines.Length && lines[next] is not ("---" or "X:"); next++)
            {
                var (kind, text) = (lines[next][0], lines[next].Length > 3 ? lines[next][3..] : "");
                switch (kind)
                {
                    case 'S':
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.Replace("\\r\\n", "\r\n", StringComparison.Ordinal) + "\r\n"), limit.Token);
                        break;
                    case 'C':
                        Assert.Equal(text, await ReadLineAsync(stream, limit.Token));
                        break;
                    case 'T':
                        var tls = new SslStream(stream);
                        await tls.AuthenticateAsServerAsync(Certificate, clientCertificateRequired: false, checkCertificateRevocation: false);
                        stream = tls;
                        break;
                    case 'E':
                        Assert.False(await EndsInDotAsync(stream, limit.Token));
                        break;
                    case 'A':
                        _action!();
                        break;
                    default:
                        throw new InvalidOperationException($"not a line of a script: {lines[next]}");
                }
            }

            await stream.DisposeAsync();
        }
    }

    /// <summary>Up to CRLF and nothing less, so that a bare CR or LF shows in what is compared.</summary>
    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (!(line.Count >= 2 && line[^2] == '\r' && line[^1] == '\n'))
        {
            try
            {
                if (await stream.ReadAsync(one, cancellationToken) == 0) return Encoding.UTF8.GetString([.. line]) + "(closed)";
            }
            catch (IOException)
            {
                return Encoding.UTF8.GetString([.. line]) + "(closed)";
            }

            line.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. line[..^2]]);
    }

    private static async Task<bool> EndsInDotAsync(Stream stream, CancellationToken cancellationToken)
    {
        var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // Reset instead of closed: what came before counts.
        }

        return received.GetBuffer().AsSpan(0, (int)received.Length).EndsWith("\r\n.\r\n"u8);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
