namespace MailDesk.Mail.Net;

/// <summary>How a connection to a mail server is protected.</summary>
public enum TlsMode
{
    /// <summary>Clear text. For loopback and tests.</summary>
    None,

    /// <summary>Begins in clear text and must be upgraded before anything secret is sent (RFC 3207, RFC 9051 §6.2.1).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Implicit,
}
