using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Text;

/// <param name="Body">All that the message says, as text; lines end with LF.</param>
/// <param name="NewText">What its writer added, without quotation and signature.</param>
/// <param name="Uncertain">True when <paramref name="NewText"/> is the whole body for want of anything better.</param>
public sealed record BodyText(string Body, string NewText, bool Uncertain);

/// <summary>The text of a message (MAIL.md §5): plain text where it has one that says all, else its HTML turned into text.</summary>
public static partial class MessageText
{
    /// <inheritdoc cref="QuotationStripper.Strip" path="/param"/>
    public static BodyText Of(MailMessage message, IReadOnlyList<string> ownMarkers)
    {
        var forwarded = Forwarded().IsMatch(message.Subject);
        if (message.TextBody is not { } plain) return OfHtml(message.HtmlBody ?? "", ownMarkers, forwarded);

        if (message.TextPart?.ContentType is { } type && Is(type["format"], "flowed")) plain = FormatFlowed.Decode(plain, Is(type["delsp"], "yes"));
        var body = plain.ReplaceLineEndings("\n").Trim('\n', ' ');
        var left = QuotationStripper.Strip(body, ownMarkers, forwarded);
        if (left.Uncertain && message.HtmlBody is { } html)
        {
            // The markup may know a quotation whose words nobody has taught us.
            var marked = QuotationStripper.StripHtml(html, ownMarkers, forwarded);
            if (!marked.Uncertain && marked.Text.Length > 0) left = marked;
        }

        return new BodyText(body, left.Text, left.Uncertain);
    }

    private static BodyText OfHtml(string html, IReadOnlyList<string> ownMarkers, bool forwarded)
    {
        var left = QuotationStripper.StripHtml(html, ownMarkers, forwarded);
        return new BodyText(HtmlToText.Convert(html), left.Text, left.Uncertain);
    }

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*(?:fwd?|пересл|пер|перасл|wg|pd|tr|rv|enc)\s*(?:\[\d+\]\s*)?:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();
}
