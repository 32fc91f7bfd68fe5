using System.Text.Json;
using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Templates;

namespace MailDesk.Worker.Letters;

/// <summary>
/// Turns a letter into the bytes that are sent.
/// <list type="bullet">
/// <item>One template a language and kind gives the HTML part; the text part is derived from it, so that the two always say the same.</item>
/// <item>The same letter gives the same bytes: a retry repeats it exactly.</item>
/// <item>Words of people are shown, never interpreted: not as HTML, not as a template, not as a header.</item>
/// <item>Every letter begins with its language's marker line and ends with its token.</item>
/// </list>
/// </summary>
/// <param name="desk">The operator's name for the last lines of letters to clients; null for none.</param>
public sealed partial class LetterComposer(TemplateSet templates, string? desk = null)
{
    /// <summary>The header by which the desk knows its own letters (MAIL.md §1).</summary>
    public const string MarkerHeader = "X-MailDesk";

    private static readonly RenderOptions Options = new() { EscapeHtml = true, Strict = true };

    /// <summary>The first line of a letter in each language: what a reply quotes below it is not new text.</summary>
    public static IReadOnlyList<string> Markers { get; } = [.. LetterLanguage.All.Select(l => l.Marker)];

    /// <exception cref="TemplateException">The template is wrong.</exception>
    /// <exception cref="ArgumentException">An address or the Message-ID cannot be written in a header.</exception>
    public byte[] Compose(Letter letter)
    {
        var language = LetterLanguage.Of(letter.Language);
        var rendered = templates.Render(TemplateOf(letter.Kind, language), LetterModel.Of(letter, language, desk), Options);
        return new MessageBuilder
        {
            From = [letter.From],
            To = [letter.To],
            ReplyTo = [letter.ReplyTo],
            Subject = LetterSubject.Of(letter, rendered.Variables.GetValueOrDefault("subject") as string),
            Date = letter.Date,
            MessageId = letter.MessageId,
            InReplyTo = LetterHeaders.SafeIds(letter.InReplyTo is { } id ? [id] : []),
            References = LetterHeaders.SafeIds(letter.References),
            ExtraHeaders = LetterHeaders.Of(letter),
            Text = FormatFlowed.Encode(HtmlToText.Convert(ChoiceLink().Replace(rendered.Text, "")) + "\n"),
            TextIsFlowed = true,
            Html = rendered.Text,
            Attachments = [.. letter.Attachments.Select(a => new OutgoingAttachment(a.FileName, LetterHeaders.SafeMediaType(a.ContentType), a.Content))],
        }.Build();
    }

    /// <summary>A choice among several words reads as these words: the address behind each would drown them.</summary>
    [GeneratedRegex("<a class=\"choice\" [^>]{0,4000}>", RegexOptions.CultureInvariant)]
    private static partial Regex ChoiceLink();

    private static string TemplateOf(LetterKind kind, LetterLanguage language) =>
        $"{language.Code}/{JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString())}.html";
}
