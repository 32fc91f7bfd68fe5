using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>Writes the tree into lines.</summary>
/// <param name="markQuotations">Also writes <see cref="QuotationMarks"/> where a mail program's markup says that a quotation begins.</param>
internal sealed class HtmlRenderer(TextLines lines, bool markQuotations)
{
    /// <summary>Longer texts are not compared with their link's address.</summary>
    private const int MaxLinkText = 2000;

    private int _listDepth;

    internal void Render(HtmlNode node, HtmlStyle inherited)
    {
        if (node.Text is { } text)
        {
            if (!inherited.Invisible) lines.Add(text, inherited.KeepsSpace);
            return;
        }

        var style = inherited.Of(node);
        if (style.Hidden) return;
        if (markQuotations && QuotationMarks.Of(node) is { } mark)
        {
            if (string.Equals(mark, QuotationMarks.Signature, StringComparison.Ordinal)) return;
            lines.AddMark(mark);
        }

        switch (node.Name)
        {
            case "head" or "xml" or "svg" or "math" or "template" or "object" or "select" or "textarea" or "map" or "audio" or "video" or "canvas":
                return;
            case "br":
                lines.Break();
                return;
            case "hr":
                lines.Block();
                lines.Add("---", keepSpace: false);
                lines.Block();
                return;
            case "img":
                if (!style.Invisible) Image(node);
                return;
            case "a":
                Link(node, style);
                return;
            case "blockquote" when !IsIndent(node):
                lines.Blank();
                var outside = lines.Indent("> ");
                Children(node, style);
                lines.Restore(outside);
                lines.Blank();
                return;
            case "ul" or "ol" or "dir" or "menu":
                List(node, style);
                return;
            case "li":
                Item(node, style, "- ");
                return;
            case "table":
                lines.Block();
                Children(node, style);
                lines.Block();
                return;
            case "tr":
                Children(node, style);
                lines.Block();
                return;
            case "pre" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Paragraph(node, style);
                return;
            case "p" when !HasNoMargin(node):
                Paragraph(node, style);
                return;
            case "q":
                lines.Add("“", keepSpace: false);
                Children(node, style);
                lines.Add("”", keepSpace: false);
                return;
            default:
                var block = HtmlTree.Blocks.Contains(node.Name) || node.Name is "td" or "th" or "caption";
                if (block) lines.Block();
                Children(node, style);
                if (block) lines.Block();
                return;
        }
    }

    private void Children(HtmlNode node, HtmlStyle style)
    {
        foreach (var child in node.Children)
        {
            if (node.Name is "table" && !node.IsLayout) Rows(child, style);
            else Render(child, style);
        }
    }

    private void Paragraph(HtmlNode node, HtmlStyle style)
    {
        lines.Blank();
        Children(node, style);
        lines.Blank();
    }

    private void List(HtmlNode node, HtmlStyle style)
    {
        if (_listDepth == 0) lines.Blank();
        else lines.Block();
        _listDepth++;
        var number = int.TryParse(node["start"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var child in node.Children)
        {
            if (child.Name is not "li")
            {
                Render(child, style);
                continue;
            }

            if (int.TryParse(child["value"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) number = value;
            Item(child, style, node.Name is "ol" ? string.Create(CultureInfo.InvariantCulture, $"{number}. ") : "- ");
            number = unchecked(number + 1);
        }

        _listDepth--;
        if (_listDepth == 0) lines.Blank();
        else lines.Block();
    }

    private void Item(HtmlNode node, HtmlStyle style, string marker)
    {
        var own = style.Of(node);
        if (own.Hidden) return;
        var outside = lines.Indent(new string(' ', marker.Length), marker);
        Children(node, own);
        lines.Restore(outside);
    }

    /// <summary>Rows of data: one line each, cells two spaces apart, a label that ends with a colon one space before its value.</summary>
    private void Rows(HtmlNode node, HtmlStyle inherited)
    {
        var style = node.Text is null ? inherited.Of(node) : inherited;
        if (style.Hidden) return;
        if (node.Name is "tbody" or "thead" or "tfoot")
        {
            foreach (var row in node.Children) Rows(row, style);
        }
        else if (node.Name is "tr")
        {
            var line = new StringBuilder();
            var first = true;
            foreach (var cell in node.Children)
            {
                if (cell.Name is not ("td" or "th")) continue;
                var text = CellText(cell, style);
                if (text.Length == 0) continue;
                line.Append(text).Append((first || cell.Name is "th") && text.EndsWith(':') ? " " : "  ");
                first = false;
            }

            lines.Block();
            lines.Add(line.ToString().TrimEnd().Replace("  ", "\u00A0\u00A0", StringComparison.Ordinal), keepSpace: false);
            lines.Block();
        }
        else
        {
            Render(node, inherited);
        }
    }

    private static string CellText(HtmlNode cell, HtmlStyle style)
    {
        var inner = new TextLines();
        new HtmlRenderer(inner, markQuotations: false).Render(cell, style);
        return inner.ToString().Replace('\n', ' ');
    }

    private void Image(HtmlNode node)
    {
        if (ImageText.Of(node) is { } text) lines.Add(text, keepSpace: false);
    }

    private void Link(HtmlNode node, HtmlStyle style)
    {
        Children(node, style);
        if (style.Invisible || node["href"] is not { } href) return;
        var text = new StringBuilder();
        Gather(node, text);
        if (LinkText.Address(href, text.ToString()) is { } address) lines.AddBehind($"<{address}>");
    }

    private static void Gather(HtmlNode node, StringBuilder text)
    {
        foreach (var child in node.Children)
        {
            if (text.Length > MaxLinkText) return;
            if (child.Text is { } own) text.Append(own.AsSpan(0, Math.Min(own.Length, MaxLinkText)));
            else if (child.Name is "img") text.Append(ImageText.Of(child));
            else Gather(child, text);
        }
    }

    /// <summary>Outlook's paragraphs are lines; so are those that say so themselves.</summary>
    private static bool HasNoMargin(HtmlNode node) =>
        node["class"] is { } name && name.StartsWith("Mso", StringComparison.OrdinalIgnoreCase)
        || (node["style"] is { } style && Squeeze(style) is var squeezed
            && (squeezed.Contains("margin:0", StringComparison.Ordinal) || squeezed.Contains("margin-bottom:0", StringComparison.Ordinal)));

    /// <summary>Mail programs indent with a blockquote that has no border.</summary>
    private static bool IsIndent(HtmlNode node) =>
        node["type"] is null && !node.HasClass("gmail_quote") && node["style"] is { } style && Squeeze(style).Contains("border:none", StringComparison.Ordinal);

    private static string Squeeze(string style) => style.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
