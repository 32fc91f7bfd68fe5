using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>How an <see cref="SmtpClient"/> reaches and greets its server.</summary>
public sealed record SmtpOptions
{
    public required MailEndpoint Endpoint { get; init; }

    /// <summary>Null: no AUTH. With credentials a server that offers no way to use them counts as unreachable.</summary>
    public MailCredentials? Credentials { get; init; }

    /// <summary>This host's domain name, or an address literal such as <c>[192.0.2.1]</c> (RFC 5321 §4.1.4).</summary>
    public required string HeloName { get; init; }

    /// <summary>How long an unused connection is kept: shorter than the five minutes after which servers hang up (RFC 5321 §4.5.3.2.7).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long to wait for the reply to the end of the data. Long, since giving up early makes duplicates (RFC 5321 §4.5.3.2.6).
    /// </summary>
    public TimeSpan FinalReplyTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a cancelled call still waits for that reply, so that stopping the daemon leaves no message uncertain.</summary>
    public TimeSpan FinalReplyGrace { get; init; } = TimeSpan.FromSeconds(10);
}
