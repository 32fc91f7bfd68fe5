namespace MailDesk.Mail.Sandbox;

/// <summary>STORE (RFC 3501 §6.4.6): <c>set [+|-]FLAGS[.SILENT] flags</c>.</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Store(ImapArguments arguments, bool byUid)
    {
        arguments.Space();
        var set = arguments.SequenceSet();
        arguments.Space();
        var item = arguments.Atom().ToUpperInvariant();
        arguments.Space();
        var flags = MessageFlags.Read(arguments, mayBeBare: true);
        arguments.End();
        var silent = item.EndsWith(".SILENT", StringComparison.Ordinal);
        Func<string[], string[]> change = (silent ? item[..^".SILENT".Length] : item) switch
        {
            "FLAGS" => _ => flags,
            "+FLAGS" => old => old.With(flags),
            "-FLAGS" => old => old.Without(flags),
            _ => throw new ImapSyntaxException($"{item} cannot be stored"),
        };

        var selected = Selected;
        if (selected.IsReadOnly) return No("[READ-ONLY] the mailbox was opened with EXAMINE");
        lock (Account.Gate)
        {
            foreach (var (number, message) in selected.Find(set, byUid).Where(m => !m.Message.IsExpunged))
            {
                selected.Mailbox.SetFlags(message, change(message.Flags));
                selected.Told(number, message);
                if (!silent) connection.Write($"* {number} FETCH ({(byUid ? $"UID {message.Uid} " : "")}FLAGS ({selected.FlagsOf(message)}))\r\n");
            }
        }

        return Completed("STORE");
    }
}
