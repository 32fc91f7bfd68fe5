namespace MailDesk.Mail.Text;

/// <summary>
/// Turns the HTML of a mail into the text that a reader sees: paragraphs, lists, tables, links and quotations as plain-text mail writes them.
/// <para>Invariants: never throws; linear in the input; recursion no deeper than <see cref="HtmlTree.MaxDepth"/>; what is hidden is not read;
/// no control characters, no trailing spaces, no two blank lines in a row. Lines end with LF.</para>
/// </summary>
public static class HtmlToText
{
    public static string Convert(string html) => Convert(html, markQuotations: false);

    internal static string Convert(string html, bool markQuotations)
    {
        var lines = new TextLines();
        new HtmlRenderer(lines, markQuotations).Render(HtmlTree.Parse(html), default);
        return lines.ToString();
    }
}
