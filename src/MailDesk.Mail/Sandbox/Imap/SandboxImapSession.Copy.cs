namespace MailDesk.Mail.Sandbox;

/// <summary>COPY and MOVE (RFC 3501 §6.4.7, RFC 6851, RFC 4315 §3). All or nothing.</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Copy(ImapArguments arguments, bool byUid)
    {
        var (set, name) = SetAndMailbox(arguments);
        lock (Account.Gate)
        {
            if (Account.Find(name) is not { } to) return No("[TRYCREATE] no such mailbox");
            var found = Present(set, byUid);
            if (found is null) return No("[EXPUNGEISSUED] some of them are gone");
            return ValueTask.FromResult(found.Count == 0 ? "OK Nothing to copy" : $"OK {CopyUid(to, found, MailAccount.Copy(to, found))} COPY completed");
        }
    }

    private ValueTask<string> Move(ImapArguments arguments, bool byUid)
    {
        var (set, name) = SetAndMailbox(arguments);
        if (Selected.IsReadOnly) return No("[READ-ONLY] the mailbox was opened with EXAMINE");
        lock (Account.Gate)
        {
            if (Account.Find(name) is not { } to) return No("[TRYCREATE] no such mailbox");
            var found = Present(set, byUid);
            if (found is null) return No("[EXPUNGEISSUED] some of them are gone");
            if (found.Count > 0) connection.Write($"* OK {CopyUid(to, found, MailAccount.Move(Selected.Mailbox, to, found))} Moved\r\n"); // RFC 6851 §4.3
        }

        return Completed("MOVE");
    }

    private static (SequenceSet Set, string Mailbox) SetAndMailbox(ImapArguments arguments)
    {
        arguments.Space();
        var set = arguments.SequenceSet();
        arguments.Space();
        var name = arguments.Mailbox();
        arguments.End();
        return (set, name);
    }

    /// <summary>
    /// The messages of a set that still exist; null when sequence numbers name one that another session has expunged
    /// (RFC 2180 §4.4.2). UIDs that are gone are passed over (RFC 3501 §6.4.8).
    /// </summary>
    private List<StoredMessage>? Present(SequenceSet set, bool byUid)
    {
        var found = Selected.Find(set, byUid).ConvertAll(m => m.Message);
        return found.RemoveAll(m => m.IsExpunged) > 0 && !byUid ? null : found;
    }

    private static string CopyUid(StoredMailbox to, List<StoredMessage> from, List<StoredMessage> copies) =>
        $"[COPYUID {to.UidValidity} {SequenceSet.Format(from.ConvertAll(m => m.Uid))} {SequenceSet.Format(copies.ConvertAll(m => m.Uid))}]";
}
