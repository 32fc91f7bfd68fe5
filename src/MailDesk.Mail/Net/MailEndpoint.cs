using System.Net.Security;

namespace MailDesk.Mail.Net;

/// <summary>Where a mail server is and how to speak to it.</summary>
public sealed record MailEndpoint(string Host, int Port, TlsMode Tls)
{
    /// <summary>Time to reach the server, TLS handshake included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest silence within an exchange. RFC 5321 §4.5.3.2 asks for 5 minutes at least for SMTP.</summary>
    public TimeSpan IoTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Replaces the platform's check of the server's certificate; null leaves the check to the platform.</summary>
    public RemoteCertificateValidationCallback? CertificateCheck { get; init; }

    /// <summary>Lets credentials travel in clear text beyond this machine. For networks whose every listener may read all mail.</summary>
    public bool AllowClearTextLogin { get; init; }

    public override string ToString() => $"{Host}:{Port}";
}
