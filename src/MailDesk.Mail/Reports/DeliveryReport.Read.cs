using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Reports;

/// <summary>
/// Reads reports (MAIL.md §1.3). Standard ones are known by their message/delivery-status (RFC 3464); the others by a sender that
/// only mail systems have. Nothing is guessed from the words of a person.
/// </summary>
public sealed partial record DeliveryReport
{
    /// <returns>Null when the message is no delivery report.</returns>
    public static DeliveryReport? Read(MailMessage message)
    {
        foreach (var part in message.Parts)
        {
            if (part.ContentType is { Type: "message", Subtype: "delivery-status" or "global-delivery-status" })
            {
                return new DeliveryReport(DeliveryStatus.Read(part), OriginalId(message), IsStandard: true);
            }
        }

        return IsFromMailSystem(message) ? new DeliveryReport(FromHeaders(message), OriginalId(message), IsStandard: false) : null;
    }

    /// <summary>The null return path (RFC 5321 §4.5.5) or the names that mail systems write under, and a word of failure besides.</summary>
    private static bool IsFromMailSystem(MailMessage message)
    {
        if (message.Headers.Contains("X-Failed-Recipients")) return true; // Exim
        var sender = message.From is [var from, ..] ? from.Address : "";
        var local = sender[..Math.Max(0, sender.IndexOf('@', StringComparison.Ordinal))];
        var system = local.Equals("mailer-daemon", StringComparison.OrdinalIgnoreCase)
            || local.Equals("postmaster", StringComparison.OrdinalIgnoreCase)
            || local.StartsWith("MicrosoftExchange", StringComparison.OrdinalIgnoreCase);
        var nullPath = message.Headers["Return-Path"]?.Trim() is "<>";
        return system && (nullPath || FailureSubject().IsMatch(message.Subject))
            || nullPath && FailureSubject().IsMatch(message.Subject);
    }

    /// <summary>Exim names the recipients in a header of its own; others only in words, which are left to the reader.</summary>
    private static List<RecipientReport> FromHeaders(MailMessage message)
    {
        var recipients = new List<RecipientReport>();
        var delayed = DelayedSubject().IsMatch(message.Subject);
        foreach (var header in message.Headers.All("X-Failed-Recipients"))
        {
            foreach (var address in header.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (MailboxAddress.TryParse(address, out var mailbox))
                {
                    recipients.Add(new RecipientReport(mailbox.Address, delayed ? DeliveryAction.Delayed : DeliveryAction.Failed, null, null));
                }
            }
        }

        return recipients;
    }

    /// <summary>From the returned message or its headers; else from In-Reply-To, which Exchange sets; else from a copy within the text.</summary>
    private static string? OriginalId(MailMessage message)
    {
        foreach (var part in message.Parts)
        {
            var returned = part.ContentType is { Type: "text", Subtype: "rfc822-headers" }
                or { Type: "message", Subtype: not ("delivery-status" or "global-delivery-status") };
            if (returned && part.ParseMessage().MessageId is { } id) return id;
        }

        if (message.InReplyTo is [var answered, ..]) return answered;
        foreach (var part in message.Parts)
        {
            if (part.ContentType.Type is not "text") continue;
            if (QuotedMessageId().Match(part.DecodeText()) is { Success: true } match) return match.Groups["id"].Value;
        }

        return null;
    }

    [GeneratedRegex(
        @"undeliver|not (?:be )?deliver|delivery (?:status|fail|has failed|report|problem|unsuccessful)|returned (?:mail|to sender)|mail (?:delivery )?fail|"
        + @"failure notice|delivery.{0,20}(?:delay|error)|delayed|warning: (?:could not|message)|недоставл|не (?:была? )?доставл|не удалось доставить",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex FailureSubject();

    [GeneratedRegex("delay|warning|задерж", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex DelayedSubject();

    [GeneratedRegex(@"^[> \t]*Message-ID:[ \t]*\r?\n?[> \t]*<(?<id>[^<>\s]{3,900})>", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedMessageId();
}
