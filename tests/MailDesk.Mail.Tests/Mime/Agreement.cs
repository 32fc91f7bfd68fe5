using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>One message as this parser and another read it, field by field. Neither is changed to suit the other beyond what is said here.</summary>
internal static class Agreement
{
    public static IEnumerable<(string Field, string? Theirs, string? Ours)> Compare(JsonElement expected, MailMessage message)
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

        // Theirs is the first text only, with format=flowed undone; ours joins the passages of an interleaved message, and MessageText undoes it.
        var text = Digest(expected.GetProperty("text"));
        yield return ("text", text, Digest(message.TextPart?.DecodeText()) == text ? text : Digest(Unflowed(message)));
        var html = Digest(expected.GetProperty("html"));
        // Theirs opens no winmail.dat; TnefTests look at what comes out of that.
        var isWrapped = message.HtmlPart is { } part && !message.Parts.Contains(part);
        yield return ("html", html, isWrapped ? null : Digest(message.HtmlPart?.DecodeText()) == html ? html : Digest(message.HtmlBody));

        yield return Parts("parts", expected.GetProperty("parts"), message.Parts);
        yield return PartText(expected.GetProperty("parts"), message.Parts);
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

    /// <summary>What the octets of the text parts mean. Parts whose octets differ are a difference of "parts" and are not counted again.</summary>
    private static (string Field, string Theirs, string Ours) PartText(JsonElement expected, IReadOnlyList<MimePart> parts)
    {
        var texts = SameOctets(expected, parts).Where(p => p.Theirs.TryGetProperty("textSha256", out _)).ToList();
        return ("partText",
            string.Join("\n    ", texts.Select(p => $"{p.Theirs.GetProperty("textLen")} {p.Theirs.GetProperty("textSha256")}")),
            string.Join("\n    ", texts.Select(p => Digest(p.Ours.DecodeText()))));
    }

    public static IEnumerable<(JsonElement Theirs, MimePart Ours)> SameOctets(JsonElement expected, IEnumerable<MimePart> parts) =>
        expected.EnumerateArray().Zip(parts).Where(p => p.First.TryGetProperty("sha256", out var hash) && hash.GetString() == Hash(p.Second.Decode()));

    public static string Hash(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(SHA256.HashData(octets));

    private static string? Unflowed(MailMessage message) =>
        message.TextPart?.ContentType is { } type && "flowed".Equals(type["format"], StringComparison.OrdinalIgnoreCase)
            ? FormatFlowed.Decode(message.TextBody!, "yes".Equals(type["delsp"], StringComparison.OrdinalIgnoreCase))
            : message.TextBody;

    private static string Part(JsonElement part)
    {
        var summary = $"{Text(part, "contentType")!.ToLowerInvariant()}|{Text(part, "charset")}|{Text(part, "disposition")?.ToLowerInvariant()}|"
            + $"{Text(part, "contentId")}|{BaseName(Text(part, "fileName"))}|";
        if (part.TryGetProperty("sha256", out var hash)) summary += $"{part.GetProperty("len")} {hash.GetString()![..8]}";
        return summary;
    }

    private static string Part(MimePart part, bool contents)
    {
        var summary = $"{part.ContentType.MediaType}|{part.ContentType.Charset}|{part.Disposition}|{part.ContentId}|{part.FileName}|";
        if (!contents) return summary; // theirs is a parsed message there, and octets are not compared
        var octets = part.Decode();
        return $"{summary}{octets.Length} {Hash(octets)[..8]}";
    }

    /// <summary>Ours is the base name by contract.</summary>
    private static string? BaseName(string? fileName) => fileName?[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];

    public static string? Digest(JsonElement text) =>
        text.ValueKind == JsonValueKind.Null ? null : $"{text.GetProperty("len")} {text.GetProperty("sha256").GetString()}";

    public static string? Digest(string? text)
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
}
