using System.Text;
using System.Text.RegularExpressions;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Reads what people say of a request: tags in a subject, labelled lines in a text (rules 3.1, 5.8, 5.9; MAIL.md §7). Linear: what is
/// longer than a tag or a labelled line can be is passed over.
/// </summary>
public static partial class ClaimReader
{
    public const string Tag = "tag";
    public const string Line = "line";

    private const int LongestLabel = 40;

    /// <summary>In characters.</summary>
    private const int LongestLine = 200;

    /// <summary>People name things in a few words: more is a sentence.</summary>
    private const int LongestName = 100;

    /// <summary>Nobody means more; a subject has no length limit of its own.</summary>
    private const int MostTags = 50;

    public static void ReadTags(string subject, Claims claims) => ReadTags(Tags(subject), claims);

    /// <summary>Reads the tags that a writer has added to a subject: those that the request's own has already say nothing new.</summary>
    public static void ReadAddedTags(string subject, string own, Claims claims)
    {
        var known = Tags(own).Select(Vocabulary.Normalise).ToHashSet(StringComparer.Ordinal);
        ReadTags(Tags(subject).Where(tag => !known.Contains(Vocabulary.Normalise(tag))), claims);
    }

    /// <returns>The text without the lines that were understood.</returns>
    public static string ReadLines(string text, Claims claims)
    {
        var rest = new StringBuilder(Math.Min(text.Length, 4096));
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.Length <= LongestLine ? line.IndexOf(':') : -1;
            if (colon is <= 0 or >= LongestLabel || !ReadLabelled(line[..colon].ToString(), line[(colon + 1)..].ToString(), Line, claims)) rest.Append(line).Append('\n');
        }

        return rest.ToString();
    }

    private static IEnumerable<string> Tags(string subject) => SubjectTag().Matches(subject).Take(MostTags).Select(match => match.Groups["tag"].Value);

    private static void ReadTags(IEnumerable<string> tags, Claims claims)
    {
        foreach (var part in tags.SelectMany(tag => tag.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries)))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) ReadLabelled(part[..colon], part[(colon + 1)..], Tag, claims);
            else ReadTag(part, claims);
        }
    }

    private static void ReadTag(string tag, Claims claims)
    {
        if (PriorityTag().Match(Vocabulary.Normalise(tag)) is { Success: true } numbered)
        {
            claims.Say(Vocabulary.FindPriority(numbered.Groups["number"].Value), Tag);
        }
        else if (Vocabulary.IsServiceStart(tag))
        {
            claims.SayStart(Tag);
        }
        // "RE[2]:" is no priority.
        else if (!int.TryParse(tag, out _) && !claims.Say(Vocabulary.FindCategory(tag), Tag) && !claims.Say(Vocabulary.FindPriority(tag), Tag))
        {
            claims.Say(Vocabulary.FindUrgency(tag), Tag);
        }
    }

    /// <returns>Whether it was understood.</returns>
    private static bool ReadLabelled(string label, string value, string source, Claims claims)
    {
        switch (Vocabulary.Normalise(label))
        {
            case "категория" or "category" or "катэгорыя" when Vocabulary.IsServiceStart(value):
                claims.SayStart(source);
                return true;
            case "категория" or "category" or "катэгорыя":
                return claims.Say(Vocabulary.FindCategory(value), source);
            case "приоритет" or "priority" or "прыярытэт":
                return claims.Say(Vocabulary.FindPriority(value) ?? Vocabulary.FindPriority(FirstWord(value)), source);
            case "влияние" or "impact" or "уплыў":
                return claims.Say(Vocabulary.FindImpact(value), source);
            case "срочность" or "urgency" or "тэрміновасць":
                return claims.Say(Vocabulary.FindUrgency(value), source);
            case "услуга" or "service" or "паслуга" or "название услуги" or "назва паслугі":
                return claims.SayService(Named(value), source);
            case "организация" or "organisation" or "organization" or "company" or "арганізацыя" or "компания" or "кампанія":
                return claims.SayOrganisation(Named(value));
            default:
                return false;
        }
    }

    /// <summary>"2, high" and "2 (high)", as the letters write it.</summary>
    private static string FirstWord(string value) => value.Trim().Split([' ', ',', '(', '\t', '\u00A0'], 2)[0];

    private static string? Named(string value) => value.Trim() is { Length: > 0 and <= LongestName } name ? name : null;

    [GeneratedRegex(@"\[(?<tag>[^\[\]]{1,60})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SubjectTag();

    [GeneratedRegex(@"^(?:p|р|приоритет|priority|прыярытэт)\s*(?<number>[1-5])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PriorityTag();
}
