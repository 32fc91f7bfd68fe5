namespace MailDesk.Mail.Imap;

/// <summary>How this server spells mailbox names: RFC 2342 (personal namespace), RFC 9051 §6.3.9 (hierarchy separator).</summary>
/// <param name="Prefix">What names of one's own mailboxes begin with, such as <c>INBOX.</c> (Cyrus, Courier), or empty.</param>
/// <param name="Separator">Null where there is no hierarchy.</param>
/// <param name="Roots">The prefixes of all namespaces, other people's and shared ones too; names under them stay as they are.</param>
internal sealed record MailboxNames(string Prefix, char? Separator, IReadOnlyList<string> Roots)
{
    /// <summary>Stands for the separator where a server has none.</summary>
    private const char FlatSeparator = '-';

    /// <param name="name">With <c>/</c> between its levels, or already in the server's own spelling.</param>
    /// <exception cref="ArgumentException">Empty or with control characters (RFC 9051 §5.1).</exception>
    public string ToServer(string name)
    {
        if (name.Length == 0 || name.Any(char.IsControl)) throw new ArgumentException("not a mailbox name", nameof(name));
        var spelt = name.Replace('/', Separator ?? FlatSeparator);
        if (spelt.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) return "INBOX";
        var rooted = Roots.Any(root => root.Length > 0 && spelt.StartsWith(root, StringComparison.OrdinalIgnoreCase));
        return rooted || IsBelowInbox(spelt) ? spelt : Prefix + spelt;
    }

    /// <summary>The mailboxes above one, outermost first, without the namespace itself.</summary>
    public IEnumerable<string> Above(string spelt)
    {
        if (Separator is not { } separator) yield break;
        var root = Roots.Where(root => spelt.StartsWith(root, StringComparison.OrdinalIgnoreCase)).Max(root => (int?)root.Length) ?? 0;
        for (var at = spelt.IndexOf(separator, root); at > 0; at = spelt.IndexOf(separator, at + 1)) yield return spelt[..at];
    }

    private bool IsBelowInbox(string spelt) => Separator is { } separator && spelt.StartsWith("INBOX" + separator, StringComparison.OrdinalIgnoreCase);
}
