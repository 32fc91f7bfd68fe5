namespace MailDesk.Mail.Sandbox;

/// <summary>
/// What one session knows of the mailbox it has selected.
/// <para>Invariants (RFC 3501 §7.4.1, RFC 2180): sequence numbers change only in <see cref="Update"/>, which writes every change that it
/// makes; until then a message that others have expunged keeps its number and stays readable.</para>
/// </summary>
internal sealed class SelectedMailbox
{
    private readonly List<Entry> _entries = [];
    private readonly HashSet<StoredMessage> _recent = [];
    private long _revision = -1;

    /// <summary>The account's lock is held.</summary>
    public SelectedMailbox(MailAccount account, StoredMailbox mailbox, bool readOnly)
    {
        (Account, Mailbox, IsReadOnly) = (account, mailbox, readOnly);
        TakeNew();
    }

    public MailAccount Account { get; }

    public StoredMailbox Mailbox { get; }

    public bool IsReadOnly { get; }

    public int Count => _entries.Count;

    public int RecentCount => _recent.Count;

    public bool HasNews => Mailbox.Revision != _revision;

    public IEnumerable<(int Number, StoredMessage Message)> All => _entries.Select((e, i) => (i + 1, e.Message));

    public bool IsRecent(StoredMessage message) => _recent.Contains(message);

    public string FlagsOf(StoredMessage message) => string.Join(' ', _recent.Contains(message) ? [.. message.Flags, "\\Recent"] : message.Flags);

    /// <summary>The messages of a set in ascending order. A sequence number that is not there is an error, a UID is passed over.</summary>
    public List<(int Number, StoredMessage Message)> Find(SequenceSet set, bool byUid)
    {
        var found = new List<(int, StoredMessage)>();
        var largest = byUid ? _entries.LastOrDefault().Message?.Uid ?? 0 : (uint)_entries.Count;
        foreach (var (from, to) in set.Resolve(largest))
        {
            if (!byUid && (from == 0 || to > _entries.Count)) throw new ImapSyntaxException("There is no message of that number");
            for (var i = byUid ? IndexOfUid(from) : (int)from - 1; i < _entries.Count && (byUid ? _entries[i].Message.Uid : i + 1) <= to; i++)
            {
                found.Add((i + 1, _entries[i].Message));
            }
        }

        return found;
    }

    /// <summary>The session has been told of the message's present flags.</summary>
    public void Told(int number, StoredMessage message) => _entries[number - 1] = new Entry(message, message.Flags);

    /// <summary>Brings the view up to date and writes what has changed. The account's lock is held.</summary>
    /// <param name="expunge">False while the answer to FETCH, STORE or SEARCH is given: numbers stay as they are.</param>
    public void Update(bool expunge, Action<string> write)
    {
        if (!HasNews) return;
        var (complete, kept) = (true, 0);
        foreach (var (message, told) in _entries.ToArray())
        {
            if (message.IsExpunged && expunge)
            {
                write($"* {kept + 1} EXPUNGE\r\n");
                _recent.Remove(message);
                continue;
            }

            complete &= !message.IsExpunged;
            var flags = message.Flags;
            if (!ReferenceEquals(flags, told)) write($"* {kept + 1} FETCH (UID {message.Uid} FLAGS ({FlagsOf(message)}))\r\n");
            _entries[kept++] = new Entry(message, flags);
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
        if (TakeNew()) write($"* {Count} EXISTS\r\n* {RecentCount} RECENT\r\n");
        _revision = complete ? Mailbox.Revision : -1;
    }

    private bool TakeNew()
    {
        var known = _entries.LastOrDefault().Message?.Uid ?? 0;
        var before = Count;
        foreach (var message in Mailbox.Messages.Reverse().TakeWhile(m => m.Uid > known).Reverse())
        {
            _entries.Add(new Entry(message, message.Flags));
            if (message.Uid >= Mailbox.FirstRecentUid) _recent.Add(message);
        }

        if (!IsReadOnly) Mailbox.FirstRecentUid = Mailbox.UidNext;
        _revision = Mailbox.Revision;
        return Count > before;
    }

    private int IndexOfUid(uint uid)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Message.Uid < uid) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private readonly record struct Entry(StoredMessage Message, string[] ToldFlags);
}
