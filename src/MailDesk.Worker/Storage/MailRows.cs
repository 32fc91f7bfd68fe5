using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Storage;

/// <summary>A message that arrived: every one, whatever became of it (rule 5.10).</summary>
public sealed class MailRow
{
    public int Id { get; set; }

    public required string Mailbox { get; set; }

    public uint UidValidity { get; set; }

    public uint Uid { get; set; }

    /// <summary>Without angle brackets; null when the message has none.</summary>
    public string? MessageId { get; set; }

    public required byte[] ContentHash { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public string? Sender { get; set; }

    public MailKind Kind { get; set; }

    public TicketRow? Ticket { get; set; }

    public int? TicketId { get; set; }

    /// <summary>Why it ended as it did, where the kind does not say it.</summary>
    public string? Remark { get; set; }

    public MailContentRow? Content { get; set; }
}

/// <summary>The whole original, compressed; apart from <see cref="MailRow"/> so that looking through mail stays cheap.</summary>
public sealed class MailContentRow
{
    public int MailId { get; set; }

    public required byte[] Compressed { get; set; }

    /// <summary>Only its beginning: it was too large to be read, and the whole of it stays on the mail server.</summary>
    public bool IsBeginning { get; set; }
}

/// <summary>A message that made processing fail, until it is processed or put aside.</summary>
public sealed class FailureRow
{
    public required string Mailbox { get; set; }

    public uint UidValidity { get; set; }

    public uint Uid { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public required string Error { get; set; }
}
