using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// A message in IMAP's terms: sections by part number (RFC 3501 §6.4.5). Sections are slices of the stored octets, never decoded.
/// </summary>
internal sealed class ImapMessage
{
    private static readonly MimeLimits Limits = new() { MaxBytes = int.MaxValue };

    private readonly ReadOnlyMemory<byte> _raw;

    public ImapMessage(ReadOnlyMemory<byte> raw) : this(raw, null) { }

    private ImapMessage(ReadOnlyMemory<byte> raw, MailMessage? parsed) => (_raw, Parsed) = (raw, parsed!);

    public MailMessage Parsed => field ??= MimeParser.Parse(_raw, Limits);

    /// <summary>The octets of a section; null when there is no such part.</summary>
    public ReadOnlyMemory<byte>? Section(BodySection section)
    {
        if (section.Part.Count == 0) return Section(section.Kind, section.Names);
        var message = this;
        MimeEntity? entity = null;
        MultipartEntity? parent = null;
        foreach (var number in section.Part)
        {
            if (entity is not null and not MultipartEntity)
            {
                if (Inner(entity) is not { } inner) return null;
                (message, entity) = (inner, null);
            }

            entity ??= message.Parsed.Body;
            if (entity is MultipartEntity multipart)
            {
                if (number > multipart.Children.Count) return null;
                (parent, entity) = (multipart, multipart.Children[number - 1]);
            }
            else if (number > 1) return null;
        }

        return section.Kind switch
        {
            SectionKind.Mime when ReferenceEquals(entity, message.Parsed.Body) => message.Section(SectionKind.Header, []),
            SectionKind.Mime => HeaderOf(entity!),
            SectionKind.All => entity is MimePart leaf ? leaf.RawContent : message.ContentOf((MultipartEntity)entity!, parent!),
            _ => Inner(entity!)?.Section(section.Kind, section.Names),
        };
    }

    /// <summary>The message that a leaf of type message/rfc822 holds, or null.</summary>
    public static ImapMessage? Inner(MimeEntity entity) =>
        entity is MimePart { TransferEncoding: TransferEncoding.Identity } leaf && leaf.ContentType.Is("message", "rfc822")
            ? new ImapMessage(leaf.RawContent, leaf.ParseMessage())
            : null;

    private ReadOnlyMemory<byte> Section(SectionKind kind, IReadOnlyList<string> names)
    {
        var header = RawHeader.LengthOf(_raw.Span);
        return kind switch
        {
            SectionKind.Header => _raw[..header],
            SectionKind.Text => _raw[header..],
            SectionKind.Fields => Filtered(names, wanted: true),
            SectionKind.FieldsNot => Filtered(names, wanted: false),
            _ => _raw,
        };
    }

    private ReadOnlyMemory<byte> Filtered(IReadOnlyList<string> names, bool wanted)
    {
        var fields = new ArrayBufferWriter<byte>(512);
        foreach (var field in RawHeader.Fields(_raw).Where(f => names.Any(f.Is) == wanted)) fields.Write(field.Bytes.Span);
        fields.Write("\r\n"u8);
        return fields.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> HeaderOf(MimeEntity entity)
    {
        var header = new ArrayBufferWriter<byte>(512);
        foreach (var field in entity.Headers)
        {
            Encoding.ASCII.GetBytes($"{field.Name}:", header);
            header.Write(field.RawValue.Span);
            header.Write("\r\n"u8);
        }

        header.Write("\r\n"u8);
        return header.WrittenMemory;
    }

    /// <summary>A multipart within another one: from the end of its header to the next delimiter of its parent.</summary>
    private ReadOnlyMemory<byte> ContentOf(MultipartEntity entity, MultipartEntity parent)
    {
        var afterName = OffsetOf(entity.Headers[^1].RawValue) - 1; // the colon: the value itself may be empty
        var content = _raw[(afterName + RawHeader.LengthOf(_raw.Span[afterName..]))..];
        MimeEntity last = entity;
        while (last is MultipartEntity { Children: [.., var child] }) last = child;
        var searchFrom = last is MimePart leaf ? OffsetOf(leaf.RawContent) + leaf.RawContent.Length - OffsetOf(content) : 0;
        var delimiter = content.Span[searchFrom..].IndexOf(Encoding.UTF8.GetBytes($"\n--{parent.ContentType["boundary"]}"));
        if (delimiter < 0) return content;
        var end = searchFrom + delimiter;
        return content[..(end > 0 && content.Span[end - 1] == '\r' ? end - 1 : end)];
    }

    private int OffsetOf(ReadOnlyMemory<byte> slice) =>
        MemoryMarshal.TryGetArray(slice, out var inner) && MemoryMarshal.TryGetArray(_raw, out var outer) && inner.Array == outer.Array
            ? inner.Offset - outer.Offset
            : throw new InvalidOperationException("not a slice of this message");
}
