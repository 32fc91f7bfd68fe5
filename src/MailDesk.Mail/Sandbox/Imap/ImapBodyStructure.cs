using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Sandbox;

/// <summary>Writes BODY and BODYSTRUCTURE (RFC 3501 §7.4.2).</summary>
/// <param name="extended">BODYSTRUCTURE: with the extension data.</param>
internal sealed class ImapBodyStructure(bool extended)
{
    /// <summary>Messages within messages; a deeper one is described as mere octets.</summary>
    private const int MaxMessages = 16;

    private const string EmptyText = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0)";

    public string Of(MimeEntity entity) => Write(entity, 0);

    private string Write(MimeEntity entity, int messages) =>
        entity is MultipartEntity multipart ? Multipart(multipart, messages) : Leaf((MimePart)entity, messages);

    private string Multipart(MultipartEntity entity, int messages)
    {
        // the grammar wants one part at least
        var children = entity.Children.Count == 0 ? EmptyText : string.Concat(entity.Children.Select(c => Write(c, messages)));
        var extension = extended ? $" {Parameters(entity, "Content-Type")} {Disposition(entity)} NIL NIL" : "";
        return $"({children} {ImapText.String(entity.ContentType.Subtype)}{extension})";
    }

    private string Leaf(MimePart part, int messages)
    {
        var inner = messages < MaxMessages ? ImapMessage.Inner(part) : null;
        var type = part.ContentType;
        // a multipart that was too deep to be opened, or a message too deep: nothing that a client could look into
        var closed = type.IsMultipart || (inner is null && type.Is("message", "rfc822"));
        var (media, subtype) = closed ? ("application", "octet-stream") : (type.Type, type.Subtype);
        var text = new StringBuilder("(")
            .Append(ImapText.String(media)).Append(' ').Append(ImapText.String(subtype)).Append(' ').Append(Parameters(part, "Content-Type")).Append(' ')
            .Append(Field(part, "Content-ID")).Append(' ').Append(Field(part, "Content-Description")).Append(' ')
            .Append(ImapText.String(part.Headers.First("Content-Transfer-Encoding")?.Text.Trim() ?? "7bit")).Append(' ')
            .Append(part.RawContent.Length);
        if (inner is not null) text.Append(' ').Append(ImapEnvelope.Of(inner.Parsed.Headers)).Append(' ').Append(Write(inner.Parsed.Body, messages + 1));
        if (inner is not null || media is "text") text.Append(' ').Append(part.RawContent.Span.Count((byte)'\n'));
        if (extended) text.Append(" NIL ").Append(Disposition(part)).Append(" NIL NIL");
        return text.Append(')').ToString();
    }

    private static string Field(MimeEntity entity, string name) => ImapText.NString(entity.Headers.First(name)?.Text.Trim());

    private static string Disposition(MimeEntity entity)
    {
        if (entity.Headers.First("Content-Disposition")?.Text.Trim() is not { Length: > 0 } text) return "NIL";
        return $"({ImapText.String(text.Split(';', 2)[0].Trim())} {Parameters(entity, "Content-Disposition")})";
    }

    /// <summary>As written: clients put RFC 2231's pieces together themselves.</summary>
    private static string Parameters(MimeEntity entity, string field)
    {
        var text = entity.Headers.First(field)?.Text ?? "";
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        if (semicolon < 0) return "NIL";
        var list = new List<string>();
        var reader = new ParameterReader(text[semicolon..]);
        while (reader.Next(out var name, out var value)) list.Add($"{ImapText.String(name)} {ImapText.String(value)}");
        return list.Count == 0 ? "NIL" : $"({string.Join(' ', list)})";
    }
}
