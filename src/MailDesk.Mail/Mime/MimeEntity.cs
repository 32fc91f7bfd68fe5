namespace MailDesk.Mail.Mime;

/// <summary>A node of a message: a multipart or a leaf.</summary>
public abstract class MimeEntity
{
    private protected MimeEntity(HeaderList headers, ContentType contentType)
    {
        Headers = headers;
        ContentType = contentType;
    }

    /// <summary>For the root these are the message's own.</summary>
    public HeaderList Headers { get; }

    public ContentType ContentType { get; }

    /// <summary>Without its angle brackets.</summary>
    public string? ContentId => Headers.First("Content-ID") is { } id ? MessageIds.First(id.Text) : null;
}

/// <summary>RFC 2046 §5.1. Preamble and epilogue are not kept.</summary>
public sealed class MultipartEntity : MimeEntity
{
    private readonly List<MimeEntity> _children = [];

    internal MultipartEntity(HeaderList headers, ContentType contentType) : base(headers, contentType) { }

    public IReadOnlyList<MimeEntity> Children => _children;

    internal void Add(MimeEntity child) => _children.Add(child);
}
