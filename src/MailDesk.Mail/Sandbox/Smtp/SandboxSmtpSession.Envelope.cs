using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>MAIL and RCPT.</summary>
internal sealed partial class SandboxSmtpSession
{
    private static readonly HashSet<string> MailParameters = new(["SIZE", "BODY", "SMTPUTF8", "AUTH"], StringComparer.OrdinalIgnoreCase);

    /// <summary>RFC 6531 §3.5.</summary>
    private const string NeedsUtf8 = "553 5.6.7 Such an address needs SMTPUTF8";

    private static bool AllowsUtf8(SmtpPath sender) => sender.Parameters.ContainsKey("SMTPUTF8");

    private ValueTask MailAsync(string argument, CancellationToken stop)
    {
        _ = stop;
        if (_sender is not null) return Error("503 5.5.1 One sender a message");
        if (SmtpPath.Parse(argument, "FROM:") is not { } path) return Error("501 5.1.7 MAIL FROM:<address>");
        if (path.Parameters.Keys.FirstOrDefault(p => !MailParameters.Contains(p)) is { } unknown) return Error($"555 5.5.4 {unknown} is not known here");
        if (path.Parameters.TryGetValue("SIZE", out var size)
            && (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var octets) || octets > site.Options.MaxMessageBytes))
        {
            return Error(TooLarge); // RFC 1870 §6.1
        }

        if (path.Parameters.TryGetValue("BODY", out var body) && body.ToUpperInvariant() is not ("7BIT" or "8BITMIME"))
            return Error("501 5.5.4 BODY=7BIT or 8BITMIME"); // RFC 3030 §3: BINARYMIME is not offered

        if (path.Parameters.GetValueOrDefault("SMTPUTF8") is { Length: > 0 }) return Error("501 5.5.4 SMTPUTF8 has no value"); // RFC 6531 §3.1
        if (!Ascii.IsValid(path.Address) && !AllowsUtf8(path)) return Error(NeedsUtf8);
        _sender = path;
        return Reply("250 2.1.0 Sender noted");
    }

    private async ValueTask RecipientAsync(string argument, CancellationToken stop)
    {
        var path = SmtpPath.Parse(argument, "TO:");
        if (_chunks is not null || _chunkRefused)
        {
            await Error("503 5.5.1 The message has begun");
        }
        else if (path is null || path.Address.Length == 0)
        {
            await Error("501 5.1.3 RCPT TO:<address>");
        }
        else if (path.Parameters.Count > 0)
        {
            await Error($"555 5.5.4 {path.Parameters.Keys.First()} is not known here");
        }
        else if (!Ascii.IsValid(path.Address) && !AllowsUtf8(_sender!))
        {
            await Error(NeedsUtf8);
        }
        else if (_recipients.Count >= site.Options.MaxRecipients)
        {
            await Reply("452 4.5.3 Too many recipients"); // RFC 5321 §4.5.3.1.10
        }
        else if (SandboxRehearsal.Of(path.Address) is { } rehearsal)
        {
            if (rehearsal.AfterData) _afterData = rehearsal;
            await (rehearsal.AfterData ? Reply("250 2.1.5 Recipient noted") : RehearseAsync(rehearsal, stop));
        }
        else if (store.Recipient(path.Address) is { } account)
        {
            _recipients.Add((path.Address, account));
            await Reply("250 2.1.5 Recipient noted");
        }
        else
        {
            await Reply($"550 5.1.1 <{path.Address}> has no account here");
        }
    }
}
