namespace MailDesk.Mail.Smtp;

/// <summary>
/// Hands finished messages to a mail server. Keeps its connection between messages and opens another when it is gone.
/// One call at a time; several transports may work side by side.
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>
    /// Never throws for what the server or the network does: that is the result. Throws only when cancelled, and only while the message
    /// has certainly not been handed over; a cancellation after the end of the data ends in a result.
    /// </summary>
    Task<SendResult> SendAsync(MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}

/// <param name="From">The return path; empty for the null path <c>&lt;&gt;</c> (RFC 5321 §4.5.5).</param>
public sealed record MailEnvelope(string From, IReadOnlyList<string> Recipients);

/// <summary>How an attempt to send ended. A closed set.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <summary>
    /// The server took responsibility for the message, at least for the recipients that are not in <paramref name="RefusedRecipients"/>.
    /// Those whose reply is not permanent can be tried again, alone.
    /// </summary>
    public sealed record Accepted(SmtpReply Reply, IReadOnlyList<RefusedRecipient> RefusedRecipients) : SendResult;

    /// <summary>
    /// This message was refused (4xx: try again later; 5xx: never), by the server, or by the client itself where sending it would break
    /// the protocol (an address that is none, a size or a kind of content that the server has ruled out).
    /// </summary>
    public sealed record Refused(SmtpReply Reply) : SendResult
    {
        /// <summary>Who was refused by name. When all were, <see cref="Reply"/> is one of theirs: a temporary one if there is any.</summary>
        public IReadOnlyList<RefusedRecipient> RefusedRecipients { get; init; } = [];
    }

    /// <summary>
    /// Nothing was handed over: unreachable, turned away, or broken before the end of the data. Safe to try again.
    /// </summary>
    /// <param name="Reply">
    /// The words with which the server turned the desk away before it judged the message (greeting, STARTTLS, AUTH, or 530
    /// "authentication required"); null where the network failed. A permanent reply here (535) says nothing against the message: the
    /// configuration is at fault and a person has to mend it, while the message keeps waiting.
    /// </param>
    public sealed record Unreachable(string Reason, SmtpReply? Reply = null) : SendResult;

    /// <summary>Broken between the end of the data and the reply: nobody knows whether the server took it (RFC 1047).</summary>
    public sealed record Uncertain(string Reason) : SendResult;
}

public sealed record RefusedRecipient(string Address, SmtpReply Reply);

/// <param name="Code">Three digits (RFC 5321 §4.2).</param>
/// <param name="EnhancedCode">Such as <c>5.1.1</c> (RFC 3463), or null.</param>
/// <param name="Text">The server's words, lines joined by a space, without the enhanced code and control characters.</param>
public sealed record SmtpReply(int Code, string? EnhancedCode, string Text)
{
    public bool IsPermanent => Code is >= 500 and < 600;

    public bool IsSuccess => Code is >= 200 and < 300;

    public override string ToString() => EnhancedCode is null ? $"{Code} {Text}" : $"{Code} {EnhancedCode} {Text}";
}
