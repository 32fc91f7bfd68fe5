using System.Globalization;
using System.Text.RegularExpressions;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// The mailboxes of one account. <see cref="Gate"/> guards all of them: whoever reads a list or changes anything holds it, and nobody
/// waits for the network inside it. What can be refused returns the refusal in IMAP's words (a response code of RFC 5530 first), or null.
/// <para>Kept on disk as a folder: a folder a mailbox (<see cref="MailboxJournal"/>) and the file <c>account</c>, which holds the last
/// UIDVALIDITY given out and the subscribed names, a line each.</para>
/// </summary>
internal sealed partial class MailAccount
{
    public const string Inbox = "INBOX";
    public const char Separator = '/';

    /// <summary>Bounds what a client that creates in a loop can cost.</summary>
    private const int MaxMailboxes = 1000;

    private const int MaxNameLength = 250;

    private readonly string? _folder;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, StoredMailbox> _mailboxes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _subscribed = new(StringComparer.Ordinal);
    private uint _lastUidValidity;

    public MailAccount(SandboxAccount account, string? folder, TimeProvider time)
    {
        Address = account.Address;
        Password = account.Password;
        _folder = folder;
        _time = time;
        if (folder is not null && Directory.Exists(folder)) Restore(folder);
        if (!_mailboxes.ContainsKey(Inbox)) Add(Inbox);
    }

    public Lock Gate { get; } = new();

    public string Address { get; }

    public string Password { get; }

    public StoredMailbox InboxMailbox => _mailboxes[Inbox];

    public IEnumerable<StoredMailbox> Mailboxes => _mailboxes.Values.OrderBy(m => m.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Subscribed => _subscribed;

    /// <summary>INBOX is INBOX in any case (RFC 3501 §5.1).</summary>
    public static string Canonical(string name) => name.Equals(Inbox, StringComparison.OrdinalIgnoreCase) ? Inbox : name;

    public StoredMailbox? Find(string name) => _mailboxes.GetValueOrDefault(Canonical(name));

    public bool HasChildren(string name) => Children(name).Any();

    /// <summary>Creates a mailbox and those above it (RFC 3501 §6.3.3).</summary>
    public string? Create(string name)
    {
        name = Canonical(name.EndsWith(Separator) ? name[..^1] : name);
        if (!IsValid(name)) return "[CANNOT] not a mailbox name";
        if (_mailboxes.ContainsKey(name)) return "[ALREADYEXISTS] the mailbox exists";
        var missing = Path(name).Where(n => !_mailboxes.ContainsKey(n)).ToList();
        if (_mailboxes.Count + missing.Count > MaxMailboxes) return "[LIMIT] too many mailboxes";
        missing.ForEach(Add);
        return null;
    }

    public string? Delete(string name)
    {
        if (Find(name) is not { } mailbox) return "[NONEXISTENT] no such mailbox";
        if (mailbox.Name is Inbox) return "[CANNOT] INBOX stays";
        if (HasChildren(mailbox.Name)) return "[HASCHILDREN] delete the mailboxes below it first";
        mailbox.Destroy();
        _mailboxes.Remove(mailbox.Name);
        return null;
    }

    /// <summary>Renames a mailbox with all below it. INBOX keeps existing: its messages move (RFC 3501 §6.3.5).</summary>
    public string? Rename(string from, string to)
    {
        if (Find(from) is not { } mailbox) return "[NONEXISTENT] no such mailbox";
        to = Canonical(to);
        if (to.StartsWith(mailbox.Name + Separator, StringComparison.Ordinal)) return "[CANNOT] a mailbox cannot go below itself";
        if (mailbox.Name is Inbox)
        {
            if (Create(to) is { } refused) return refused;
            Move(mailbox, _mailboxes[to], [.. mailbox.Messages]);
            return null;
        }

        if (!IsValid(to)) return "[CANNOT] not a mailbox name";
        if (_mailboxes.ContainsKey(to)) return "[ALREADYEXISTS] the mailbox exists";
        if (Path(to).SkipLast(1).LastOrDefault() is { } above && !_mailboxes.ContainsKey(above) && Create(above) is { } no) return no;
        foreach (var each in Children(mailbox.Name).Append(mailbox).ToList())
        {
            var old = each.Name;
            each.Rename(to + old[from.Length..]);
            _mailboxes.Remove(old);
            _mailboxes.Add(each.Name, each);
        }

        return null;
    }

    public string? Subscribe(string name, bool subscribed)
    {
        if (subscribed && _subscribed.Count >= MaxMailboxes) return "[LIMIT] too many subscriptions";
        if (subscribed ? _subscribed.Add(Canonical(name)) : _subscribed.Remove(Canonical(name))) SaveAccount();
        return null;
    }

    /// <summary>Copies messages with flags and dates, all or none; returns the copies in the same order.</summary>
    public static List<StoredMessage> Copy(StoredMailbox to, IReadOnlyCollection<StoredMessage> messages)
    {
        var copies = new List<StoredMessage>(messages.Count);
        try
        {
            foreach (var message in messages) copies.Add(to.Add(message.Raw, message.InternalDate, message.Flags));
            return copies;
        }
        catch (MailStoreException)
        {
            to.Expunge(copies); // RFC 3501 §6.4.7
            throw;
        }
    }

    /// <summary>Nobody ever sees a message in neither of the two mailboxes (RFC 6851 §3.3), nor, under the lock, in both.</summary>
    public static List<StoredMessage> Move(StoredMailbox from, StoredMailbox to, IReadOnlyCollection<StoredMessage> messages)
    {
        var copies = Copy(to, messages);
        from.Expunge(messages);
        return copies;
    }

    public void Close()
    {
        lock (Gate)
        {
            foreach (var mailbox in _mailboxes.Values) mailbox.Close();
        }
    }

    /// <summary>Names are kept as they travel, in modified UTF-7 (RFC 3501 §5.1.3): nobody here needs to read them.</summary>
    private static bool IsValid(string name) => name.Length <= MaxNameLength && name.Split(Separator).All(LevelPattern.IsMatch);

    /// <summary>Printable ASCII but wildcards, and <c>&amp;…-</c>.</summary>
    [GeneratedRegex(@"^([ -$'-)+-~]|&[A-Za-z0-9+,]*-)+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex LevelPattern { get; }

    /// <summary><c>a/b/c</c> → <c>a</c>, <c>a/b</c>, <c>a/b/c</c>.</summary>
    private static IEnumerable<string> Path(string name) =>
        Enumerable.Range(1, name.Length).Where(i => i == name.Length || name[i] == Separator).Select(i => Canonical(name[..i]));

    private IEnumerable<StoredMailbox> Children(string name) =>
        _mailboxes.Values.Where(m => m.Name.StartsWith(name + Separator, StringComparison.Ordinal));

    private void Add(string name)
    {
        _lastUidValidity = (uint)Math.Max(_lastUidValidity + 1, _time.GetUtcNow().ToUnixTimeSeconds());
        SaveAccount();
        var journal = _folder is null ? null : MailboxJournal.Create(FolderOf(_lastUidValidity), name);
        _mailboxes.Add(name, new StoredMailbox(name, _lastUidValidity, journal));
    }

    private string FolderOf(uint uidValidity) => System.IO.Path.Combine(_folder!, uidValidity.ToString(CultureInfo.InvariantCulture));

    private void SaveAccount()
    {
        if (_folder is null) return;
        var path = System.IO.Path.Combine(_folder, "account");
        try
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllLines(path + ".new", [_lastUidValidity.ToString(CultureInfo.InvariantCulture), .. _subscribed]);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailStoreException($"cannot write {path}: {e.Message}", e);
        }
    }

    private void Restore(string folder)
    {
        var account = System.IO.Path.Combine(folder, "account");
        if (File.Exists(account) && File.ReadAllLines(account) is [var last, .. var subscribed])
        {
            _ = uint.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out _lastUidValidity);
            _subscribed.UnionWith(subscribed);
        }

        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            if (!uint.TryParse(System.IO.Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var uidValidity)) continue;
            _lastUidValidity = Math.Max(_lastUidValidity, uidValidity);
            if (MailboxJournal.Open(path, uidValidity) is { } mailbox) _mailboxes.TryAdd(mailbox.Name, mailbox);
        }
    }
}
