using System.Security.Cryptography;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>A part to be written: its type, its own headers, and either encoded content or children.</summary>
internal sealed class OutgoingEntity
{
    private readonly string _contentType;
    private readonly (string Name, string Value)[] _parameters;
    private readonly List<OutgoingEntity> _children = [];
    private EncodedContent? _content;
    private OutgoingAttachment? _attachment;

    private OutgoingEntity(string contentType, params (string Name, string Value)[] parameters)
    {
        _contentType = contentType;
        _parameters = parameters;
    }

    /// <summary>mixed( alternative( text, related( html, images ) ), attachments ), without the levels that hold one part only.</summary>
    public static OutgoingEntity Of(MessageBuilder message)
    {
        var images = message.Html is null ? [] : message.Attachments.Where(a => a.ContentId is not null).ToList();
        var files = message.Attachments.Except(images);

        OutgoingEntity? html = null;
        if (message.Html is not null)
        {
            html = Multipart("related", [OfText("html", message.Html), .. images.Select(OfAttachment)], ("type", "text/html"));
        }

        var text = message.Text is null && html is not null ? null : OfText("plain", message.Text ?? "", message.TextIsFlowed);
        var body = text is null ? html! : html is null ? text : Multipart("alternative", [text, html]);
        return Multipart("mixed", [body, .. files.Select(OfAttachment)]);
    }

    /// <summary>Adds this part with <paramref name="headers"/> before its own. As deep as the tree above: four levels.</summary>
    public void AddTo(MessageLayout message, HeaderWriter headers, BoundarySource boundaries)
    {
        if (_children.Count == 0)
        {
            headers.Parameters("Content-Type", _contentType, _parameters);
            AddContent(message, headers);
            return;
        }

        var boundary = boundaries.Next(this);
        headers.Parameters("Content-Type", _contentType, [.. _parameters, ("boundary", boundary)]);
        message.Add(headers.Block());
        foreach (var child in _children)
        {
            message.Add($"--{boundary}\r\n");
            child.AddTo(message, new HeaderWriter(), boundaries);
            message.Add("\r\n");
        }

        message.Add($"--{boundary}--\r\n");
    }

    /// <summary>Whether a boundary could be taken for a line of some content below. "=_" is in no quoted-printable or base64 (RFC 2045 §6.7).</summary>
    public bool Holds(ReadOnlySpan<byte> boundary)
    {
        if (_content is { IsAsIs: true } content && content.Octets.Span.IndexOf(boundary) >= 0) return true;
        foreach (var child in _children)
        {
            if (child.Holds(boundary)) return true;
        }

        return false;
    }

    private void AddContent(MessageLayout message, HeaderWriter headers)
    {
        var content = _content!;
        headers.Verbatim("Content-Transfer-Encoding", content.Encoding);
        if (_attachment is { } attachment)
        {
            var name = FileNames.Clean(attachment.FileName);
            headers.Parameters("Content-Disposition", attachment.ContentId is null ? "attachment" : "inline", name is null ? [] : [("filename", name)]);
            if (attachment.ContentId is not null) headers.Ids("Content-ID", [attachment.ContentId]);
        }

        message.Add(headers.Block());
        message.Add(content);
    }

    private static OutgoingEntity Multipart(string subtype, List<OutgoingEntity> children, params (string Name, string Value)[] parameters)
    {
        if (children is [var only]) return only;
        var multipart = new OutgoingEntity("multipart/" + subtype, parameters);
        multipart._children.AddRange(children);
        return multipart;
    }

    private static OutgoingEntity OfText(string subtype, string text, bool flowed = false)
    {
        (string, string)[] parameters = flowed ? [("charset", "utf-8"), ("format", "flowed")] : [("charset", "utf-8")];
        return new OutgoingEntity("text/" + subtype, parameters) { _content = EncodedContent.OfText(text) };
    }

    private static OutgoingEntity OfAttachment(OutgoingAttachment attachment)
    {
        if (attachment.ContentType.Split('/') is not [var major, var minor] || !HeaderWriter.IsToken(major) || !HeaderWriter.IsToken(minor))
        {
            throw new ArgumentException($"no media type: '{HeaderText.Clean(attachment.ContentType)}'", nameof(attachment));
        }

        var type = ContentType.Parse(attachment.ContentType);
        // RFC 2046 §5.2.1: a message must not be encoded; one that could not pass as it is goes as plain octets.
        var asIs = type.IsMessage ? EncodedContent.TryAsIs(attachment.Content) : null;
        var mediaType = type.IsMultipart || type.IsMessage && asIs is null ? "application/octet-stream" : type.MediaType;
        return new OutgoingEntity(mediaType) { _attachment = attachment, _content = asIs ?? EncodedContent.Base64(attachment.Content) };
    }
}

/// <summary>Boundaries derived from the Message-ID: the same letter has the same ones, and another letter that it quotes has others.</summary>
internal sealed class BoundarySource(string messageId)
{
    private int _number;

    /// <summary>A boundary that occurs in no content of <paramref name="multipart"/>.</summary>
    public string Next(OutgoingEntity multipart)
    {
        while (true)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{messageId}\n{_number++}"));
            var boundary = $"=_{Convert.ToHexStringLower(hash.AsSpan(0, 12))}";
            if (!multipart.Holds(Encoding.ASCII.GetBytes(boundary))) return boundary;
        }
    }
}
