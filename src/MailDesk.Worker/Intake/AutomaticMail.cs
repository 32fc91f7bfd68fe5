using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Reports;

namespace MailDesk.Worker.Intake;

/// <summary>Recognises what programs send by themselves (RFC 3834, MAIL.md §1.4).</summary>
public static partial class AutomaticMail
{
    private static readonly string[] BulkPrecedences = ["bulk", "junk", "list", "auto_reply"];
    private static readonly string[] ListHeaders = ["List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond"];
    private static readonly string[] RobotNames = ["noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster"];

    /// <summary>The first sign found, for the record; null when a person seems to have written.</summary>
    public static string? Sign(MailMessage message)
    {
        var headers = message.Headers;
        if (headers["Auto-Submitted"] is { } submitted && !FirstWord(submitted).Equals("no", StringComparison.OrdinalIgnoreCase))
        {
            return $"Auto-Submitted: {submitted}";
        }

        if (headers["Precedence"] is { } precedence && BulkPrecedences.Contains(precedence.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            return $"Precedence: {precedence}";
        }

        if (ListHeaders.FirstOrDefault(name => headers[name] is not null) is { } list) return list;
        if (headers["X-Auto-Response"] is { Length: > 0 } response) return $"X-Auto-Response: {response}";

        // A subject alone is no sign: people write about their absence too. X-Auto-Response-Suppress alone is none either: Outlook sets it
        // on mail that people write.
        return OutOfOffice().IsMatch(message.Subject) && HasWeakSign(message) ? $"Subject: {message.Subject}" : null;
    }

    /// <summary>
    /// Reports of machines that are no delivery reports: complaints about a letter (RFC 5965), receipts (RFC 8098). Unlike other automatic mail
    /// they never become a request, whoever they come from. Null when the message is none.
    /// </summary>
    public static string? Report(MailMessage message)
    {
        if (ComplaintReport.Read(message) is { } complaint) return $"complaint report: {complaint.FeedbackType ?? "of unknown kind"}";
        return message.Body.ContentType is { Type: "multipart", Subtype: "report" } type ? $"report: {type["report-type"] ?? "of unknown kind"}" : null;
    }

    private static bool HasWeakSign(MailMessage message) =>
        message.Headers["X-Auto-Response-Suppress"] is not null
        || message.Headers["Return-Path"]?.Trim() is "<>"
        || (message.From is [var from, ..] && RobotNames.Any(name => from.Address.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static string FirstWord(string value) => value.Split([' ', ';', '\t', '('], 2)[0].Trim();

    [GeneratedRegex(
        @"^\W*(re:\s*)?(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|autoreply|автоответ|автоматический ответ|вне офиса|аўтаадказ|аўтаматычны адказ|па-за офісам)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OutOfOffice();
}
