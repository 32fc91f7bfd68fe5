namespace MailDesk.Mail.Text;

/// <summary>
/// Where the markup of mail programs says that a quotation begins. In the text that <see cref="HtmlRenderer"/> writes for the
/// stripper such a place is a line of its own, beginning with a control character that no content can hold.
/// </summary>
internal static class QuotationMarks
{
    /// <summary>From here to the end all is quotation.</summary>
    internal const string Rest = "\u0001rest";

    /// <summary>The next line introduces a quotation in <c>&gt;</c> or to the end.</summary>
    internal const string Attribution = "\u0001attribution";

    /// <summary>The element is a signature; nothing is written.</summary>
    internal const string Signature = "\u0001signature";

    internal static bool Is(ReadOnlySpan<char> line) => line.StartsWith('\u0001');

    internal static string? Of(HtmlNode node)
    {
        if (node["id"] is { Length: < 60 } id && ById(id) is { } mark) return mark;
        if (node["class"] is { Length: < 200 } names)
        {
            foreach (var range in names.AsSpan().Split(' '))
            {
                if (ByClass(names.AsSpan(range)) is { } byClass) return byClass;
            }
        }

        // QUIRK: Outlook for Windows and Windows Mail name nothing; the rule above their header block is always drawn so.
        return node.Name is "div" && node["style"] is { Length: < 400 } style && IsOutlookRule(style.Replace(" ", "", StringComparison.Ordinal)) ? Rest : null;
    }

    private static string? ById(string id) => id switch
    {
        "divRplyFwdMsg" or "appendonsend" or "x_divRplyFwdMsg" or "ecxdivRplyFwdMsg" or "stopSpelling" or "zwchr" or "OLK_SRC_BODY_SECTION" or "replySplit" => Rest,
        "reply-intro" => Attribution,
        "ms-outlook-mobile-signature" or "Signature" or "AppleMailSignature" => Signature,
        _ => null,
    };

    private static string? ByClass(ReadOnlySpan<char> name) => name switch
    {
        "gmail_attr" or "moz-cite-prefix" or "protonmail_quote" or "tutanota_quote" => Attribution,
        "yahoo_quoted" or "zmail_extra" or "OutlookMessageHeader" or "gmx_quote" => Rest,
        "moz-signature" or "gmail_signature" or "protonmail_signature_block" => Signature,
        _ => null,
    };

    private static bool IsOutlookRule(string style) =>
        style.Contains("border-top:solid#E1E1E1", StringComparison.OrdinalIgnoreCase)
        || style.Contains("border-top:solid#B5C4DF", StringComparison.OrdinalIgnoreCase)
        || (style.Contains("border-top-color:rgb(229,229,229)", StringComparison.OrdinalIgnoreCase) && style.Contains("border-top-style:solid", StringComparison.OrdinalIgnoreCase));
}
