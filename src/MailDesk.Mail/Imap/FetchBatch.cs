namespace MailDesk.Mail.Imap;

/// <summary>Messages that are asked for with one UID FETCH.</summary>
internal sealed record FetchBatch(IReadOnlyList<MessageSummary> Messages)
{
    /// <summary>Bound the memory that is ahead of the caller, and the length of the command.</summary>
    private const int MaxMessages = 100;
    private const long MaxOctets = 4 * 1024 * 1024;

    /// <summary>The longest literal to accept. QUIRK: Exchange estimates RFC822.SIZE, others count CRLF as one octet; this is beyond them all.</summary>
    public long MaxLiteral { get; } = (2 * Messages.Max(m => m.Size)) + (1024 * 1024);

    /// <summary>The command's tag once it is sent.</summary>
    public int Tag { get; set; }

    /// <summary>How the command ended, or null while it runs.</summary>
    public ImapStatus? Status { get; set; }

    /// <summary>Cuts the messages, ascending by UID, into batches; a message beyond the bound travels alone.</summary>
    public static IEnumerable<FetchBatch> Of(IReadOnlyList<MessageSummary> messages)
    {
        var batch = new List<MessageSummary>(MaxMessages);
        long octets = 0;
        foreach (var message in messages.OrderBy(m => m.Uid).DistinctBy(m => m.Uid))
        {
            if (batch.Count > 0 && (batch.Count == MaxMessages || octets + message.Size > MaxOctets))
            {
                yield return new(batch.ToArray());
                batch.Clear();
                octets = 0;
            }

            batch.Add(message);
            octets += message.Size;
        }

        if (batch.Count > 0) yield return new(batch.ToArray());
    }
}
