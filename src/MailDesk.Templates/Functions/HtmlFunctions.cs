using System.Net;
using MailDesk.Templates.Runtime;

namespace MailDesk.Templates.Functions;

/// <summary>When HTML is rendered the results of <c>raw</c>, <c>html.escape</c> and <c>html.newline_to_br</c> are markup, and are not escaped again.</summary>
internal static class HtmlFunctions
{
    public static readonly Function[] All =
    [
        new("raw", "text", a => a.EscapesHtml && a[0] is not Markup ? a.Text(0) is { } text ? new Markup(text) : null : a[0]),
        new("html.escape", "text", a => Mark(a, Escape(a))),
        new("html.newline_to_br", "text", a => Mark(a, InsertBreaks(a, a.EscapesHtml ? Escape(a) : a.Text(0)))),
        new("html.url_encode", "text", a => a.Text(0) is { } text ? Uri.EscapeDataString(text) : null),
        new("html.url_escape", "text", a => a.Text(0) is { } text ? EscapeUrl(text) : null),
    ];

    private static object? Mark(Arguments a, string? html) => html is not null && a.EscapesHtml ? new Markup(html) : html;

    private static string? Escape(Arguments a) => a[0] is Markup markup ? markup.Html : WebUtility.HtmlEncode(a.Text(0));

    private static string? InsertBreaks(Arguments a, string? text)
    {
        if (text is null)
        {
            return null;
        }

        a.Reserve(text.Length + ((long)"<br />".Length * text.Count(c => c == '\n')));
        return text.ReplaceLineEndings("\n").Replace("\n", "<br />\n", StringComparison.Ordinal);
    }

    /// <summary>Leaves what separates the parts of a URL as it is.</summary>
    private static string EscapeUrl(string text)
    {
        const string Kept = ";/?:@&=+$,#[]!'()*";
        return string.Concat(text.EnumerateRunes().Select(r => r.IsAscii && Kept.Contains((char)r.Value) ? r.ToString() : Uri.EscapeDataString(r.ToString())));
    }
}
