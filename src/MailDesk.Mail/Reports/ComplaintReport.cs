using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Reports;

/// <summary>A provider tells that a reader called a letter abuse (RFC 5965), or that one failed a check of origin (RFC 6591). No delivery report.</summary>
/// <param name="FeedbackType">Such as <c>abuse</c> or <c>auth-failure</c>; null when the report does not say.</param>
/// <param name="OriginalMessageId">The Message-ID of the letter, without angle brackets, or null.</param>
public sealed partial record ComplaintReport(string? FeedbackType, string? OriginalMessageId)
{
    /// <returns>Null when the message is no complaint report.</returns>
    public static ComplaintReport? Read(MailMessage message)
    {
        if (message.Body.ContentType is not { Type: "multipart" } type) return null;
        var isReport = type.Subtype is "report";
        if (isReport && string.Equals(type["report-type"], "feedback-report", StringComparison.OrdinalIgnoreCase)
            || message.Parts.Any(p => isReport && p.ContentType.Is("message", "feedback-report"))
            || IsOldStyle(message))
        {
            return new ComplaintReport(FeedbackTypeOf(message), ReturnedLetter.MessageId(message));
        }

        return null;
    }

    /// <summary>QUIRK: Outlook.com's junk reports are a plain letter of its staff with the message attached.</summary>
    private static bool IsOldStyle(MailMessage message) =>
        message.From is [var from, ..] && from.Address.StartsWith("staff@", StringComparison.OrdinalIgnoreCase)
        && message.Parts.Any(p => p.ContentType.IsMessage) && JunkSubject().IsMatch(message.Subject);

    private static string? FeedbackTypeOf(MailMessage message)
    {
        foreach (var part in message.Parts)
        {
            if (part.ContentType.Is("message", "feedback-report")) return part.ParseMessage().Headers["Feedback-Type"];
        }

        return null;
    }

    [GeneratedRegex("^complaint about message from ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex JunkSubject();
}
