using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Reports;

/// <summary>The letter that a report is about, as far as it came back.</summary>
internal static partial class ReturnedLetter
{
    /// <summary>
    /// From the returned message or its headers; else from what Exchange sets (In-Reply-To, fields of the delivery status); else from a
    /// copy within the text.
    /// </summary>
    public static string? MessageId(MailMessage report)
    {
        foreach (var part in report.Parts)
        {
            if (IsReturned(part) && part.ParseMessage().MessageId is { } id) return id;
        }

        if (report.InReplyTo is [var answered, ..]) return answered;
        foreach (var part in report.Parts)
        {
            if (part.ContentType.Type is not ("text" or "message" or "multipart")) continue;
            var text = part.DecodeText();
            // Where the fields of a report stand in the text, what comes before them is the report's own header.
            var start = Math.Max(0, EmbeddedStatus.Find(text));
            if (QuotedMessageId().Match(text, start) is { Success: true } match) return match.Groups["id"].Value;
        }

        return null;
    }

    /// <summary>The address it went to, when there is one only: then the report can mean no other. Null when nothing came back.</summary>
    public static string? OnlyRecipient(MailMessage report)
    {
        foreach (var part in report.Parts.Where(IsReturned))
        {
            var letter = part.ParseMessage();
            return letter.To is [var to] && letter.Cc.Count == 0 ? to.Address : null;
        }

        if (report.TextBody is not { } text) return null;
        var fields = QuotedTo().Matches(text);
        return fields is [var field] && MailboxAddress.TryParse(field.Groups["to"].Value.Trim(), out var mailbox) ? mailbox.Address : null;
    }

    public static bool IsReturned(MimePart part) => part.ContentType is { Type: "text", Subtype: "rfc822-headers" }
        or { Type: "message", Subtype: not ("delivery-status" or "global-delivery-status" or "feedback-report" or "disposition-notification") };

    [GeneratedRegex(
        @"^[> \t]*(?:X-)?(?:Original-?)?Message-ID:[ \t]*\r?\n?[> \t]*<(?<id>[^<>\s]{3,900})>",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedMessageId();

    [GeneratedRegex(@"^To:(?<to>[^\r\n]{3,400})\r?$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedTo();
}
