using MailDesk.Mail.Mime.Tnef;

namespace MailDesk.Mail.Mime;

/// <summary>Opens what holds parts of a message in a wrapping other than MIME, and puts its content where it belongs.</summary>
internal sealed class WrappedParts(MailMessage message, List<Passage> passages)
{
    private readonly Dictionary<MimePart, string> _texts = [];

    public List<MimeDefect> Defects { get; } = [];

    /// <summary>Those that <see cref="TextOf"/> has taken out.</summary>
    public List<MimePart> FilesInText { get; } = [];

    /// <summary>The text of a part without the files that are written into it.</summary>
    public string TextOf(MimePart part)
    {
        if (_texts.TryGetValue(part, out var text)) return text;
        text = part.DecodeText();
        if (part.ContentType.Is("text", "plain")) text = UuBlocks.Take(text, FilesInText);
        return _texts[part] = text;
    }

    /// <returns>The attachments, with the files of each winmail.dat in its place. It stays itself where it could not be read as a whole.</returns>
    public List<MimePart> Open(List<MimePart> attachments)
    {
        if (!attachments.Exists(TnefContent.Is)) return attachments;
        var result = new List<MimePart>();
        foreach (var part in attachments)
        {
            if (!TnefContent.Is(part))
            {
                result.Add(part);
                continue;
            }

            var content = TnefReader.Read(part.Decode());
            TakeBody(content);
            result.AddRange(content.Attachments);
            if (content.Damage is { } damage) Defects.Add(new MimeDefect(MimeDefectKind.DamagedTnef, OffsetOf(part), damage));
            if (content.Damage is not null || !content.SaysAll) result.Add(part);
        }

        return result;
    }

    /// <summary>The body within is another form of the one outside; where there is none outside, it is the body.</summary>
    private void TakeBody(TnefContent content)
    {
        if (passages.TrueForAll(p => p.Html.Count == 0 && p.Text.TrueForAll(t => t.IsBlank)))
        {
            if (content.Text is null && content.Html is null) return;
            passages.Clear();
            passages.Add(new Passage(content.Text is null ? [] : [content.Text], content.Html is null ? [] : [content.Html]));
        }
        else if (content.Html is { } html && passages is [{ Html: [] } only])
        {
            only.Html.Add(html);
        }
    }

    private int OffsetOf(MimePart part) => message.Raw.Span.Overlaps(part.RawContent.Span, out var offset) ? offset : 0;
}
