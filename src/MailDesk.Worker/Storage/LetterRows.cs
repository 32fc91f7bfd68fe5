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

    /// <summary>Never sent: one answer too many to one address within a day (see <see cref="Outbox.LetterPacer"/>).</summary>
    Suppressed,
}

/// <summary>How the limits for one address treat a letter (MAIL.md §8).</summary>
public enum LetterPace
{
    /// <summary>A person's own words, and what an engineer must know at once: never held back, never counted.</summary>
    Free,

    /// <summary>Held back over the limits, and sent when they allow.</summary>
    Paced,

    /// <summary>Answers a mail at once, so that it can be half of a loop: held back as well, and not sent at all after too many within a day.</summary>
    Reply,
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

    public LetterPace Pace { get; set; }

    /// <summary>When it was first let through to be sent; null for letters that are not counted, and those that still wait.</summary>
    public DateTimeOffset? PacedAt { get; set; }

    /// <summary>Waits because of the limits for its address, not because of the server.</summary>
    public bool HeldBack { get; set; }

    public LetterContentRow? Content { get; set; }
}

/// <summary>The letter as it goes over the wire, compressed: every attempt sends the same bytes.</summary>
public sealed class LetterContentRow
{
    public int LetterId { get; set; }

    public required byte[] Compressed { get; set; }
}
