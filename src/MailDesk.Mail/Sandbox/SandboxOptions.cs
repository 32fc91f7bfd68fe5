namespace MailDesk.Mail.Sandbox;

/// <summary>How a <see cref="SandboxServer"/> is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>The address to listen on. Passwords travel in clear text: keep it on loopback.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0 takes any free port; <see cref="SandboxServer.ImapPort"/> tells which.</summary>
    public int ImapPort { get; init; } = 1143;

    /// <summary>0 takes any free port; <see cref="SandboxServer.SmtpPort"/> tells which.</summary>
    public int SmtpPort { get; init; } = 1025;

    public required IReadOnlyList<SandboxAccount> Accounts { get; init; }

    /// <summary>The word that every account may show as its OAuth 2.0 token, instead of its password; null offers no such login.</summary>
    public string? Token { get; init; }

    /// <summary>The name in greetings, in Received and in Authentication-Results (RFC 8601 §2.5).</summary>
    public string AuthservId { get; init; } = "desk.example";

    public long MaxMessageBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>For one message. RFC 5321 §4.5.3.1.8 asks for 100 at least.</summary>
    public int MaxRecipients { get; init; } = 200;

    /// <summary>Sessions of both kinds together; the next one is turned away.</summary>
    public int MaxSessions { get; init; } = 200;

    /// <summary>The longest silence of a client, IDLE included. RFC 3501 §5.4 asks for 30 minutes at least.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where the mail is kept between runs; null keeps it in memory only. One server a folder.</summary>
    public string? Folder { get; init; }
}

/// <summary>Logs in to both protocols with its full address. Prints without the password.</summary>
public sealed record SandboxAccount(string Address, string Password)
{
    public override string ToString() => Address;
}

/// <summary>A message that SMTP took and that now lies in the INBOX of its recipients.</summary>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="From">The envelope's return path; empty for the null path.</param>
/// <param name="Recipients">The accepted addresses as the client wrote them, sub-addresses included.</param>
/// <param name="AuthenticatedAs">The account that sent it; null for mail from outside.</param>
/// <param name="Raw">The message as delivered, trace headers included.</param>
public sealed record DeliveredMessage(
    DateTimeOffset ReceivedAt, string From, IReadOnlyList<string> Recipients, string? AuthenticatedAs, ReadOnlyMemory<byte> Raw);
