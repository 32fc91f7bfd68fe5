using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>
/// Holds the parser, field by field, against what a mature one makes of the corpus. Each difference is in differences.txt with
/// its reason; one that is not there fails, and so does an entry that is no difference any more.
/// </summary>
public sealed class AgreementTests
{
    /// <summary>Percent of the messages that must agree before any difference is excused. Text and parts are where most of the excuses lie.</summary>
    private static readonly Dictionary<string, double> Floor = new(StringComparer.Ordinal)
    {
        ["text"] = 92.5,
        ["parts"] = 91,
        ["html"] = 98.4,
        ["attachments"] = 98.5,
        ["headerCount"] = 98.5,
        ["list-id"] = 75, // four messages have one
    };

    private const double DefaultFloor = 99;

    [Fact]
    public void Every_field_agrees_or_the_reason_why_not_is_written_down()
    {
        var expectations = Corpus.Expectations();
        var known = KnownDifferences();
        var found = new Dictionary<(string File, string Field), string>();
        var totals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var expected in expectations)
        {
            var file = expected.GetProperty("file").GetString()!;
            var message = MimeParser.Parse(Corpus.Read(file));
            foreach (var (field, theirs, ours) in Compare(expected, message))
            {
                totals[field] = totals.GetValueOrDefault(field) + 1;
                if (!string.Equals(theirs, ours, StringComparison.Ordinal)) found[(file, field)] = $"theirs: {theirs}\n  ours:   {ours}";
            }
        }

        foreach (var (field, total) in totals)
        {
            var different = found.Keys.Count(k => k.Field == field);
            var percent = 100.0 * (total - different) / total;
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{field}: {total - different} of {total}, {percent:0.00} %"));
            Assert.True(percent >= Floor.GetValueOrDefault(field, DefaultFloor), $"{field} agrees in {percent:0.00} % only");
        }

        var unexplained = found.Where(d => !known.Contains(d.Key)).Select(d => $"{d.Key.File}\t{d.Key.Field}\n  {d.Value}").ToList();
        Assert.True(unexplained.Count == 0, $"{unexplained.Count} differences without a reason:\n{string.Join('\n', unexplained)}");
        Assert.Empty(known.Except(found.Keys));
    }

    private static IEnumerable<(string Field, string? Theirs, string? Ours)> Compare(JsonElement expected, MailMessage message)
    {
        yield return ("headerCount", expected.GetProperty("headerCount").ToString(), $"{message.Headers.Count(IsMessageField)}");
        yield return ("from", Addresses(expected, "from"), Addresses(message.From));
        yield return ("to", Addresses(expected, "to"), Addresses(message.To));
        yield return ("cc", Addresses(expected, "cc"), Addresses(message.Cc));
        yield return ("replyTo", Addresses(expected, "replyTo"), Addresses(message.ReplyTo));
        yield return ("sender", Address(expected.GetProperty("sender")), message.Sender is { } sender ? Address(sender) : "");
        yield return ("subject", expected.GetProperty("subject").GetString() ?? "", message.Subject);
        yield return ("date", Text(expected, "date"), message.Date?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        yield return ("messageId", Text(expected, "messageId"), message.MessageId);
        yield return ("inReplyTo", Text(expected, "inReplyTo") is { Length: > 0 } id ? id : null, message.InReplyTo is [var first, ..] ? first : null);
        yield return ("references", string.Join(' ', expected.GetProperty("references").EnumerateArray()), string.Join(' ', message.References));

        // Theirs is the first text only; ours joins the passages of an interleaved message.
        var text = Digest(expected.GetProperty("text"));
        yield return ("text", text, Digest(message.TextPart?.DecodeText()) == text ? text : Digest(message.TextBody));
        var html = Digest(expected.GetProperty("html"));
        // Theirs opens no winmail.dat; TnefTests look at what comes out of that.
        var isWrapped = message.HtmlPart is { } part && !message.Parts.Contains(part);
        yield return ("html", html, isWrapped ? null : Digest(message.HtmlPart?.DecodeText()) == html ? html : Digest(message.HtmlBody));

        yield return Parts("parts", expected.GetProperty("parts"), message.Parts);
        yield return Parts("attachments", expected.GetProperty("attachments"), message.Parts.Where(p => p.IsAttachment));
        foreach (var property in expected.EnumerateObject().Where(p => p.Name.StartsWith("h:", StringComparison.Ordinal)))
        {
            yield return (property.Name[2..].ToLowerInvariant(), property.Value.GetString(), message.Headers[property.Name[2..]]);
        }
    }

    /// <summary>Theirs counts the fields of the body apart.</summary>
    private static bool IsMessageField(Header header) => !header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static (string Field, string Theirs, string Ours) Parts(string field, JsonElement expected, IEnumerable<MimePart> parts)
    {
        var theirs = expected.EnumerateArray().ToList();
        var ours = parts.ToList();
        return (field,
            string.Join("\n    ", theirs.Select(Part)),
            string.Join("\n    ", ours.Select((p, i) => Part(p, contents: i >= theirs.Count || theirs[i].TryGetProperty("sha256", out _)))));
    }

    private static string Part(JsonElement part)
    {
        var summary = $"{Text(part, "contentType")!.ToLowerInvariant()}|{Text(part, "charset")}|{Text(part, "disposition")?.ToLowerInvariant()}|"
            + $"{Text(part, "contentId")}|{BaseName(Text(part, "fileName"))}|";
        if (part.TryGetProperty("sha256", out var hash)) summary += $"{part.GetProperty("len")} {hash.GetString()![..8]}";
        if (part.TryGetProperty("textSha256", out hash)) summary += $" {part.GetProperty("textLen")} {hash.GetString()![..8]}";
        return summary;
    }

    private static string Part(MimePart part, bool contents)
    {
        var summary = $"{part.ContentType.MediaType}|{part.ContentType.Charset}|{part.Disposition}|{part.ContentId}|{part.FileName}|";
        if (!contents) return summary; // theirs is a parsed message there, and octets are not compared
        var octets = part.Decode();
        summary += $"{octets.Length} {Convert.ToHexStringLower(SHA256.HashData(octets))[..8]}";
        return part.ContentType.Type == "text" ? $"{summary} {Digest(part.DecodeText())![..^56]}" : summary;
    }

    /// <summary>Ours is the base name by contract.</summary>
    private static string? BaseName(string? fileName) => fileName?[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string? Digest(JsonElement text) =>
        text.ValueKind == JsonValueKind.Null ? null : $"{text.GetProperty("len")} {text.GetProperty("sha256").GetString()}";

    private static string? Digest(string? text)
    {
        if (text is null) return null;
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd();
        return $"{text.Length} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Addresses(JsonElement expected, string field) =>
        string.Join(" | ", expected.GetProperty(field).EnumerateArray().Select(Address).Where(a => a.Length > 0));

    private static string Addresses(IEnumerable<MailboxAddress> addresses) => string.Join(" | ", addresses.Select(Address));

    private static string Address(MailboxAddress address) => $"{address.Name} <{address.Address.ToLowerInvariant()}>";

    /// <summary>A mailbox, or a group of them.</summary>
    private static string Address(JsonElement address)
    {
        if (address.ValueKind == JsonValueKind.Null) return "";
        return address.TryGetProperty("members", out var members)
            ? string.Join(" | ", members.EnumerateArray().Select(Address).Where(a => a.Length > 0))
            : $"{Text(address, "name")} <{Text(address, "addr")!.ToLowerInvariant()}>";
    }

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static HashSet<(string File, string Field)> KnownDifferences()
    {
        var list = Corpus.FindUpwards(Path.Combine("tests", "MailDesk.Mail.Tests", "Mime", "differences.txt"), File.Exists);
        Assert.SkipUnless(list is not null, "differences.txt is not there: the tests run outside of the repository");
        var entries = File.ReadLines(list!).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.All(entries, e => Assert.True(e.Length == 3 && e[2].Length > 10, $"no reason: {e[0]}"));
        return [.. entries.Select(e => (e[0], e[1]))];
    }
}
