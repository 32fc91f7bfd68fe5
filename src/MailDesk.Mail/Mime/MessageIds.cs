namespace MailDesk.Mail.Mime;

/// <summary>Message identifiers (RFC 5322 §3.6.4), without their angle brackets.</summary>
internal static class MessageIds
{
    /// <summary>Every identifier in a field; blanks inside the brackets, which folding leaves, are dropped.</summary>
    public static IEnumerable<string> All(string text)
    {
        var position = 0;
        while (true)
        {
            var open = text.IndexOf('<', position);
            if (open < 0) yield break;
            var close = text.IndexOf('>', open);
            if (close < 0) yield break;
            position = close + 1;
            var id = WithoutBlanks(text[(text.LastIndexOf('<', close) + 1)..close]);
            if (id.Length > 0) yield return id;
        }
    }

    /// <summary>The first identifier; the whole field where it has no brackets. Null when there is nothing.</summary>
    public static string? First(string text)
    {
        foreach (var id in All(text)) return id;
        var bare = WithoutBlanks(text.Trim('<', '>', ' ', '\t'));
        return bare.Length > 0 ? bare : null;
    }

    private static string WithoutBlanks(string id) =>
        id.AsSpan().ContainsAny(" \t") ? id.Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal) : id;
}
