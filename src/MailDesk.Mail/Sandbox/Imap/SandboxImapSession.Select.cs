namespace MailDesk.Mail.Sandbox;

/// <summary>SELECT, EXAMINE, CLOSE and UNSELECT (RFC 3501 §6.3.1, §6.3.2, §6.4.2; RFC 3691).</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Select(ImapArguments arguments, bool readOnly)
    {
        arguments.Space();
        var name = arguments.Mailbox();
        // QUIRK: some programs ask for CONDSTORE unoffered; RFC 7162 §3.1.2.2 says how a mailbox without it answers.
        var condstore = arguments.TrySkipWord(" (CONDSTORE)");
        arguments.End();
        Deselect(); // even when the new one cannot be opened
        lock (Account.Gate)
        {
            if (Account.Find(name) is not { } mailbox) return No("[NONEXISTENT] no such mailbox");
            var firstUnseen = 1 + mailbox.Messages.TakeWhile(m => m.Has("\\Seen")).Count();
            _selected = new SelectedMailbox(Account, mailbox, readOnly);
            mailbox.Watch(Wake);
            var keywords = mailbox.Messages.SelectMany(m => m.Flags).Where(f => !f.StartsWith('\\')).Distinct(StringComparer.OrdinalIgnoreCase);
            var flags = string.Join(' ', [.. MessageFlags.System, .. keywords]);
            connection.Write($"* FLAGS ({flags})\r\n* {_selected.Count} EXISTS\r\n* {_selected.RecentCount} RECENT\r\n")
                .Write(firstUnseen <= _selected.Count ? $"* OK [UNSEEN {firstUnseen}] The first unseen\r\n" : "")
                .Write(readOnly ? "* OK [PERMANENTFLAGS ()] Read only\r\n" : $"* OK [PERMANENTFLAGS ({flags} \\*)] Any flag will do\r\n")
                .Write($"* OK [UIDVALIDITY {mailbox.UidValidity}] UIDs are valid\r\n* OK [UIDNEXT {mailbox.UidNext}] The next UID\r\n")
                .Write(condstore ? "* OK [NOMODSEQ] No modification sequences here\r\n" : "");
        }

        return ValueTask.FromResult(readOnly ? "OK [READ-ONLY] EXAMINE completed" : "OK [READ-WRITE] SELECT completed");
    }

    private ValueTask<string> Close(ImapArguments arguments, bool expunge)
    {
        arguments.End();
        if (expunge && !Selected.IsReadOnly) ExpungeDeleted(Selected.All.Select(m => m.Message));
        Deselect();
        return Completed(expunge ? "CLOSE" : "UNSELECT");
    }

    private void Deselect()
    {
        if (_selected is not { } selected) return;
        lock (selected.Account.Gate) selected.Mailbox.Unwatch(Wake);
        _selected = null;
    }
}
