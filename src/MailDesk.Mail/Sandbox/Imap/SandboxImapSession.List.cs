namespace MailDesk.Mail.Sandbox;

/// <summary>LIST (RFC 3501 §6.3.8; LIST-EXTENDED RFC 5258; SPECIAL-USE RFC 6154).</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> List(ImapArguments arguments)
    {
        var request = ListRequest.Read(arguments);
        if (request.AsksForSeparator)
        {
            connection.Write($"* LIST (\\Noselect) \"{MailAccount.Separator}\" \"\"\r\n");
            return Completed("LIST");
        }

        lock (Account.Gate)
        {
            var all = Account.Mailboxes.Select(m => m.Name).Union(request.SelectsSubscribed ? Account.Subscribed : [], StringComparer.Ordinal).ToArray();
            var selected = all.Where(name => IsSelected(request, name)).ToHashSet(StringComparer.Ordinal);
            foreach (var name in all.Where(request.Matches))
            {
                var hasSelectedBelow = request.IsRecursive && selected.Any(s => s.StartsWith(name + MailAccount.Separator, StringComparison.Ordinal));
                if (selected.Contains(name) || hasSelectedBelow) WriteListed("LIST", Attributes(request, name), name, hasSelectedBelow);
            }
        }

        return Completed("LIST");
    }

    private bool IsSelected(ListRequest request, string name) =>
        (!request.SelectsSubscribed || Account.Subscribed.Contains(name, StringComparer.Ordinal)) && (!request.SelectsSpecialUse || SpecialUse(name) is not null);

    private string Attributes(ListRequest request, string name) => string.Join(' ', new[]
    {
        Account.Find(name) is null ? "\\NonExistent" : Account.HasChildren(name) ? "\\HasChildren" : "\\HasNoChildren",
        request.TellsSubscribed && Account.Subscribed.Contains(name, StringComparer.Ordinal) ? "\\Subscribed" : null,
        SpecialUse(name),
    }.OfType<string>());

    /// <summary>By the names that mail programs give such mailboxes themselves.</summary>
    private static string? SpecialUse(string name) => name switch
    {
        "Archive" => "\\Archive",
        "Drafts" => "\\Drafts",
        "Junk" => "\\Junk",
        "Sent" => "\\Sent",
        "Trash" => "\\Trash",
        _ => null,
    };

    private void WriteListed(string response, string attributes, string name, bool hasSubscribedBelow = false) =>
        connection.Write($"* {response} ({attributes}) \"{MailAccount.Separator}\" {ImapText.String(name)}")
            .Write(hasSubscribedBelow ? " (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n" : "\r\n");
}
