using MailDesk.Mail.Mime.Tnef;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Opens what holds parts of a message in a wrapping other than MIME, and puts its content where it belongs.</summary>
internal sealed class WrappedParts(MailMessage message, List<Passage> passages)
{
    /// <summary>A signature within a signature costs as much of the limit as so many multiparts: what is in it is a copy.</summary>
    private const int DepthOfSignature = 16;

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
        if (!attachments.Exists(p => TnefContent.Is(p) || SmimeContent.Is(p))) return attachments;
        var result = new List<MimePart>();
        foreach (var part in attachments)
        {
            if (TnefContent.Is(part)) OpenTnef(part, result);
            else if (!SmimeContent.Is(part) || !TryOpenSigned(part, result)) result.Add(part);
        }

        return result;
    }

    private void OpenTnef(MimePart part, List<MimePart> attachments)
    {
        var content = TnefReader.Read(part.Decode());
        TakeBody(content.Text, content.Html);
        attachments.AddRange(content.Attachments);
        if (content.Damage is { } damage) Defects.Add(new MimeDefect(MimeDefectKind.DamagedTnef, OffsetOf(part), damage));
        if (content.Damage is not null || !content.SaysAll) attachments.Add(part);
    }

    /// <summary>RFC 8551 §3.5.2: a message within its signature, of which a reader without keys sees nothing otherwise.</summary>
    private bool TryOpenSigned(MimePart part, List<MimePart> attachments)
    {
        var depth = part.InnerDepth - DepthOfSignature;
        if (depth < 0 || SmimeContent.SignedContent(part) is not { } content) return false;
        var signed = MimeParser.Parse(content, MimeLimits.Default with { MaxDepth = depth });
        var text = signed.TextPart is { } only && string.Equals(only.DecodeText(), signed.TextBody, StringComparison.Ordinal) ? only : Made("plain", signed.TextBody);
        TakeBody(text, signed.HtmlBody is null ? null : Made("html", signed.HtmlBody));
        attachments.AddRange(signed.Attachments);
        return true;
    }

    private static MimePart? Made(string subtype, string? text) => text is null ? null : MadePart.Text(subtype, text);

    /// <summary>An invitation that comes without a word tells of itself; it stays a file for those who have a calendar.</summary>
    public void ReadCalendar()
    {
        if (!HasNoText) return;
        var calendar = message.Parts.FirstOrDefault(p => p.ContentType.Is("text", "calendar"));
        if (calendar is not null && CalendarText.Of(calendar.DecodeText()) is { } text) TakeBody(MadePart.Text("plain", text), null);
    }

    private bool HasNoText => passages.TrueForAll(p => p.Html.Count == 0 && p.Text.TrueForAll(t => t.IsBlank));

    /// <summary>The body within is another form of the one outside; where there is none outside, it is the body.</summary>
    private void TakeBody(MimePart? text, MimePart? html)
    {
        if (HasNoText)
        {
            if (text is null && html is null) return;
            passages.Clear();
            passages.Add(new Passage(text is null ? [] : [text], html is null ? [] : [html]));
        }
        else if (html is not null && passages is [{ Html: [] } only])
        {
            only.Html.Add(html);
        }
    }

    private int OffsetOf(MimePart part) => message.Raw.Span.Overlaps(part.RawContent.Span, out var offset) ? offset : 0;
}
