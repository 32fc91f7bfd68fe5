namespace MailDesk.Mail.Mime;

/// <summary>One stretch of a message's text, in plain text, in HTML, or in both; either may be cut into several parts by attachments.</summary>
internal sealed record Passage(List<MimePart> Text, List<MimePart> Html);

/// <summary>Walks a message's tree for its <see cref="Passages"/>. The tree is no deeper than <see cref="MimeLimits.MaxDepth"/>.</summary>
internal sealed class PassageCollector
{
    /// <summary>Parts that are the text of the message or another form of it.</summary>
    private readonly HashSet<MimePart> _bodies = [];

    public List<Passage> Passages { get; private set; } = [];

    public bool IsBody(MimePart part) => _bodies.Contains(part);

    public void Collect(MimeEntity entity)
    {
        switch (entity)
        {
            case MimePart part:
                CollectLeaf(part, part.ContentType);
                break;
            case MultipartEntity { ContentType.Subtype: "alternative" } alternative:
                CollectAlternative(alternative);
                break;
            case MultipartEntity { ContentType.Subtype: "related" } related:
                if (RootOf(related) is { } root) Collect(root);
                break;
            case MultipartEntity { ContentType.Subtype: "signed" } signed:
                foreach (var child in signed.Children)
                {
                    if (child is MimePart signature && child != signed.Children[0] && IsSignature(signature, signed.ContentType["protocol"])) _bodies.Add(signature);
                    else Collect(child);
                }

                break;
            case MultipartEntity multipart:
                foreach (var child in multipart.Children) Collect(child);
                break;
        }
    }

    /// <summary>RFC 1847 §2.1: what vouches for the part before it is nothing to read. The same type elsewhere is a file.</summary>
    private static bool IsSignature(MimePart part, string? protocol) =>
        part.ContentType is { Type: "application", Subtype: "pgp-signature" or "pkcs7-signature" or "x-pkcs7-signature" }
        || part.ContentType.MediaType.Equals(protocol, StringComparison.OrdinalIgnoreCase);

    private void CollectLeaf(MimePart part, ContentType type)
    {
        var isText = type.Is("text", "plain");
        if (!isText && !type.Is("text", "html") || part.IsAttachment) return;
        // A named text beside others is a file that the sender's program shows inline; alone it is the message.
        if (part.FileName is not null && Passages.Count > 0) return;

        _bodies.Add(part);
        if (isText) Passages.Add(new Passage([part], []));
        // QUIRK: some programs send the two forms of one text as multipart/mixed.
        else if (Passages is [.., { Html: [] } last]) last.Html.Add(part);
        else Passages.Add(new Passage([], [part]));
    }

    /// <summary>RFC 2046 §5.1.4: the last form that can be shown is the best. All forms together are one passage, or one sequence of them.</summary>
    private void CollectAlternative(MultipartEntity alternative)
    {
        var before = Passages;
        List<Passage> text = [], html = [];
        foreach (var child in alternative.Children)
        {
            Passages = [];
            Collect(child);
            if (Passages.Exists(p => p.Html.Count > 0)) html = Passages;
            // A multipart with no HTML is a rich form whose plain pieces alone would be fragments.
            else if (Passages.Count > 0 && (text.Count == 0 || child is MimePart { IsBlank: false })) text = Passages;
        }

        Passages = before;
        if (html.Count == 0 || text.Count == 0) Passages.AddRange(html.Count > 0 ? html : text);
        else Passages.Add(new Passage([.. text.SelectMany(p => p.Text)], [.. html.SelectMany(p => p.Html.Count > 0 ? p.Html : p.Text)]));
    }

    /// <summary>RFC 2387 §3.1: the part that "start" names, else the first. QUIRK: some archives put an image first; then the first text.</summary>
    private static MimeEntity? RootOf(MultipartEntity related)
    {
        var start = related.ContentType["start"]?.Trim('<', '>', ' ');
        var named = start is null ? null : related.Children.FirstOrDefault(c => string.Equals(c.ContentId, start, StringComparison.Ordinal));
        return named ?? related.Children.FirstOrDefault(c => c.ContentType is { Type: "text" or "multipart" });
    }
}
