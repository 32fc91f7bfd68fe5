namespace MailDesk.Mail.Mime;

/// <summary>A Content-Type (RFC 2045 §5).</summary>
public sealed class ContentType
{
    private readonly HeaderParameters _parameters;

    private ContentType(string type, string subtype, HeaderParameters parameters)
    {
        Type = type;
        Subtype = subtype;
        _parameters = parameters;
    }

    internal static ContentType TextPlain { get; } = new("text", "plain", HeaderParameters.None);

    internal static ContentType MessageRfc822 { get; } = new("message", "rfc822", HeaderParameters.None);

    /// <summary>In lower case, as <see cref="Subtype"/>.</summary>
    public string Type { get; }

    public string Subtype { get; }

    public string MediaType => $"{Type}/{Subtype}";

    /// <summary>The label as it was written; it may name no charset at all.</summary>
    public string? Charset => this["charset"];

    /// <summary>The decoded value of a parameter (RFC 2231, RFC 2047), or null. Names are compared without regard to case.</summary>
    public string? this[string parameter] => _parameters[parameter];

    public bool Is(string type, string subtype) =>
        string.Equals(Type, type, StringComparison.Ordinal) && string.Equals(Subtype, subtype, StringComparison.Ordinal);

    public bool IsMultipart => Type is "multipart";

    /// <summary>A whole message as a part: RFC 2046 §5.2.1, RFC 6532 §3.7, and what old news and mail programs write.</summary>
    public bool IsMessage => Type is "message" && Subtype is "rfc822" or "global" or "news" or "rfc2822";

    public override string ToString() => MediaType;

    /// <param name="value">Not empty.</param>
    internal static ContentType Parse(string value)
    {
        var end = value.AsSpan().IndexOfAny(" \t;,(");
        var mediaType = (end < 0 ? value : value[..end]).Trim('"');
        var parameters = end < 0 ? HeaderParameters.None : new HeaderParameters(value[end..]);
        var slash = mediaType.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == mediaType.Length - 1)
        {
            // QUIRK: "text" alone (RFC 1049), "<html>" and the like. What nobody can tell is a file (RFC 2046 §4.5.1).
            if (mediaType.Contains("html", StringComparison.OrdinalIgnoreCase)) return new ContentType("text", "html", parameters);
            return mediaType.StartsWith("text", StringComparison.OrdinalIgnoreCase)
                ? new ContentType("text", "plain", parameters)
                : new ContentType("application", "octet-stream", parameters);
        }

        return new ContentType(Lower(mediaType[..slash]), Lower(mediaType[(slash + 1)..]), parameters);
    }

#pragma warning disable CA1308 // media types are written in lower case
    private static string Lower(string token) => token.ToLowerInvariant();
#pragma warning restore CA1308
}
