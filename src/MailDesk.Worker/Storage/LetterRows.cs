using MailDesk.Domain;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Storage;

public enum LetterState
{
    /// <summary>Waits for its next attempt.</summary>
    Pending,

    /// <summary>A break left it open whether the server took it; tried again slowly under the same Message-ID.</summary>
    Uncertain,

    Delivered,

    /// <summary>Refused for good, or tried for too long.</summary>
    GivenUp,
}

/// <summary>A letter on its way or sent: the outbox.</summary>
public sealed class LetterRow
{
    public int Id { get; set; }

    public TicketRow? Ticket { get; set; }

    public int? TicketId { get; set; }

    public LetterKind Kind { get; set; }

    public LetterRole Role { get; set; }

    /// <summary>The return path.</summary>
    public required string Sender { get; set; }

    public required string Recipient { get; set; }

    public required string MessageId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public LetterState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Null when there will be none.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>The batch in which it is being sent now; what is still set at a start was broken off (see <see cref="Outbox.LetterBox"/>).</summary>
    public int? Claim { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The server's last words about it.</summary>
    public string? LastReply { get; set; }

    public LetterContentRow? Content { get; set; }
}

/// <summary>The letter as it goes over the wire, compressed: every attempt sends the same bytes.</summary>
public sealed class LetterContentRow
{
    public int LetterId { get; set; }

    public required byte[] Compressed { get; set; }
}
