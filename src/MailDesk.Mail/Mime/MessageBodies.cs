using System.Net;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// Which parts are the message's text (MAIL.md §5). A message is read as a sequence of passages, each in plain text, in HTML or in
/// both (<c>multipart/alternative</c>); Apple Mail interleaves passages with attachments, mailing lists add a footer.
/// <para><see cref="Text"/> is the plain text of all passages, and null where a passage has none (or a stub): then
/// <see cref="Html"/> holds every passage in order. So whoever takes Text, else Html, loses nothing that the sender wrote.</para>
/// </summary>
internal sealed class MessageBodies
{
    private MessageBodies(List<MimePart> attachments) => Attachments = attachments;

    public string? Text { get; private init; }

    public string? Html { get; private init; }

    public MimePart? TextPart { get; private init; }

    public MimePart? HtmlPart { get; private init; }

    public IReadOnlyList<MimePart> Attachments { get; }

    public IReadOnlyList<MimeDefect> Defects { get; private init; } = [];

    public static MessageBodies Of(MailMessage message)
    {
        var collector = new PassageCollector();
        collector.Collect(message.Body);
        var passages = collector.Passages;
        if (passages.Count == 0 && message.Parts is [var only] && !only.IsAttachment && IsReadable(only)) passages.Add(new Passage([only], []));

        List<MimePart> attachments = [.. message.Parts.Where(p => !collector.IsBody(p) && !passages.Exists(b => b.Text.Contains(p)))];
        var wrapped = new WrappedParts(message, passages);
        attachments = wrapped.Open(attachments);
        wrapped.ReadCalendar();
        var texts = passages.ConvertAll(p => TextOf(p, wrapped));
        var plain = passages.Count > 0 && !texts.Contains(null);
        var html = passages.Find(p => p.Html.Count > 0)?.Html[0];
        return new MessageBodies([.. attachments, .. wrapped.FilesInText])
        {
            Defects = wrapped.Defects,
            Text = plain ? Join(texts, "\n\n") : null,
            TextPart = plain ? passages[0].Text[0] : null,
            Html = html is null ? null : Join(passages.SelectMany(p => p.Html.Count > 0 ? p.Html : p.Text).Select(p => AsHtml(p, wrapped)), "\n"),
            HtmlPart = html,
        };
    }

    /// <summary>A multipart that could not be opened, or text of an unknown kind: better shown raw than not at all.</summary>
    private static bool IsReadable(MimePart part) => part.ContentType is { IsMultipart: true } or { Type: "text", Subtype: not "calendar" };

    private static string Join(IEnumerable<string?> pieces, string separator)
    {
        var result = new StringBuilder();
        foreach (var piece in pieces.Where(p => !string.IsNullOrWhiteSpace(p)))
        {
            if (result.Length > 0) result.Append(separator);
            result.Append(piece);
        }

        return result.ToString();
    }

    private static string? TextOf(Passage passage, WrappedParts wrapped)
    {
        if (passage.Text.Count == 0) return null;
        var text = Join(passage.Text.Select(wrapped.TextOf), "\n\n");
        return passage.Html.Count > 0 && TextStub.Is(text) ? null : text;
    }

    private static string AsHtml(MimePart part, WrappedParts wrapped) =>
        part.ContentType.Is("text", "html") ? part.DecodeText() : $"<pre>{WebUtility.HtmlEncode(wrapped.TextOf(part))}</pre>";
}
