using System.Text;
using System.Text.Json;
using MailDesk.Mail.Mime;
using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>
/// A line of differences.txt. Where the cause can be put to the proof it has a name: the test then makes the other parser's mistake with
/// our own result, or shows what it lost, and must arrive at exactly the other's answer. The others rest on the reason given.
/// </summary>
internal sealed record KnownDifference(string File, string Field, string Cause)
{
    public const string NoProof = "-";

    private const string Charset = "charset:";

    public static Dictionary<(string File, string Field), KnownDifference> ReadAll()
    {
        var list = Upwards.Find(Path.Combine("tests", "MailDesk.Mail.Tests", "Mime", "differences.txt"), System.IO.File.Exists);
        Assert.SkipUnless(list is not null, "differences.txt is not there: the tests run outside of the repository");
        var entries = System.IO.File.ReadLines(list!).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.All(entries, e => Assert.True(e.Length == 4 && e[3].Length > 10, $"no reason: {e[0]}"));
        return entries.ToDictionary(e => (e[0], e[1]), e => new KnownDifference(e[0], e[1], e[2]));
    }

    public bool IsProven(JsonElement expected, MailMessage message, string? theirs, string? ours) => Cause switch
    {
        // They read the same octets in this charset, or in the one that the label names.
        _ when Cause.StartsWith(Charset, StringComparison.Ordinal) => ReadsAs(Cause[Charset.Length..], expected, message, theirs),
        // They decode whatever letters of base64 there are, words below it or instead of it as well, and drop the last group if it is not whole.
        "base64-groups" => EachPart(expected, message, IsOfWholeGroups),
        // They give nothing; or they give fewer parts that are not empty, all of which are among ours.
        "lost" => Field is "parts" ? HasFewer(theirs!, ours!) : theirs is null or ['0', ..] && ours is not (null or ['0', ..]),
        // They give a text without a character beside the HTML, ours says that there is none.
        "empty" => theirs is ['0', ..] && ours is null && message.HtmlBody is not null,
        // They give a part without an octet more.
        "empty-part" => WithoutEmpty(theirs!).SequenceEqual(WithoutEmpty(ours!)) && WithoutEmpty(theirs!).Length == Lines(ours!).Length,
        // They count lines as header fields that are none.
        "no-field" => int.Parse(theirs!) == int.Parse(ours!) + message.Defects.Count(d => d.Kind == MimeDefectKind.InvalidHeaderLine),
        // They put a question mark where an octet of a file name means nothing.
        "question-mark" => string.Equals(theirs, ours?.Replace('\uFFFD', '?'), StringComparison.Ordinal),
        // They keep the tabs of folded lines.
        "tab" => string.Equals(theirs?.Replace('\t', ' '), ours, StringComparison.Ordinal),
        _ => false,
    };

    private bool ReadsAs(string charset, JsonElement expected, MailMessage message, string? theirs)
    {
        if (Field is "partText")
        {
            return Agreement.SameOctets(expected.GetProperty("parts"), message.Parts).Where(p => p.Theirs.TryGetProperty("textSha256", out _))
                .All(p => Digest(p.Theirs) is var text && (Agreement.Digest(p.Ours.DecodeText()) == text || Read(p.Ours, charset) == text));
        }

        var part = Field is "text" ? message.TextPart : message.HtmlPart;
        return part is not null && Read(part, charset) == theirs;
    }

    private static string? Read(MimePart part, string charset)
    {
        var name = charset == "label" ? part.ContentType.Charset! : charset;
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        return Agreement.Digest(encoding.GetString(part.Decode()));
    }

    private static string Digest(JsonElement part) => $"{part.GetProperty("textLen")} {part.GetProperty("textSha256")}";

    private bool EachPart(JsonElement expected, MailMessage message, Func<JsonElement, MimePart, bool> holds)
    {
        var theirs = expected.GetProperty(Field).EnumerateArray().ToList();
        var ours = message.Parts.Where(p => Field is "parts" || p.IsAttachment).ToList();
        return theirs.Count == ours.Count && theirs.Zip(ours).All(p =>
            !p.First.TryGetProperty("sha256", out var hash) || hash.GetString() == Agreement.Hash(p.Second.Decode()) || holds(p.First, p.Second));
    }

    private static bool IsOfWholeGroups(JsonElement theirs, MimePart ours)
    {
        if (ours.TransferEncoding != TransferEncoding.Base64) return false;
        var letters = Encoding.Latin1.GetString(ours.RawContent.Span).Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=');
        var groups = letters.Chunk(4).Where(g => g.Length == 4).SelectMany(g => Convert.FromBase64CharArray(g, 0, 4));
        return theirs.GetProperty("sha256").GetString() == Agreement.Hash([.. groups]);
    }

    private static bool HasFewer(string theirs, string ours)
    {
        var (some, all) = (WithoutEmpty(theirs), Lines(ours));
        // Of a message within the message, theirs tells no octets.
        return some.Length < all.Length && some.All(s => all.Any(a => a == s || (s.EndsWith('|') && a.StartsWith(s, StringComparison.Ordinal))));
    }

    private static string[] Lines(string parts) => parts.Split("\n    ", StringSplitOptions.RemoveEmptyEntries);

    private static string[] WithoutEmpty(string parts) => [.. Lines(parts).Where(p => !p.Contains("|0 ", StringComparison.Ordinal))];
}
