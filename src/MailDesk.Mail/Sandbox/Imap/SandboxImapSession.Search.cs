namespace MailDesk.Mail.Sandbox;

/// <summary>SEARCH (RFC 3501 §6.4.4): <c>[CHARSET name] key …</c>.</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Search(ImapArguments arguments, bool byUid)
    {
        arguments.Space();
        if (arguments.TrySkipWord("CHARSET "))
        {
            var charset = arguments.AString().ToUpperInvariant();
            if (charset is not ("UTF-8" or "US-ASCII")) return No("[BADCHARSET (US-ASCII UTF-8)] not that charset");
            arguments.Space();
        }

        var selected = Selected;
        var matches = new SearchProgram(arguments, selected).Read();
        connection.Write("* SEARCH");
        foreach (var (number, message) in selected.All)
        {
            if (matches(new SearchCandidate(number, message, selected.IsRecent(message)))) connection.Write($" {(byUid ? message.Uid : (uint)number)}");
        }

        connection.Write("\r\n");
        return Completed("SEARCH");
    }
}
