using System.Security.Cryptography.X509Certificates;
using MailDesk.Mail.Net;

namespace MailDesk.TestServers;

/// <summary>A Cyrus IMAP of this copy's own, on free ports of loopback: what <c>cyrus.sh</c> starts. Everything is gone after disposal.</summary>
public sealed class CyrusServer : IAsyncDisposable
{
    /// <summary>As many as <c>cyrus.sh</c> makes.</summary>
    private const int Users = 60;

    private static readonly ServerScript Script = new("cyrus.sh");

    /// <summary>What this machine lacks to run it, for the reason of a skipped test; null when nothing.</summary>
    public static string? Missing => Script.Missing;

    private readonly string _directory;
    private readonly X509Certificate2 _certificate;
    private int _users;

    private CyrusServer(string directory, IReadOnlyDictionary<string, int> ports)
    {
        _directory = directory;
        _certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(directory, "cert.pem")));
        Imap = Endpoint(ports["imap"], TlsMode.None);
        Imaps = Endpoint(ports["imaps"], TlsMode.Implicit);
    }

    /// <summary>In clear text; <c>with { Tls = TlsMode.StartTls }</c> is served as well.</summary>
    public MailEndpoint Imap { get; }

    public MailEndpoint Imaps { get; }

    /// <summary>Somebody with an empty mailbox that nobody else uses.</summary>
    public MailCredentials NewUser() =>
        Interlocked.Increment(ref _users) is var number and <= Users ? new($"u{number}", "secret") : throw new InvalidOperationException("no more users");

    /// <exception cref="InvalidOperationException">It did not start; the message has the end of its logs.</exception>
    public static async Task<CyrusServer> StartAsync()
    {
        var (directory, ports) = await Script.StartAsync("CYRUS_IMAP_PORT", "CYRUS_IMAPS_PORT");
        return new CyrusServer(directory, ports);
    }

    public async ValueTask DisposeAsync()
    {
        await Script.StopAsync(_directory);
        _certificate.Dispose();
    }

    private MailEndpoint Endpoint(int port, TlsMode tls) =>
        new("127.0.0.1", port, tls) { CertificateCheck = (_, certificate, _, _) => _certificate.Equals(certificate) };
}
