namespace MailDesk.Mail.Reports;

/// <summary>What became of a letter at one address (RFC 3464 §2.3.3).</summary>
public enum DeliveryAction
{
    /// <summary>The report does not say, or in words that are not in the RFC.</summary>
    Unknown,
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}

/// <param name="Address">As the letter named it (Original-Recipient) where the report says so, else as the server did. The domain is in lower case.</param>
/// <param name="Status">The enhanced code (RFC 3463), such as <c>5.1.1</c>, or null.</param>
/// <param name="Diagnostic">The server's words, or null.</param>
public sealed record RecipientReport(string Address, DeliveryAction Action, string? Status, string? Diagnostic)
{
    /// <summary>
    /// It will never be delivered: "failed" is the last word whatever the code (a server that has tried 4.4.7 for days gives up; RFC 3464
    /// §2.3.3), "delayed" is not; where the report does not say, class 5 is.
    /// </summary>
    public bool IsPermanent => Action == DeliveryAction.Failed || (Action == DeliveryAction.Unknown && Status?.StartsWith('5') == true);
}

/// <summary>A report on letters that could not be delivered, or not yet, or were.</summary>
/// <param name="Recipients">May be empty where the report is free text only.</param>
/// <param name="OriginalMessageId">The Message-ID of the letter reported on, without angle brackets, or null where the report does not return it.</param>
/// <param name="IsStandard">True for RFC 3464; false for one known by its sender and headers only.</param>
public sealed partial record DeliveryReport(IReadOnlyList<RecipientReport> Recipients, string? OriginalMessageId, bool IsStandard);
