namespace MailDesk.Mail.Sandbox;

/// <summary>
/// A mailbox of an account. Everything here is done under the account's lock.
/// <para>Invariants (RFC 3501 §2.3.1.1): UIDs only grow and are never used again; name changes keep UIDVALIDITY and UIDs; every change is
/// in the journal before a session can see it; watchers are woken, never waited for.</para>
/// </summary>
internal sealed class StoredMailbox(string name, uint uidValidity, MailboxJournal? journal)
{
    private readonly List<StoredMessage> _messages = [];
    private readonly List<Action> _watchers = [];

    public string Name { get; private set; } = name;

    public uint UidValidity => uidValidity;

    public uint UidNext { get; private set; } = 1;

    /// <summary>UIDs from here on are \Recent for the next session that selects the mailbox.</summary>
    public uint FirstRecentUid { get; set; } = 1;

    /// <summary>In the order of their UIDs.</summary>
    public IReadOnlyList<StoredMessage> Messages => _messages;

    /// <summary>Grows with every change.</summary>
    public long Revision { get; private set; }

    public StoredMessage Add(ReadOnlyMemory<byte> raw, DateTimeOffset internalDate, string[] flags)
    {
        var message = new StoredMessage(UidNext, internalDate, raw, flags);
        journal?.Added(message);
        UidNext++;
        _messages.Add(message);
        Changed();
        return message;
    }

    /// <summary>Takes over what the journal remembers.</summary>
    public void Restore(IEnumerable<StoredMessage> messages, uint uidNext)
    {
        _messages.AddRange(messages);
        UidNext = FirstRecentUid = uidNext;
    }

    public void SetFlags(StoredMessage message, string[] flags)
    {
        if (message.IsExpunged) return;
        journal?.Flagged(message.Uid, flags);
        message.Flags = flags;
        Changed();
    }

    /// <summary>Takes messages out. Those that are gone already are passed over.</summary>
    public void Expunge(IReadOnlyCollection<StoredMessage> messages)
    {
        foreach (var message in messages.Where(m => !m.IsExpunged))
        {
            journal?.Removed(message.Uid);
            message.IsExpunged = true;
        }

        if (_messages.RemoveAll(m => m.IsExpunged) > 0) Changed();
    }

    public void Rename(string name)
    {
        journal?.Renamed(name);
        Name = name;
    }

    /// <summary>Takes the mailbox out of existence: sessions that have it selected see it emptied.</summary>
    public void Destroy()
    {
        journal?.Delete();
        foreach (var message in _messages) message.IsExpunged = true;
        _messages.Clear();
        Changed();
    }

    public void Close() => journal?.Dispose();

    public void Watch(Action wake) => _watchers.Add(wake);

    public void Unwatch(Action wake) => _watchers.Remove(wake);

    private void Changed()
    {
        Revision++;
        foreach (var wake in _watchers) wake();
    }
}
