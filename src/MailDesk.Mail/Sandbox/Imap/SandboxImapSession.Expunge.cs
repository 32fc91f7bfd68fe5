namespace MailDesk.Mail.Sandbox;

/// <summary>EXPUNGE and UID EXPUNGE (RFC 3501 §6.4.3, RFC 4315 §2.1). The EXPUNGE responses come with the other news.</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Expunge(ImapArguments arguments, bool byUid)
    {
        SequenceSet? set = null;
        if (byUid)
        {
            arguments.Space();
            set = arguments.SequenceSet();
        }

        arguments.End();
        if (Selected.IsReadOnly) return No("[READ-ONLY] the mailbox was opened with EXAMINE");
        ExpungeDeleted((set is null ? Selected.All : Selected.Find(set, byUid: true)).Select(m => m.Message));
        return Completed("EXPUNGE");
    }

    private void ExpungeDeleted(IEnumerable<StoredMessage> messages)
    {
        lock (Account.Gate) Selected.Mailbox.Expunge([.. messages.Where(m => m.Has("\\Deleted"))]);
    }
}
