namespace MailDesk.Mail.Sandbox;

/// <summary>
/// Reads the keys of SEARCH (RFC 3501 §6.4.4) into one test. Strings are UTF-8 in either of the charsets that are known.
/// </summary>
internal sealed class SearchProgram(ImapArguments arguments, SelectedMailbox selected)
{
    /// <summary>Keys within keys; the reader and the test are recursive.</summary>
    private const int MaxDepth = 50;

    private delegate bool Test(SearchCandidate candidate);

    /// <summary>Keys to the end of the command, all of which must hold.</summary>
    public Predicate<SearchCandidate> Read()
    {
        var tests = Sequence(0);
        arguments.End();
        return tests.Invoke;
    }

    private Test Sequence(int depth)
    {
        var tests = new List<Test>();
        do tests.Add(Key(depth));
        while (arguments.TrySkip(' '));
        return c => tests.TrueForAll(t => t(c));
    }

    private Test Key(int depth)
    {
        if (depth > MaxDepth) throw new ImapSyntaxException("Too many keys within keys");
        if (arguments.TrySkip('('))
        {
            var inner = Sequence(depth + 1);
            arguments.Close();
            return inner;
        }

        if (arguments.IsNext('*') || arguments.IsDigitNext) return InSet(byUid: false);
        var name = arguments.Atom().ToUpperInvariant();
        return Plain(name) ?? WithArgument(name, depth);
    }

    private static Test? Plain(string name) => name switch
    {
        "ALL" => _ => true,
        "ANSWERED" or "DELETED" or "DRAFT" or "FLAGGED" or "SEEN" => c => c.Message.Has($"\\{name}"),
        "UNANSWERED" or "UNDELETED" or "UNDRAFT" or "UNFLAGGED" or "UNSEEN" => c => !c.Message.Has($"\\{name[2..]}"),
        "RECENT" => c => c.IsRecent,
        "OLD" => c => !c.IsRecent,
        "NEW" => c => c.IsRecent && !c.Message.Has("\\Seen"),
        _ => null,
    };

    private Test WithArgument(string name, int depth)
    {
        arguments.Space();
        switch (name)
        {
            case "NOT":
                var not = Key(depth + 1);
                return c => !not(c);
            case "OR":
                var left = Key(depth + 1);
                arguments.Space();
                var right = Key(depth + 1);
                return c => left(c) || right(c);
            case "UID":
                return InSet(byUid: true);
            case "KEYWORD" or "UNKEYWORD":
                var keyword = arguments.Atom();
                return c => c.Message.Has(keyword) == name is "KEYWORD";
            case "LARGER" or "SMALLER":
                var size = arguments.Number();
                return name is "LARGER" ? c => c.Message.Raw.Length > size : c => c.Message.Raw.Length < size;
            case "HEADER":
                var field = arguments.AString();
                arguments.Space();
                var value = arguments.AString();
                return c => c.HeaderContains(field, value);
            default:
                var argument = arguments.AString();
                return OfText(name, argument) ?? OfDate(name, ImapText.ParseDate(argument)) ?? throw arguments.Expected($"another key than {name}, or a date,");
        }
    }

    private static Test? OfText(string name, string text) => name switch
    {
        "FROM" or "TO" or "CC" or "BCC" or "SUBJECT" => c => c.HeaderContains(name, text),
        "BODY" => c => c.BodyContains(text),
        "TEXT" => c => c.AnyHeaderContains(text) || c.BodyContains(text),
        _ => null,
    };

    private static Test? OfDate(string name, DateOnly? day) => (name, day) switch
    {
        (_, null) => null,
        ("BEFORE", _) => c => c.ReceivedOn < day,
        ("ON", _) => c => c.ReceivedOn == day,
        ("SINCE", _) => c => c.ReceivedOn >= day,
        ("SENTBEFORE", _) => c => c.SentOn < day,
        ("SENTON", _) => c => c.SentOn == day,
        ("SENTSINCE", _) => c => c.SentOn >= day,
        _ => null,
    };

    private Test InSet(bool byUid)
    {
        var members = selected.Find(arguments.SequenceSet(), byUid).ConvertAll(m => m.Number).ToHashSet();
        return c => members.Contains(c.Number);
    }
}
