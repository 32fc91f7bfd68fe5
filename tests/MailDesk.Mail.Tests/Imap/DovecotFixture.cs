using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>
/// A Dovecot of its own, with its own folder, on free ports of loopback; ended with the tests. Any user name is an account with the
/// password <c>secret</c> and an empty mailbox. It lives in another time zone than UTC.
/// </summary>
public sealed class DovecotFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildesk-dovecot-").FullName;
    private readonly X509Certificate2 _certificate = TestCertificate.Create();
    private readonly int _port = FreePort();
    private readonly int _tlsPort = FreePort();
    private Process? _dovecot;
    private int _delivered;

    public static bool Installed => Program is not null;

    public const string NotInstalled = "Dovecot is not installed";

    private static string? Program => new[] { "/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot" }.FirstOrDefault(File.Exists);

    public MailEndpoint Endpoint(TlsMode tls) => new("localhost", tls == TlsMode.Implicit ? _tlsPort : _port, tls)
    {
        CertificateCheck = (_, shown, _, _) => _certificate.Equals(shown),
        IoTimeout = TimeSpan.FromSeconds(60),
    };

    public Task<ImapClient> ConnectAsync(string user, TlsMode tls = TlsMode.None) =>
        ImapClient.ConnectAsync(Endpoint(tls), new(user, "secret"), TimeProvider.System, CancellationToken.None);

    public async Task<ImapClient> OpenInboxAsync(string user)
    {
        var client = await ConnectAsync(user);
        await client.OpenAsync("INBOX", CancellationToken.None);
        return client;
    }

    /// <summary>Puts a message into the INBOX of someone who has opened it before, as a local delivery agent does.</summary>
    public void Deliver(string user, ReadOnlySpan<byte> message, DateTime? receivedUtc = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + Interlocked.Increment(ref _delivered)}.test.localhost");
        var maildir = Path.Combine(_folder, "mail", user, "Maildir");
        var temporary = Path.Combine(maildir, "tmp", name);
        File.WriteAllBytes(temporary, message);
        if (receivedUtc is { } time) File.SetLastWriteTimeUtc(temporary, time);
        File.Move(temporary, Path.Combine(maildir, "new", name));
    }

    public async ValueTask InitializeAsync()
    {
        if (Program is null) return;
        var configuration = Path.Combine(_folder, "dovecot.conf");
        await File.WriteAllTextAsync(configuration, Configuration());
        var start = new ProcessStartInfo(Program, ["-F", "-c", configuration]) { Environment = { ["TZ"] = "Asia/Kolkata" } };
        _dovecot = Process.Start(start);
        await UntilListeningAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_dovecot is not null)
        {
            using var end = Process.Start("kill", ["-TERM", _dovecot.Id.ToString(CultureInfo.InvariantCulture)]);
            await _dovecot.WaitForExitAsync();
            _dovecot.Dispose();
        }

        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Unprivileged, the server does everything as its owner; started by root, it must not be root.</summary>
    private string Configuration()
    {
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), _certificate.ExportCertificatePem());
        using var key = _certificate.GetRSAPrivateKey()!;
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        var mail = Directory.CreateDirectory(Path.Combine(_folder, "mail")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(mail, (UnixFileMode)0b111_111_111);
        }

        var users = Environment.IsPrivilegedProcess
            ? "mail_uid = nobody\nmail_gid = nogroup"
            : $"default_internal_user = {Environment.UserName}\ndefault_login_user = {Environment.UserName}\nmail_uid = {Environment.UserName}";
        return $$"""
            base_dir = {{_folder}}/run
            state_dir = {{_folder}}/state
            log_path = {{_folder}}/log
            instance_name = maildesk-{{_port}}
            protocols = imap
            listen = 127.0.0.1
            {{users}}
            first_valid_uid = 1
            mail_location = maildir:~/Maildir
            mail_fsync = never
            disable_plaintext_auth = no
            auth_mechanisms = plain
            auth_failure_delay = 0
            ssl = yes
            ssl_cert = <{{_folder}}/cert.pem
            ssl_key = <{{_folder}}/key.pem
            namespace inbox {
              inbox = yes
              separator = /
            }
            passdb {
              driver = static
              args = password=secret
            }
            userdb {
              driver = static
              args = home={{_folder}}/mail/%u
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{_port}}
              }
              inet_listener imaps {
                port = {{_tlsPort}}
                ssl = yes
              }
            }
            service anvil {
              chroot =
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }

            """;
    }

    private async Task UntilListeningAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _tlsPort);
                return;
            }
            catch (SocketException) when (attempt < 200 && !_dovecot!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
