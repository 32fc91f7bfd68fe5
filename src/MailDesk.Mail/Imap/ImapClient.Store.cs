using System.Buffers;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    // RFC 9051 §9, atom-specials; a flag is an atom, or a backslash and an atom.
    private static readonly SearchValues<char> NotInFlags = SearchValues.Create("(){ %*\"\\]");

    public Task AddFlagsAsync(IReadOnlyList<uint> uids, IReadOnlyList<string> flags, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            RequireOpened();
            if (flags.FirstOrDefault(flag => !IsFlag(flag)) is { } bad) throw new ArgumentException($"\"{bad}\" is no flag", nameof(flags));
            if (flags.Count == 0) return true;
            foreach (var set in UidSet.Of(uids)) await StoreAsync(set, string.Join(' ', flags), cancellationToken);
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
