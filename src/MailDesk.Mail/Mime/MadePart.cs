using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Parts for what a message holds in another wrapping than MIME: they look like any other leaf.</summary>
internal static class MadePart
{
    /// <summary>Within such a part nothing is as deep as in a message.</summary>
    private static readonly MimeLimits Inner = new() { MaxDepth = 8 };

    public static MimePart Text(string subtype, string text)
    {
        var headers = new HeaderWriter();
        headers.Parameters("Content-Type", $"text/{subtype}", [("charset", "utf-8")]);
        return Make(headers, Encoding.UTF8.GetBytes(text));
    }

    /// <param name="mediaType">As the wrapping says; what is no media type becomes application/octet-stream.</param>
    /// <param name="contentId">With or without angle brackets, or null.</param>
    public static MimePart File(string? mediaType, string? name, string? contentId, ReadOnlyMemory<byte> content, string? charset = null)
    {
        var headers = new HeaderWriter();
        headers.Parameters("Content-Type", IsMediaType(mediaType) ? mediaType! : "application/octet-stream", charset is null ? [] : [("charset", charset)]);
        headers.Parameters("Content-Disposition", "attachment", FileNames.Clean(name) is { } clean ? [("filename", clean)] : []);
        if (contentId is not null && MessageIds.First(contentId) is { } id && !id.AsSpan().ContainsAnyExceptInRange('!', '~')) headers.Ids("Content-ID", [id]);
        return Make(headers, content);
    }

    private static MimePart Make(HeaderWriter headers, ReadOnlyMemory<byte> content)
    {
        var fields = MimeParser.Parse(Encoding.UTF8.GetBytes(headers.Block())).Headers;
        return new MimePart(fields, ContentType.Parse(fields.First("Content-Type")!.Value.Text), content, Inner);
    }

    /// <summary>A leaf's: a multipart would be parsed, and there is nothing to parse.</summary>
    private static bool IsMediaType(string? type) => type?.Split('/') is [var main, var sub] && HeaderWriter.IsToken(main) && HeaderWriter.IsToken(sub)
        && !main.Equals("multipart", StringComparison.OrdinalIgnoreCase);
}
