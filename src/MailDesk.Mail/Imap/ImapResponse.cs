namespace MailDesk.Mail.Imap;

internal enum ImapResponseKind
{
    /// <summary>A command is finished; <see cref="ImapResponse.Tag"/> says which.</summary>
    Tagged,

    /// <summary>The server wants more of the command (<c>+</c>).</summary>
    Continuation,

    /// <summary>An untagged OK, NO or BAD, or a greeting.</summary>
    Status,
    Exists,
    Expunge,
    Fetch,
    List,
    Namespace,
    Enabled,

    /// <summary>Untagged data that this client has no use for.</summary>
    Other,
}

/// <summary>One response; where it has data the reader stands in front of them.</summary>
/// <param name="Number">The message's sequence number or the count that precedes the keyword.</param>
internal readonly record struct ImapResponse(ImapResponseKind Kind, int Tag = 0, uint Number = 0, ImapStatus? Status = null);
