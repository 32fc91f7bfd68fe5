namespace MailDesk.Mail.Sandbox;

/// <summary>CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE, LSUB and STATUS (RFC 3501 §6.3.3 to §6.3.10).</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Create(ImapArguments arguments) => Change(arguments, "CREATE", Account.Create);

    private ValueTask<string> Delete(ImapArguments arguments) => Change(arguments, "DELETE", Account.Delete);

    private ValueTask<string> Rename(ImapArguments arguments)
    {
        arguments.Space();
        var from = arguments.Mailbox();
        return Change(arguments, "RENAME", to => Account.Rename(from, to));
    }

    private ValueTask<string> Subscribe(ImapArguments arguments, bool subscribed) => Change(
        arguments,
        subscribed ? "SUBSCRIBE" : "UNSUBSCRIBE",
        name => subscribed && Account.Find(name) is null ? "[NONEXISTENT] no such mailbox" : Account.Subscribe(name, subscribed));

    /// <summary>Runs a change that ends with a mailbox name; it returns its refusal, or null.</summary>
    private ValueTask<string> Change(ImapArguments arguments, string command, Func<string, string?> change)
    {
        arguments.Space();
        var name = arguments.Mailbox();
        arguments.End();
        lock (Account.Gate) return change(name) is { } refusal ? No(refusal) : Completed(command);
    }

    private ValueTask<string> ListSubscribed(ImapArguments arguments)
    {
        var pattern = Pattern(arguments);
        lock (Account.Gate)
        {
            foreach (var name in Account.Subscribed.Where(n => MailboxPattern.Matches(pattern, n)))
            {
                WriteListed("LSUB", Account.Find(name) is null ? "\\Noselect" : "", name);
            }
        }

        return Completed("LSUB");
    }

    /// <summary>The reference is simply put before the pattern.</summary>
    private static string Pattern(ImapArguments arguments)
    {
        arguments.Space();
        var reference = arguments.AString();
        arguments.Space();
        var pattern = arguments.ListMailbox();
        arguments.End();
        return pattern.Length == 0 ? "" : reference + pattern;
    }

    private ValueTask<string> Status(ImapArguments arguments)
    {
        arguments.Space();
        var name = arguments.Mailbox();
        arguments.Space();
        var items = arguments.List(() => arguments.Atom().ToUpperInvariant());
        arguments.End();
        lock (Account.Gate)
        {
            if (Account.Find(name) is not { } mailbox) return No("[NONEXISTENT] no such mailbox");
            var values = items.Select(item => $"{item} {StatusOf(mailbox, item)}");
            connection.Write($"* STATUS {ImapText.String(mailbox.Name)} ({string.Join(' ', values)})\r\n");
        }

        return Completed("STATUS");
    }

    private static long StatusOf(StoredMailbox mailbox, string item) => item switch
    {
        "MESSAGES" => mailbox.Messages.Count,
        "RECENT" => mailbox.Messages.Count(m => m.Uid >= mailbox.FirstRecentUid),
        "UIDNEXT" => mailbox.UidNext,
        "UIDVALIDITY" => mailbox.UidValidity,
        "UNSEEN" => mailbox.Messages.Count(m => !m.Has("\\Seen")),
        _ => throw new ImapSyntaxException($"{item} is not known"),
    };
}
