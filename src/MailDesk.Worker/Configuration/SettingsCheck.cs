using System.Collections;
using System.ComponentModel;
using System.Net;
using System.Reflection;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Net;

namespace MailDesk.Worker.Configuration;

/// <summary>Checks settings and says of each problem which key it is, what is wrong and what would be right.</summary>
public static class SettingsCheck
{
    private static readonly string[] Languages = ["ru", "en", "be"];

    /// <summary>Keys that no setting has (a misspelt key would silently leave the default), and values of the wrong type.</summary>
    public static IEnumerable<string> Keys(IConfigurationSection section, Type type)
    {
        if (section.Value is { } text && TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string)))
        {
            if (!IsValid(converter, text)) yield return $"{section.Path}: \"{text}\" is not {Describe(type)}";
            yield break;
        }

        foreach (var child in section.GetChildren())
        {
            if (ElementType(type) is { } element)
            {
                foreach (var problem in Keys(child, element)) yield return problem;
            }
            else if (PropertyOf(type, child.Key) is { } property)
            {
                foreach (var problem in Keys(child, property.PropertyType)) yield return problem;
            }
            else
            {
                yield return $"{child.Path}: there is no such setting; {Path(section.Path)} has {string.Join(", ", Settable(type).Select(p => p.Name))}";
            }
        }
    }

    /// <summary>Values that are of the right type and yet cannot work.</summary>
    public static IEnumerable<string> Values(DeskSettings settings)
    {
        if (settings.Desk.Domain.Length == 0) yield return Problem("Desk:Domain", "is missing; give the domain of your Message-IDs, such as \"example.com\"");
        else if (Uri.CheckHostName(settings.Desk.Domain) != UriHostNameType.Dns) yield return Problem("Desk:Domain", $"\"{settings.Desk.Domain}\" is not a domain");
        if (!Languages.Contains(settings.Desk.Language)) yield return Problem("Desk:Language", $"\"{settings.Desk.Language}\" is not known; give ru, en or be");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.Desk.TimeZone, out _))
            yield return Problem("Desk:TimeZone", $"\"{settings.Desk.TimeZone}\" is not a time zone; give an IANA name such as Europe/Minsk");
        if (settings.Desk.DirectoryFile.Length == 0) yield return Problem("Desk:DirectoryFile", "is missing; give the JSON file of your clients and engineers");
        if (settings.Desk.NumberPrefix is not { Length: > 0 and <= 10 } prefix || !prefix.All(char.IsAsciiLetter))
            yield return Problem("Desk:NumberPrefix", $"\"{settings.Desk.NumberPrefix}\" is no prefix; give one to ten Latin letters such as MD");
        if (settings.Desk.FirstNumber < 1) yield return Problem("Desk:FirstNumber", $"is {settings.Desk.FirstNumber}; give 1 or more");

        if (settings.Mailboxes.Count == 0) yield return Problem("Mailboxes", "is empty; name at least the mailbox of requests, with Address and Imap");
        for (var i = 0; i < settings.Mailboxes.Count; i++)
        {
            foreach (var problem in Mailbox(settings.Mailboxes[i], $"Mailboxes:{i}")) yield return problem;
        }

        foreach (var problem in Server(settings.Smtp, "Smtp")) yield return problem;
        if (settings.Smtp is { User.Length: 0, TokenFile.Length: > 0 }) yield return Problem("Smtp:User", "is missing; give the name that the token of Smtp:TokenFile belongs to");
        if (settings.Smtp.Connections is < 1 or > 20) yield return Problem("Smtp:Connections", $"is {settings.Smtp.Connections}; give 1 to 20");
        if (settings.Security.TokenKey.Length > 0 && !IsKey(settings.Security.TokenKey))
            yield return Problem("Security:TokenKey", "is not Base64 of at least 32 bytes; make one with: openssl rand -base64 32");
        if (settings.Intake.Attempts < 1) yield return Problem("Intake:Attempts", $"is {settings.Intake.Attempts}; give 1 or more");
        if (settings.Intake.MaxMessageBytes < 1024) yield return Problem("Intake:MaxMessageBytes", $"is {settings.Intake.MaxMessageBytes}; give the largest message in bytes, such as 41943040");
        if (settings.Intake.MaxMessageBytes > int.MaxValue / 2)
            yield return Problem("Intake:MaxMessageBytes", $"is {settings.Intake.MaxMessageBytes}; a message is read into memory, so give at most {int.MaxValue / 2}");
        foreach (var (key, limit, most, example) in Limits(settings))
        {
            if (limit < 1 || limit > most) yield return Problem(key, $"is {limit}; give 1 to {most}, such as {example}");
        }

        foreach (var (key, pause) in Pauses(settings))
        {
            if (pause <= TimeSpan.Zero) yield return Problem(key, $"is {pause}; give a time above zero such as 00:00:30");
        }
    }

    private static IEnumerable<string> Mailbox(MailboxOptions mailbox, string at)
    {
        if (!MailboxAddress.TryParse(mailbox.Address, out _)) yield return Problem($"{at}:Address", $"\"{mailbox.Address}\" is not a mail address");
        foreach (var problem in Server(mailbox.Imap, $"{at}:Imap")) yield return problem;
        if (mailbox.Imap.User.Length == 0) yield return Problem($"{at}:Imap:User", "is missing; give the name to log in with");
        if (mailbox.ProcessedFolder.Equals(mailbox.Inbox, StringComparison.OrdinalIgnoreCase))
            yield return Problem($"{at}:ProcessedFolder", "is the inbox itself; give another folder, or mail would be read for ever");
        if (mailbox.FailedFolder.Equals(mailbox.Inbox, StringComparison.OrdinalIgnoreCase))
            yield return Problem($"{at}:FailedFolder", "is the inbox itself; give another folder, or what failed would be tried for ever");
    }

    private static IEnumerable<string> Server(ServerOptions server, string at)
    {
        if (server.Host.Length == 0) yield return Problem($"{at}:Host", "is missing; give the name of the mail server");
        if (server.Port is < 1 or > 65535) yield return Problem($"{at}:Port", $"is {server.Port}; give 1 to 65535");
        if (server is { Tls: TlsMode.None, AllowClearTextLogin: false, User.Length: > 0, Host.Length: > 0 } && !IsThisMachine(server.Host))
            yield return Problem($"{at}:Tls", $"is None, which would show the login to everybody on the way to {server.Host}; give StartTls or Implicit, or set {at}:AllowClearTextLogin if they may all read it");
        if (server.User.Any(char.IsControl)) yield return Problem($"{at}:User", "has control characters");
        if (server is { Password.Length: > 0, TokenFile.Length: > 0 }) yield return Problem($"{at}:TokenFile", "stands beside a Password; give one of them");
        if (server is { User.Length: > 0, Password.Length: 0, TokenFile.Length: 0 })
            yield return Problem($"{at}:Password", "is missing; give it by the environment or a secret file rather than here, or give TokenFile");
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static IEnumerable<(string Key, int Limit, int Most, int Example)> Limits(DeskSettings settings) =>
    [
        ("Intake:MaxDepth", settings.Intake.MaxDepth, 1000, 64),
        ("Intake:MaxParts", settings.Intake.MaxParts, 100_000, 1000),
        ("Intake:MaxHeaderLines", settings.Intake.MaxHeaderLines, 1_000_000, 10_000),
        ("Intake:MaxRecipients", settings.Intake.MaxRecipients, 100_000, 200),
        ("Outbox:AutomaticPerHour", settings.Outbox.AutomaticPerHour, 1_000_000, 20),
        ("Outbox:SameKindPerTenMinutes", settings.Outbox.SameKindPerTenMinutes, 1_000_000, 5),
        ("Outbox:AutomaticRepliesPerDay", settings.Outbox.AutomaticRepliesPerDay, 1_000_000, 100),
    ];

    private static IEnumerable<(string Key, TimeSpan Pause)> Pauses(DeskSettings settings) =>
    [
        ("Intake:FirstPause", settings.Intake.FirstPause),
        ("Intake:LongestPause", settings.Intake.LongestPause),
        ("Outbox:FirstPause", settings.Outbox.FirstPause),
        ("Outbox:LongestPause", settings.Outbox.LongestPause),
        ("Outbox:UncertainPause", settings.Outbox.UncertainPause),
        ("Outbox:GiveUpAfter", settings.Outbox.GiveUpAfter),
        .. settings.Mailboxes.Select((mailbox, i) => ($"Mailboxes:{i}:PollEvery", mailbox.PollEvery)),
    ];

    private static string Problem(string key, string what) => $"{SettingsLoader.Section}:{key}: {what}";

    private static string Path(string path) => path.Length == 0 ? "the configuration" : path;

    private static bool IsKey(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= 32;
    }

    private static bool IsValid(TypeConverter converter, string text)
    {
        try
        {
            converter.ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string Describe(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(bare))}"
            : bare == typeof(bool) ? "true or false"
            : bare == typeof(TimeSpan) ? "a time such as 00:00:30 or 5.00:00:00 (days.hours:minutes:seconds)"
            : bare == typeof(TimeOnly) ? "a time of day such as 09:00"
            : bare == typeof(DateOnly) ? "a date such as 2026-12-31"
            : "a number";
    }

    private static Type? ElementType(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1] : null;

    private static PropertyInfo? PropertyOf(Type type, string key) =>
        Settable(type).FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(property => property.CanWrite);
}
