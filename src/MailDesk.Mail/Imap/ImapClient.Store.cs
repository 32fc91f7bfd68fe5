using System.Buffers;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    // RFC 9051 §9, atom-specials; a flag is an atom, or a backslash and an atom.
    private static readonly SearchValues<char> NotInFlags = SearchValues.Create("(){ %*\"\\]");

    /// <summary>Null when the server does not say, and all flags are kept (RFC 9051 §6.3.2).</summary>
    private HashSet<string>? _permanentFlags;

    private void TakePermanentFlags(string list) =>
        _permanentFlags = new(list.Trim('(', ')').Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    // QUIRK: Exchange and Mail.ru keep no keywords. The others answer a STORE of them with NO or with an OK that is forgotten; nothing is asked.
    private bool Keeps(string flag) => _permanentFlags is null || _permanentFlags.Contains(flag) || (_permanentFlags.Contains("\\*") && flag[0] != '\\');

    public Task AddFlagsAsync(IReadOnlyList<uint> uids, IReadOnlyList<string> flags, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            RequireOpened();
            if (flags.FirstOrDefault(flag => !IsFlag(flag)) is { } bad) throw new ArgumentException($"\"{bad}\" is no flag", nameof(flags));
            var kept = flags.Where(flag => Keeps(flag)).ToArray();
            var sets = UidSet.Of(uids);
            if (kept.Length == 0) return true;
            foreach (var set in sets) await StoreAsync(set, string.Join(' ', kept), cancellationToken);
            return true;
        });

    // RFC 9051 §6.4.6
    private async Task StoreAsync(string set, string flags, CancellationToken cancellationToken)
    {
        var status = await ExecuteAsync($"UID STORE {set} +FLAGS.SILENT ({flags})", cancellationToken);
        if (IsRefusal(status)) status.ThrowUnlessOk("UID STORE");
    }

    private static bool IsFlag(ReadOnlySpan<char> flag)
    {
        if (flag.StartsWith('\\')) flag = flag[1..];
        return flag.Length > 0 && !flag.ContainsAny(NotInFlags) && !flag.ContainsAnyExceptInRange('!', '~');
    }
}
