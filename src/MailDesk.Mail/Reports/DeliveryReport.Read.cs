using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Reports;

/// <summary>
/// Reads reports (MAIL.md §1.3). Standard ones are known by their type (RFC 3464, RFC 6522); the others by a sender that only mail
/// systems have, and a word of failure besides. A person who forwards or quotes a report writes under a name of their own: that is a
/// request, whatever it holds.
/// </summary>
public sealed partial record DeliveryReport
{
    /// <returns>Null when the message is no delivery report.</returns>
    public static DeliveryReport? Read(MailMessage message)
    {
        if (ComplaintReport.Read(message) is not null) return null;
        var isReport = message.Body.ContentType.Is("multipart", "report");
        var status = message.Parts.Where(p => p.ContentType is { Type: "message", Subtype: "delivery-status" or "global-delivery-status" }).ToList();
        if (status.Count > 0 && (isReport || IsSystem(message) || HasNullPath(message)))
        {
            List<RecipientReport> fields = [.. status.SelectMany(p => DeliveryStatus.Read(p.Decode()))];
            return new DeliveryReport(Complete(message, fields), ReturnedLetter.MessageId(message), IsStandard: true);
        }

        if (!IsFromMailSystem(message)) return null;
        var recipients = EmbeddedStatus.Read(message);
        if (recipients.Count == 0) recipients = FailureText.Of(message).Recipients(FailedRecipients(message));
        return new DeliveryReport(recipients, ReturnedLetter.MessageId(message), IsStandard: false);
    }

    /// <summary>What the fields leave out (recipients, or all but a general code), the words may tell.</summary>
    private static List<RecipientReport> Complete(MailMessage message, List<RecipientReport> recipients)
    {
        if (recipients.Count > 0 && recipients.TrueForAll(r => r.Status is not null)) return recipients;
        var told = FailureText.Of(message).Recipients(recipients.Count > 0 ? recipients.ConvertAll(r => r.Address) : FailedRecipients(message));
        return recipients.Count == 0
            ? told
            : recipients.ConvertAll(r => r.Status is not null ? r : r with { Status = told.Find(t => string.Equals(t.Address, r.Address, StringComparison.Ordinal))?.Status });
    }

    /// <summary>The null return path (RFC 5321 §4.5.5) or the names that mail systems write under, and a word of failure besides.</summary>
    private static bool IsFromMailSystem(MailMessage message)
    {
        if (message.Headers.Contains("X-Failed-Recipients")) return true; // Exim, Gmail
        var nullPath = HasNullPath(message);
        if (nullPath && FailureSubject().IsMatch(message.Subject)) return true;
        if (IsSystem(message))
        {
            if (nullPath) return true;
            // An administrator may well write as postmaster, with a mail program and prefixes that servers do not set.
            if (ForwardPrefix().IsMatch(message.Subject) || message.Headers.Contains("User-Agent") && !Daemon().IsMatch(SenderOf(message))) return false;
            return FailureSubject().IsMatch(message.Subject) || FailureText.Of(message).TellsOfFailure;
        }

        // QUIRK: providers that report as no-reply return the letter along with it.
        return Robot().IsMatch(SenderOf(message)) && message.Parts.Any(ReturnedLetter.IsReturned) && FailureText.Of(message).TellsOfFailure;
    }

    private static bool HasNullPath(MailMessage message) => message.Headers["Return-Path"]?.Trim() is "<>" or "<MAILER-DAEMON>";

    private static bool IsSystem(MailMessage message) => System().IsMatch(SenderOf(message));

    /// <summary>The local part of the first address; the field itself where it holds none, as in "MAILER-DAEMON &lt;&gt;".</summary>
    private static string SenderOf(MailMessage message)
    {
        if (message.From is not [{ Address: var address }, ..] || address.Length == 0) return message.Headers["From"]?.Trim() ?? "";
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? address : address[..at];
    }

    /// <summary>Some name the recipients in a header of their own.</summary>
    private static List<string> FailedRecipients(MailMessage message)
    {
        var recipients = new List<string>();
        foreach (var header in message.Headers.All("X-Failed-Recipients"))
        {
            foreach (var address in header.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (MailboxAddress.TryParse(address, out var mailbox)) recipients.Add(mailbox.Address);
            }
        }

        return recipients;
    }

    [GeneratedRegex(@"^(?:mailer-?daemon|post_?master|mail[ \-]delivery[ \-]su?b?system|MicrosoftExchange\w*)(?:\s*<>)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex System();

    [GeneratedRegex("^mailer-?daemon", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Daemon();

    [GeneratedRegex(@"^(?:no-?reply|do-?not-?reply)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Robot();

    [GeneratedRegex(@"^\s*(?:fwd?|wg|tr|пересл\w*)\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ForwardPrefix();

    [GeneratedRegex(
        @"undeliver|not (?:be )?deliver|delivery (?:status|fail|has failed|report|problem|unsuccessful)|returned (?:mail|to sender)|mail (?:delivery )?fail|"
        + @"failure notice|delivery.{0,20}(?:delay|error|fail)|delayed|warning: (?:could not|message)|error sending your mail|"
        + @"недоставл|не (?:была? )?доставл|не удалось доставить",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FailureSubject();
}
