using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
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

    private static readonly string? Script = FindScript();

    /// <summary>What this machine lacks to run them, for the reason of a skipped test; null when nothing.</summary>
    public static string? Missing { get; } = FindMissing();

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

    /// <exception cref="InvalidOperationException">They did not start; the message has the end of their logs.</exception>
    public static async Task<MailServers> StartAsync()
    {
        if (Missing is not null) throw new InvalidOperationException($"missing: {Missing}");
        for (var attempt = 1; ; attempt++)
        {
            var directory = Directory.CreateTempSubdirectory("maildesk-").FullName;
            var ports = FreePorts(3);
            var (code, output, errors) = await RunAsync(
                ["start", directory],
                ("MAIL_SMTP_PORT", ports[0]), ("MAIL_IMAP_PORT", ports[1]), ("MAIL_IMAPS_PORT", ports[2]));
            if (code == 0)
            {
                return new MailServers(directory, output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.Split('=')).ToDictionary(p => p[0], p => int.Parse(p[1]), StringComparer.Ordinal));
            }

            Directory.Delete(directory, recursive: true);
            // Somebody else may have taken a port that was free a moment ago.
            if (attempt == 3) throw new InvalidOperationException(errors);
        }
    }

    /// <summary>What the servers have logged, for the message of a failed test.</summary>
    public string Log() => string.Concat(Directory.GetFiles(Path.Combine(_directory, "log")).Order(StringComparer.Ordinal).Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        await RunAsync(["stop", _directory]);
        _certificate.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private MailEndpoint Endpoint(int port, TlsMode tls) => new("127.0.0.1", port, tls) { CertificateCheck = IsOurs };

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => _certificate.Equals(certificate);

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    private static string? FindScript()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var script = Path.Combine(directory.FullName, "tests", "servers", "mail.sh");
            if (File.Exists(script)) return script;
        }

        return null;
    }

    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux()) return "Linux";
        if (Script is null) return "tests/servers/mail.sh above the test's folder";
        var (code, output, errors) = RunAsync(["missing"]).GetAwaiter().GetResult();
        return code == 0 ? null : $"{output}{errors}".Trim();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, params (string Name, int Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Script!, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = $"{value}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
