using System.Globalization;

namespace MailDesk.Mail.Sandbox;

/// <summary>One thing that FETCH asks for (RFC 3501 §6.4.5).</summary>
internal abstract record FetchItem
{
    private FetchItem() { }

    /// <summary>FLAGS, UID, INTERNALDATE, RFC822.SIZE, ENVELOPE, BODY or BODYSTRUCTURE.</summary>
    public sealed record Attribute(string Name) : FetchItem;

    /// <param name="Label">What the answer calls it.</param>
    /// <param name="Partial">First octet and count; null for all of it.</param>
    /// <param name="Peek">False sets \Seen.</param>
    public sealed record Content(string Label, BodySection Section, (long First, long Count)? Partial, bool Peek) : FetchItem;

    /// <summary>A macro, one item, or a list of items.</summary>
    public static List<FetchItem> Read(ImapArguments arguments)
    {
        if (arguments.IsNext('(')) return arguments.List(() => ReadOne(arguments, arguments.Word()));
        var word = arguments.Word();
        return word switch
        {
            "ALL" => [.. Attributes("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE")],
            "FAST" => [.. Attributes("FLAGS", "INTERNALDATE", "RFC822.SIZE")],
            "FULL" => [.. Attributes("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY")],
            _ => [ReadOne(arguments, word)],
        };
    }

    private static IEnumerable<FetchItem> Attributes(params string[] names) => names.Select(n => new Attribute(n));

    private static FetchItem ReadOne(ImapArguments arguments, string word) => word switch
    {
        "BODY" or "BODY.PEEK" when arguments.TrySkip('[') => ReadContent(arguments, peek: word is "BODY.PEEK"),
        "FLAGS" or "UID" or "INTERNALDATE" or "RFC822.SIZE" or "ENVELOPE" or "BODY" or "BODYSTRUCTURE" => new Attribute(word),
        "RFC822" => new Content(word, BodySection.Whole, null, Peek: false),
        "RFC822.HEADER" => new Content(word, BodySection.Whole with { Kind = SectionKind.Header }, null, Peek: true),
        "RFC822.TEXT" => new Content(word, BodySection.Whole with { Kind = SectionKind.Text }, null, Peek: false),
        _ => throw arguments.Expected("something to fetch"),
    };

    private static Content ReadContent(ImapArguments arguments, bool peek)
    {
        var section = BodySection.Read(arguments);
        if (!arguments.TrySkip(']')) throw arguments.Expected("]");
        if (!arguments.TrySkip('<')) return new Content($"BODY[{section}]", section, null, peek);
        var first = arguments.Number();
        if (!arguments.TrySkip('.')) throw arguments.Expected(".");
        var count = arguments.Number();
        if (count == 0 || !arguments.TrySkip('>')) throw arguments.Expected("a count and >");
        return new Content(string.Create(CultureInfo.InvariantCulture, $"BODY[{section}]<{first}>"), section, (first, count), peek);
    }
}
