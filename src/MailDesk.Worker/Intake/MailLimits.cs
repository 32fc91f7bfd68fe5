using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Intake;

/// <summary>The limits of MAIL.md §1: the parser keeps most of them, and this says which one a message is over.</summary>
public static class MailLimits
{
    public static MimeLimits ForParser(IntakeOptions options) => new()
    {
        MaxBytes = options.MaxMessageBytes,
        MaxDepth = options.MaxDepth,
        MaxParts = options.MaxParts,
        MaxHeaderLines = options.MaxHeaderLines,
    };

    /// <summary>Null when it is within all of them. A header field that was cut for its length is a defect, not a limit: the mail is read.</summary>
    public static ExceededLimit? FirstExceeded(MailMessage message, IntakeOptions options)
    {
        var broken = message.LimitExceeded ? message.Defects.FirstOrDefault(defect => defect.Limit is not (null or MimeLimit.HeaderBytes))?.Limit : null;
        return broken switch
        {
            MimeLimit.Bytes => new ExceededLimit(MailLimit.Size, options.MaxMessageBytes, message.Raw.Length),
            MimeLimit.Depth => new ExceededLimit(MailLimit.Depth, options.MaxDepth, null),
            MimeLimit.Parts => new ExceededLimit(MailLimit.Parts, options.MaxParts, null),
            MimeLimit.HeaderLines => new ExceededLimit(MailLimit.HeaderLines, options.MaxHeaderLines, null),
            _ when message.Raw.Length > options.MaxMessageBytes => new ExceededLimit(MailLimit.Size, options.MaxMessageBytes, message.Raw.Length),
            _ when message.To.Count + message.Cc.Count is var recipients && recipients > options.MaxRecipients =>
                new ExceededLimit(MailLimit.Recipients, options.MaxRecipients, recipients),
            _ => null,
        };
    }
}
