using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailDesk.Mail.Net;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Configuration;

/// <summary>Everything that an administrator can set; bound from the configuration and checked by <see cref="SettingsCheck"/> at start.</summary>
public sealed class DeskSettings
{
    public DeskOptions Desk { get; init; } = new();

    public List<MailboxOptions> Mailboxes { get; init; } = [];

    public SmtpSettings Smtp { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    public SecurityOptions Security { get; init; } = new();

    public RulesOptions Rules { get; init; } = new();

    public IntakeOptions Intake { get; init; } = new();

    public OutboxOptions Outbox { get; init; } = new();

    public ReportOptions Reports { get; init; } = new();

    public SandboxSettings Sandbox { get; init; } = new();
}

public sealed class DeskOptions
{
    /// <summary>The name that letters come from, by the reader's language.</summary>
    public Dictionary<string, string> Names { get; init; } = new(StringComparer.Ordinal)
    {
        ["ru"] = "Служба поддержки",
        ["be"] = "Служба падтрымкі",
        ["en"] = "Support",
    };

    /// <summary>The operator's name, for the last lines of letters to clients; none where empty.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The domain of the desk's Message-IDs.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The language of those for whom the directory names none: ru, en or be.</summary>
    public string Language { get; init; } = "ru";

    /// <summary>IANA name of the zone of the standard working time, and of readers for whom the directory names none.</summary>
    public string TimeZone { get; init; } = "Europe/Minsk";

    /// <summary>The letters before a request's number: MD in MD-1042.</summary>
    public string NumberPrefix { get; init; } = "MD";

    /// <summary>The number of the first request.</summary>
    public int FirstNumber { get; init; } = 1001;

    /// <summary>Clients and engineers. Relative to the folder of the configuration file.</summary>
    public string DirectoryFile { get; set; } = "";

    /// <summary>The folder of the letters. Relative to the program's folder.</summary>
    public string TemplatesFolder { get; set; } = "templates";
}

/// <summary>What kind of mail comes to a mailbox (rules 5.2, 8.4).</summary>
public enum MailboxPurpose
{
    Requests,
    Complaints,
}

public sealed class MailboxOptions
{
    /// <summary>The address that people write to; letters go out from it.</summary>
    public string Address { get; init; } = "";

    public MailboxPurpose Purpose { get; init; } = MailboxPurpose.Requests;

    public ServerOptions Imap { get; init; } = new() { Port = 993, Tls = TlsMode.Implicit };

    public string Inbox { get; init; } = "INBOX";

    /// <summary>Where mail goes when it has been recorded.</summary>
    public string ProcessedFolder { get; init; } = "MailDesk/Processed";

    /// <summary>Where mail goes that made processing fail again and again.</summary>
    public string FailedFolder { get; init; } = "MailDesk/Failed";

    /// <summary>How often to look where the server cannot tell of new mail.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(30);
}

public class ServerOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; }

    public TlsMode Tls { get; set; } = TlsMode.StartTls;

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>
    /// The file with the access token (OAuth 2.0) that is shown instead of a password; another program keeps it fresh. Relative to the
    /// configuration file that says it.
    /// </summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Let the password or token travel in clear text beyond this machine. For networks whose every listener may read all mail.</summary>
    public bool AllowClearTextLogin { get; init; }

    /// <summary>Believe any certificate. For servers on the same machine only.</summary>
    public bool TrustAnyCertificate { get; init; }

    public MailEndpoint Endpoint => new(Host, Port, Tls)
    {
        CertificateCheck = TrustAnyCertificate ? TrustAny : null,
        AllowClearTextLogin = AllowClearTextLogin,
    };

    /// <summary>What <see cref="TrustAnyCertificate"/> asks for: encryption without knowing the peer.</summary>
    private static bool TrustAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate is not null;

    public MailCredentials? Credentials =>
        User.Length == 0 ? null
        : TokenFile.Length > 0 ? new MailCredentials(User, new TokenFile(TokenFile))
        : new MailCredentials(User, Password);
}

public sealed class SmtpSettings : ServerOptions
{
    public SmtpSettings() => Port = 587;

    /// <summary>The name that the desk gives in EHLO; the machine's own where empty.</summary>
    public string HeloName { get; init; } = "";

    /// <summary>How many letters are sent side by side.</summary>
    public int Connections { get; init; } = 2;
}

public sealed class StorageOptions
{
    /// <summary>The database file. Relative to the working directory.</summary>
    public string Path { get; init; } = "data/maildesk.db";
}

/// <summary>What makes an engineer's mail authentic (MAIL.md §4).</summary>
public enum EngineerMailPolicy
{
    AuthenticatedOrToken,
    Authenticated,
    AddressOnly,
}

public sealed class SecurityOptions
{
    /// <summary>Base64 of at least 32 random bytes: signs Message-IDs and reply addresses. Made beside the database where empty.</summary>
    public string TokenKey { get; init; } = "";

    /// <summary>The name of the server whose Authentication-Results are believed (RFC 8601 §2.2).</summary>
    public string AuthservId { get; init; } = "";

    public EngineerMailPolicy EngineerMail { get; init; } = EngineerMailPolicy.AuthenticatedOrToken;

    /// <summary>Whether the mail server knows sub-addresses such as support+1042.token@ (RFC 5233).</summary>
    public bool SubAddressing { get; init; } = true;
}

public sealed class IntakeOptions
{
    /// <summary>The largest message that is read, in octets.</summary>
    public long MaxMessageBytes { get; init; } = 40 * 1024 * 1024;

    /// <summary>Multiparts within one another.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Parts of one message.</summary>
    public int MaxParts { get; init; } = 1000;

    /// <summary>Header lines of all parts together.</summary>
    public int MaxHeaderLines { get; init; } = 10_000;

    /// <summary>Addresses in To and Cc together.</summary>
    public int MaxRecipients { get; init; } = 200;

    /// <summary>After so many failures a message goes to the folder of failed ones.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The pause after a failure with a mailbox; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);
}

public sealed class OutboxOptions
{
    /// <summary>The pause after the first temporary refusal; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The pause after a break that leaves it open whether the server took the letter.</summary>
    public TimeSpan UncertainPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When a letter is given up (RFC 5321 §4.5.4.1).</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Automatic letters to one address within an hour; more are sent when the hour is over.</summary>
    public int AutomaticPerHour { get; init; } = 20;

    /// <summary>Automatic letters of one kind to one address within ten minutes.</summary>
    public int SameKindPerTenMinutes { get; init; } = 5;

    /// <summary>Letters to one address within 24 hours that only answer a mail of that address at once; more are not sent at all: that ends a loop.</summary>
    public int AutomaticRepliesPerDay { get; init; } = 100;
}

public sealed class SandboxSettings
{
    /// <summary>Runs a mail server inside the process, on loopback, for trying the desk out. Never in production.</summary>
    public bool Enabled { get; init; }

    public int ImapPort { get; init; } = 1143;

    public int SmtpPort { get; init; } = 1025;

    public string Password { get; init; } = "secret";

    /// <summary>Where it keeps its mail between runs; in memory only where empty.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Further addresses that have an account, beside the mailboxes and everybody in the directory.</summary>
    public List<string> Accounts { get; init; } = [];
}
