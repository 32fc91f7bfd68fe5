namespace MailDesk.Worker.Letters;

/// <summary>One of the limits of MAIL.md §1. The templates have words for each, in this order.</summary>
public enum MailLimit
{
    Size,
    Depth,
    Parts,
    HeaderLines,
    Recipients,
}

/// <param name="Allowed">Octets for <see cref="MailLimit.Size"/>, else a count.</param>
/// <param name="Found">Null where reading stopped at the limit.</param>
public sealed record ExceededLimit(MailLimit Limit, long Allowed, long? Found)
{
    public override string ToString() => $"over a limit: {Limit} {(Found is { } found ? $"{found}, " : "")}at most {Allowed}";
}

/// <summary>What went wrong with a mail that came, or with a letter of the desk. What a letter does not say is null; all text may be hostile.</summary>
public sealed record Trouble
{
    /// <summary>Who wrote the mail, by its own word.</summary>
    public string? Sender { get; init; }

    /// <summary>Of the mail, or of the letter that did not arrive.</summary>
    public string? Subject { get; init; }

    /// <summary>Without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>When the mail came, or the letter was written; UTC.</summary>
    public DateTimeOffset? At { get; init; }

    public ExceededLimit? Limit { get; init; }

    /// <summary>OverLimit: the sender has got an explanation.</summary>
    public bool SenderTold { get; init; }

    /// <summary>The folder in which the original lies, and its mailbox.</summary>
    public string? Folder { get; init; }

    public string? Mailbox { get; init; }

    /// <summary>The mail's name in the log and for <c>maildesk replay</c>.</summary>
    public string? MailId { get; init; }

    /// <summary>In one line: of the processing, or the mail server's words.</summary>
    public string? Error { get; init; }

    public int Attempts { get; init; }

    /// <summary>Unprocessable: the original is in the database, so that it can be replayed.</summary>
    public bool IsKept { get; init; }

    /// <summary>Undelivered: to whom the letter was.</summary>
    public string? Recipient { get; init; }

    /// <summary>Undelivered: that was an engineer.</summary>
    public bool ToStaff { get; init; }
}
