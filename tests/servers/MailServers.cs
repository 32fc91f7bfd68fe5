using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailDesk.Mail.Net;

namespace MailDesk.TestServers;

/// <summary>
/// Dovecot and Postfix of this copy's own, under a temporary directory and on free ports of loopback: what <c>mail.sh</c> starts.
/// Everything is gone after disposal.
/// </summary>
public sealed class MailServers : IAsyncDisposable
{
    public const string Password = "secret";

    private static readonly ServerScript Script = new("mail.sh");

    /// <summary>What this machine lacks to run them, for the reason of a skipped test; null when nothing.</summary>
    public static string? Missing => Script.Missing;

    private static int _users;

    private readonly string _directory;
    private readonly X509Certificate2 _certificate;

    private MailServers(string directory, IReadOnlyDictionary<string, int> ports)
    {
        _directory = directory;
        _certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(directory, "cert.pem")));
        Smtp = Endpoint(ports["smtp"], TlsMode.None);
        Imap = Endpoint(ports["imap"], TlsMode.None);
        Imaps = Endpoint(ports["imaps"], TlsMode.Implicit);
    }

    /// <summary>In clear text; <c>with { Tls = TlsMode.StartTls }</c> is served as well. AUTH PLAIN and LOGIN.</summary>
    public MailEndpoint Smtp { get; }

    /// <summary>In clear text; <c>with { Tls = TlsMode.StartTls }</c> is served as well.</summary>
    public MailEndpoint Imap { get; }

    public MailEndpoint Imaps { get; }

    /// <summary>
    /// Who has a mailbox: support@, info@, ivan@, olga@ and maria@desk.example, anna@ and boris@client.example, vera@other.example. Postfix
    /// takes mail for gone@other.example too, and then has to send a delivery report.
    /// </summary>
    public static MailCredentials User(string address) => new(address, Password);

    /// <summary>Somebody with an empty mailbox that nobody else uses; over IMAP only.</summary>
    public static MailCredentials NewUser() => User($"user{Interlocked.Increment(ref _users)}@any.example");

    /// <exception cref="InvalidOperationException">They did not start; the message has the end of their logs.</exception>
    public static async Task<MailServers> StartAsync()
    {
        var (directory, ports) = await Script.StartAsync("MAIL_SMTP_PORT", "MAIL_IMAP_PORT", "MAIL_IMAPS_PORT");
        return new MailServers(directory, ports);
    }

    /// <summary>From now on Postfix keeps what it accepts: for measuring the acceptance without the delivery behind it.</summary>
    public Task HoldAsync() => Script.CallAsync("hold", _directory);

    /// <summary>What the servers have logged, for the message of a failed test.</summary>
    public string Log() => string.Concat(Directory.GetFiles(Path.Combine(_directory, "log")).Order(StringComparer.Ordinal).Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        await Script.StopAsync(_directory);
        _certificate.Dispose();
    }

    private MailEndpoint Endpoint(int port, TlsMode tls) => new("127.0.0.1", port, tls) { CertificateCheck = IsOurs };

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => _certificate.Equals(certificate);
}
