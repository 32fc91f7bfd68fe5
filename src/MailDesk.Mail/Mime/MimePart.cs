using MailDesk.Mail.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// A leaf: anything but a multipart. A <c>message/rfc822</c> is one too, its octets are its content and <see cref="ParseMessage"/>
/// reads them. A slice of the message's octets; nothing is decoded before it is asked for.
/// </summary>
public sealed class MimePart : MimeEntity
{
    private readonly MimeLimits _inner;
    private HeaderParameters? _dispositionParameters;
    private string? _disposition;

    internal MimePart(HeaderList headers, ContentType contentType, ReadOnlyMemory<byte> content, MimeLimits inner) : base(headers, contentType)
    {
        RawContent = content;
        _inner = inner;
    }

    /// <summary>As sent, transfer encoding included, without the line end that belongs to the delimiter after it (RFC 2046 §5.1.1).</summary>
    public ReadOnlyMemory<byte> RawContent { get; }

    public TransferEncoding TransferEncoding =>
        TransferDecoder.Find(Headers.First("Content-Transfer-Encoding")?.Text) ?? TransferEncoding.Identity;

    /// <summary>The type of the Content-Disposition (RFC 2183), in lower case, or null.</summary>
    public string? Disposition
    {
        get
        {
            _ = DispositionParameters;
            return _disposition;
        }
    }

    public bool IsAttachment => Disposition is "attachment";

    /// <summary>The name that the sender gave the part: base name only, no control characters. Null when there is none.</summary>
    public string? FileName => FileNames.Clean(DispositionParameters["filename"]) ?? FileNames.Clean(ContentType["name"]);

    /// <summary>How many multiparts within one another a message within this part may have; nought: it is not to be opened.</summary>
    internal int InnerDepth => _inner.MaxDepth;

    internal bool IsBlank => RawContent.Span.Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>The content without its transfer encoding, as far as it can be decoded.</summary>
    public byte[] Decode() =>
        TransferDecoder.Decode(TransferEncoding, RawContent.Span, 0, static (decoded, _) => decoded.ToArray());

    /// <summary>
    /// The content as text, by the charset parameter unless the octets say otherwise; HTML that has none by what it says itself. Without a
    /// byte order mark.
    /// </summary>
    public string DecodeText() =>
        TransferDecoder.Decode(TransferEncoding, RawContent.Span, ContentType, static (decoded, type) =>
            CharsetDetector.Decode(decoded, LabelOf(type, decoded), out _)).TrimStart('\uFEFF')
            // QUIRK: mail that went through a file opened as text on Windows ends its lines in CR CR LF.
            .Replace("\r\r\n", "\r\n", StringComparison.Ordinal);

    private static string? LabelOf(ContentType type, ReadOnlySpan<byte> content) =>
        type.Is("text", "html") && CharsetLabels.Find(type.Charset) is null ? MetaCharset.Find(content) ?? type.Charset : type.Charset;

    /// <summary>Reads the content as a message of its own, whatever the part's type; the outer message's limits of depth go on counting.</summary>
    public MailMessage ParseMessage() =>
        MimeParser.Parse(TransferEncoding == TransferEncoding.Identity ? RawContent : Decode(), _inner);

    private HeaderParameters DispositionParameters
    {
        get
        {
            if (_dispositionParameters is not null) return _dispositionParameters;
            var text = Headers.First("Content-Disposition")?.Text ?? "";
            var end = text.AsSpan().IndexOfAny("; \t(");
            var type = (end < 0 ? text : text[..end]).Trim('"');
#pragma warning disable CA1308 // disposition types are written in lower case
            _disposition = type.Length > 0 ? type.ToLowerInvariant() : null;
#pragma warning restore CA1308
            return _dispositionParameters = end < 0 ? HeaderParameters.None : new HeaderParameters(text[end..]);
        }
    }
}
