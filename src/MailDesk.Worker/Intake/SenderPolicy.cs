using MailDesk.Mail.Text;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Intake;

/// <summary>Who wrote a message, as far as the desk believes it. A closed set.</summary>
public abstract record Speaker(string Address)
{
    /// <summary>An engineer whose mail is authentic (MAIL.md §4).</summary>
    public sealed record Staff(string Address, Engineer Engineer) : Speaker(Address);

    /// <summary>A person on a client's list (rule 5.7).</summary>
    /// <param name="IsServed">Whether the client has a contract in force.</param>
    public sealed record ClientPerson(string Address, Client Client, Person Person, bool IsServed) : Speaker(Address);

    public sealed record Stranger(string Address) : Speaker(Address);
}

/// <summary>Says who speaks and how authentic it is (MAIL.md §3, §4).</summary>
public sealed partial class SenderPolicy(
    DeskDirectory directory, LetterTokens tokens, DeskSettings settings, TimeProvider time, ILogger<SenderPolicy> log)
{
    public Speaker Identify(IncomingMail mail, ThreadMatch? thread)
    {
        var address = mail.Sender?.Address ?? "";
        if (directory.FindEngineer(address) is { } engineer)
        {
            if (IsAuthentic(mail, address, thread?.Token)) return new Speaker.Staff(address, engineer);
            LogForged(mail.Id, address);
            return new Speaker.Stranger(address);
        }

        return PersonOf(address);
    }

    /// <summary>Whether the address is an engineer's, authentic or not.</summary>
    public bool IsOfDesk(string address) => directory.FindEngineer(address) is not null;

    /// <summary>Whom the directory knows by an address, on nobody's word but its own; no engineer.</summary>
    public Speaker PersonOf(string address) => directory.FindPerson(address) is var (client, person)
        ? new Speaker.ClientPerson(address, client, person, client.IsServedAt(time.GetUtcNow()))
        : new Speaker.Stranger(address);

    private bool IsAuthentic(IncomingMail mail, string address, ReplyToken? token) => settings.Security.EngineerMail switch
    {
        EngineerMailPolicy.AddressOnly => true,
        EngineerMailPolicy.Authenticated => IsAuthenticated(mail, address),
        _ => IsAuthenticated(mail, address) || (token is { Role: LetterRole.Engineer } && tokens.IsBoundTo(token, address)),
    };

    /// <summary>
    /// Believes the topmost Authentication-Results of the configured server only: it prepends, so anything below may be the sender's own
    /// (RFC 8601 §5). Two From addresses are never authentic.
    /// </summary>
    private bool IsAuthenticated(IncomingMail mail, string address)
    {
        if (settings.Security.AuthservId.Length == 0 || mail.Message.From.Count != 1 || mail.Message.Headers.All("From").Count() != 1) return false;
        var results = mail.Message.Headers.All("Authentication-Results")
            .Select(header => header.Value)
            .FirstOrDefault(value => settings.Security.AuthservId.Equals(AuthenticationResults.AuthservId(value), StringComparison.OrdinalIgnoreCase));
        if (results is null) return false;

        var domain = address[(address.LastIndexOf('@') + 1)..];
        return AuthenticationResults.Parse(results).Any(result => result.Result is "pass" && result.Method switch
        {
            "dmarc" => !result.Properties.TryGetValue("header.from", out var from) || IsAligned(from, domain),
            "dkim" => result.Properties.TryGetValue("header.d", out var signer) && IsAligned(signer, domain),
            _ => false,
        });
    }

    /// <summary>The same domain or a parent of it, never a mere ending (RFC 7489 §3.1, relaxed).</summary>
    private static bool IsAligned(string signer, string domain) =>
        domain.Equals(signer, StringComparison.OrdinalIgnoreCase)
        || (signer.Contains('.', StringComparison.Ordinal) && domain.EndsWith($".{signer}", StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning,
        Message = "{Mail}: security: written as engineer {Address}, but nothing proves it; treated as a stranger's")]
    private partial void LogForged(string mail, string address);
}
