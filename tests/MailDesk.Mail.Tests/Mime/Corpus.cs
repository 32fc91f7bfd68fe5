using System.Text;
using System.Text.Json;
using MailDesk.Mail.Mime;
using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>Messages that others wrote, beside the repository; not part of it. Tests over it are skipped where it is missing.</summary>
internal static class Corpus
{
    private const int AtLeast = 700;

    public static string? Folder { get; } = Upwards.Find(Path.Combine("shared", "corpus"), Directory.Exists);

    public static string RequireFolder()
    {
        Assert.SkipUnless(Folder is not null, "shared/corpus is not there");
        return Folder!;
    }

    /// <summary>File names relative to the folder, with what another parser makes of each.</summary>
    public static IReadOnlyList<JsonElement> Expectations()
    {
        var lines = File.ReadAllLines(Path.Combine(RequireFolder(), "expected.jsonl"));
        Assert.True(lines.Length >= AtLeast, "the corpus has shrunk");
        return [.. lines.Select(l => JsonDocument.Parse(l).RootElement)];
    }

    public static IReadOnlyList<byte[]> Messages()
    {
        var files = Directory.GetFiles(RequireFolder(), "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count >= AtLeast, "the corpus has shrunk");
        return files.ConvertAll(File.ReadAllBytes);
    }

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(RequireFolder(), file));

    /// <summary>Uses all that can be asked of a message, and checks what must hold for any.</summary>
    public static void Exercise(MailMessage message)
    {
        Assert.DoesNotContain(message.Subject, char.IsControl);
        _ = message.Date;
        Assert.DoesNotContain(string.Concat([message.MessageId, .. message.InReplyTo, .. message.References]), char.IsControl);
        MailboxAddress?[] addresses = [.. message.From, .. message.To, .. message.Cc, .. message.ReplyTo, message.Sender];
        foreach (var address in addresses.OfType<MailboxAddress>()) Assert.DoesNotContain($"{address.Name}{address.Address}", char.IsControl);
        foreach (var header in message.Headers) Assert.DoesNotContain(header.Value, char.IsControl);
        foreach (var part in message.Parts)
        {
            Assert.DoesNotContain(part.FileName ?? "", c => char.IsControl(c) || c is '/' or '\\');
            _ = (part.ContentId, part.Disposition, part.ContentType.Charset);
            if (part.ContentType.Type == "text") _ = part.DecodeText();
            else _ = part.Decode();
            if (part.ContentType.IsMessage) _ = part.ParseMessage().Subject;
        }

        _ = (message.TextBody, message.HtmlBody, message.Attachments.Count, message.TextPart, message.HtmlPart);
        Assert.All(message.Defects, d => Assert.InRange(d.Offset, 0, message.Raw.Length));
        _ = Mail.Reports.DeliveryReport.Read(message);
    }

    public static byte[] Octets(string message) => Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n"));

    public static MailMessage Parse(string message, MimeLimits? limits = null) => MimeParser.Parse(Octets(message), limits);
}
