namespace MailDesk.Mail.Mime;

/// <summary>What is wrong with a message that was read all the same.</summary>
public enum MimeDefectKind
{
    /// <summary>A header line without a field name; it was passed over.</summary>
    InvalidHeaderLine,

    /// <summary>The body begins without an empty line before it.</summary>
    MissingSeparator,

    /// <summary>A multipart without a boundary parameter, or whose boundary never occurs.</summary>
    MissingBoundary,

    /// <summary>A multipart that ends without its closing delimiter.</summary>
    UnclosedMultipart,

    /// <summary>A field that may occur once occurs again; the first one counts (for From: all of them).</summary>
    DuplicateHeader,

    /// <summary>A Content-Transfer-Encoding that nobody knows; the octets are taken as they are.</summary>
    UnknownTransferEncoding,

    /// <summary>A piece of a message that was sent in several (RFC 2046 §5.2.2); it is kept, the others are not waited for.</summary>
    PartialMessage,

    /// <summary>A winmail.dat (TNEF) that could be read in part only, or not at all; it stays among the attachments.</summary>
    DamagedTnef,

    /// <summary>A limit of <see cref="MimeLimits"/> was reached.</summary>
    LimitExceeded,
}

/// <param name="Offset">Where in the raw message, in octets.</param>
/// <param name="Limit">Which one, of <see cref="MimeDefectKind.LimitExceeded"/>.</param>
public sealed record MimeDefect(MimeDefectKind Kind, int Offset, string Detail, MimeLimit? Limit = null);
