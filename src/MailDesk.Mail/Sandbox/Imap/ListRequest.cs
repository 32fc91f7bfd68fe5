namespace MailDesk.Mail.Sandbox;

/// <summary>The arguments of LIST, extended (RFC 5258 §3, RFC 6154 §4) or not (RFC 3501 §6.3.8).</summary>
/// <param name="Patterns">The reference is simply put before each; a sole empty one asks for the separator.</param>
/// <param name="Selection">Which mailboxes; empty for all.</param>
/// <param name="Returns">What to tell of them beyond the usual.</param>
internal sealed record ListRequest(IReadOnlyList<string> Patterns, IReadOnlySet<string> Selection, IReadOnlySet<string> Returns)
{
    private static readonly string[] SelectionOptions = ["SUBSCRIBED", "REMOTE", "RECURSIVEMATCH", "SPECIAL-USE"];
    private static readonly string[] ReturnOptions = ["SUBSCRIBED", "CHILDREN", "SPECIAL-USE"];

    public bool AsksForSeparator => Patterns is [""] && Selection.Count == 0 && Returns.Count == 0;

    public bool SelectsSubscribed => Selection.Contains("SUBSCRIBED");

    public bool SelectsSpecialUse => Selection.Contains("SPECIAL-USE");

    /// <summary>Mailboxes whose children are selected are told as well.</summary>
    public bool IsRecursive => Selection.Contains("RECURSIVEMATCH");

    public bool TellsSubscribed => SelectsSubscribed || Returns.Contains("SUBSCRIBED");

    public bool Matches(string name) => Patterns.Any(pattern => pattern.Length > 0 && MailboxPattern.Matches(pattern, name));

    public static ListRequest Read(ImapArguments arguments)
    {
        arguments.Space();
        HashSet<string> selection = [];
        if (arguments.IsNext('('))
        {
            selection = Options(arguments, SelectionOptions);
            arguments.Space();
        }

        // RFC 5258 §3.1: RECURSIVEMATCH modifies another option, and means nothing alone.
        if (selection.Contains("RECURSIVEMATCH") && !selection.Overlaps(["SUBSCRIBED", "SPECIAL-USE"])) throw arguments.Expected("an option to match");
        var reference = arguments.AString();
        arguments.Space();
        var patterns = arguments.IsNext('(') ? arguments.List(arguments.ListMailbox) : [arguments.ListMailbox()];
        HashSet<string> returns = [];
        if (arguments.TrySkip(' ') && !arguments.AtEnd)
        {
            if (!arguments.TrySkipWord("RETURN ")) throw arguments.Expected("RETURN");
            returns = Options(arguments, ReturnOptions);
        }

        arguments.End();
        return new([.. patterns.Select(pattern => pattern.Length == 0 ? "" : reference + pattern)], selection, returns);
    }

    private static HashSet<string> Options(ImapArguments arguments, string[] known) => arguments.List(() =>
    {
        var option = arguments.Atom().ToUpperInvariant();
        return known.Contains(option, StringComparer.Ordinal) ? option : throw arguments.Expected(string.Join(" or ", known));
    }).ToHashSet(StringComparer.Ordinal);
}
