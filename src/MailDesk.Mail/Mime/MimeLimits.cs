namespace MailDesk.Mail.Mime;

/// <summary>
/// How much of a message is looked at (MAIL.md §1). Over a limit the parser stops going deeper, sets
/// <see cref="MailMessage.LimitExceeded"/> and leaves a defect; what it has read until then stays usable.
/// </summary>
public sealed record MimeLimits
{
    public static MimeLimits Default { get; } = new();

    /// <summary>Octets of the whole message. Of a larger one only the top headers are read.</summary>
    public long MaxBytes { get; init; } = 40L * 1024 * 1024;

    /// <summary>Multiparts within one another. Deeper ones stay closed: leaves of their own type.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Leaves of one message; the rest of the message is left unread.</summary>
    public int MaxParts { get; init; } = 1000;

    /// <summary>Header lines of all parts together, continuation lines counted; further ones are passed over.</summary>
    public int MaxHeaderLines { get; init; } = 10_000;

    /// <summary>Octets of one header field; the rest of a longer one is cut off. A thread of a thousand References fits.</summary>
    public int MaxHeaderBytes { get; init; } = 256 * 1024;
}

/// <summary>One of <see cref="MimeLimits"/>.</summary>
public enum MimeLimit
{
    Bytes,
    Depth,
    Parts,
    HeaderLines,
    HeaderBytes,
}
