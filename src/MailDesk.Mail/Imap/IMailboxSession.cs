namespace MailDesk.Mail.Imap;

/// <summary>
/// A logged-in connection to one mail account, as the desk needs it. Everything the desk does with a mailbox goes through here, so
/// that another client library can stand behind it.
/// <para>One call at a time. A <see cref="Net.MailConnectionException"/> from any call means: dispose this session and open
/// another; a <see cref="MailboxException"/> means: the server said no to this one call, the session lives.</para>
/// </summary>
public interface IMailboxSession : IAsyncDisposable
{
    /// <summary>Selects a mailbox for reading and writing.</summary>
    Task<OpenedMailbox> OpenAsync(string mailbox, CancellationToken cancellationToken);

    /// <summary>What lies in the opened mailbox from <paramref name="fromUid"/> on, lowest UID first.</summary>
    Task<IReadOnlyList<MessageSummary>> ListAsync(uint fromUid, CancellationToken cancellationToken);

    /// <summary>
    /// Fetches whole messages without setting \Seen, in the order of the UIDs. Messages that have vanished are left out. Requests are
    /// pipelined in batches, so memory holds only a bounded number of octets ahead of the reader. A reader may stop early.
    /// </summary>
    /// <exception cref="MailboxException">
    /// The server refused at least one message; thrown only after all others have been given, those that shared a batch with it last.
    /// </exception>
    IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<MessageSummary> messages, CancellationToken cancellationToken);

    /// <summary>Streams one message to <paramref name="destination"/>, whatever its size. False when it has vanished.</summary>
    Task<bool> FetchToAsync(uint uid, Stream destination, CancellationToken cancellationToken);

    /// <summary>
    /// Adds flags such as <c>\Seen</c>, or keywords, to messages; UIDs that have vanished are passed over, and so are flags that the mailbox
    /// would not keep.
    /// </summary>
    Task AddFlagsAsync(IReadOnlyList<uint> uids, IReadOnlyList<string> flags, CancellationToken cancellationToken);

    /// <summary>
    /// Moves messages to another mailbox, which exists: MOVE, else COPY + \Deleted + UID EXPUNGE. A server with neither MOVE nor UIDPLUS
    /// keeps the copy and the original stays, marked \Deleted and \Seen: never a plain EXPUNGE that takes other people's messages along.
    /// </summary>
    Task MoveAsync(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancellationToken);

    /// <summary>Creates a mailbox unless it exists. A <c>/</c> in the name stands for the server's own hierarchy separator.</summary>
    Task EnsureMailboxAsync(string mailbox, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until the server tells of new mail in the opened mailbox (IDLE, RFC 2177), or asks once with NOOP after
    /// <paramref name="pollEvery"/> where there is no IDLE. Returns after <paramref name="atMost"/> in any case. News is a message
    /// that no <see cref="ListAsync"/> since the mailbox was opened has taken in, whenever the server told of it; a cancelled wait
    /// leaves the session alive.
    /// </summary>
    /// <returns>True when there is news.</returns>
    Task<bool> WaitForNewsAsync(TimeSpan atMost, TimeSpan pollEvery, CancellationToken cancellationToken);
}

/// <param name="UidValidity">With a UID, names a message for ever (RFC 9051 §2.3.1.1).</param>
/// <param name="UidNext">Zero when the server does not say.</param>
public sealed record OpenedMailbox(string Name, uint UidValidity, uint UidNext, int Exists)
{
    /// <summary>Whether messages can be given keywords of one's own here (RFC 9051 §7.1, PERMANENTFLAGS).</summary>
    public bool KeepsKeywords { get; init; } = true;
}

/// <param name="InternalDate">When the server received the message; UTC.</param>
/// <param name="Size">RFC822.SIZE in octets.</param>
public sealed record MessageSummary(uint Uid, DateTimeOffset InternalDate, long Size, IReadOnlyList<string> Flags);

/// <param name="Raw">The message as the server holds it.</param>
public sealed record FetchedMessage(MessageSummary Summary, ReadOnlyMemory<byte> Raw);

/// <summary>The server answered NO or BAD to one command; <see cref="Exception.Message"/> has its words.</summary>
public class MailboxException : Exception
{
    /// <summary>The server's response code in upper case, such as <c>OVERQUOTA</c> (RFC 5530); null when it gave none.</summary>
    public string? Code { get; init; }

    public MailboxException(string message) : base(message) { }

    public MailboxException(string message, Exception inner) : base(message, inner) { }

    public MailboxException() { }
}

/// <summary>The server refused the name and password; <see cref="Exception.Message"/> has its words.</summary>
public sealed class MailboxLoginException : MailboxException
{
    public MailboxLoginException(string message) : base(message) { }

    public MailboxLoginException(string message, Exception inner) : base(message, inner) { }

    public MailboxLoginException() { }
}
