namespace MailDesk.Mail.Text;

/// <param name="Text">Lines end with LF; nothing blank around it.</param>
/// <param name="Uncertain">True when little or nothing was left and <paramref name="Text"/> is the whole body.</param>
public sealed record NewText(string Text, bool Uncertain);

/// <summary>
/// Finds what the writer of a reply has written: the body without quotation and signature.
/// <para>Invariants: linear in the body; text is never lost (where little is left, the whole body comes back as uncertain); answers written between
/// the lines of a quotation are kept together with it; a forwarded message is content.</para>
/// </summary>
public static class QuotationStripper
{
    /// <param name="ownMarkers">Texts of which the desk puts one on a line of its own above what people may quote: all from there on is quotation.</param>
    /// <param name="forwarded">True when the subject says that the mail is forwarded: the header block in it opens content.</param>
    public static NewText Strip(string body, IReadOnlyList<string> ownMarkers, bool forwarded = false)
    {
        var lines = new MailLines(body);
        var (start, end) = Bounds(lines, OwnMarker(body, lines, ownMarkers), forwarded);
        var cut = start > 0 || end < lines.Count;
        end = Signature.Strip(lines, start, end);
        var text = lines.Join(start, end);
        if (Remainder.SaysSomething(text, cut)) return new NewText(text, Uncertain: false);
        var whole = start == 0 && end == lines.Count ? text : lines.Join(0, lines.Count);
        return new NewText(whole, Uncertain: whole.Length > 0);
    }

    /// <summary>The same for a body in HTML, where the markup of mail programs tells more than their words.</summary>
    public static NewText StripHtml(string html, IReadOnlyList<string> ownMarkers, bool forwarded = false) =>
        Strip(HtmlToText.Convert(html, markQuotations: !forwarded), ownMarkers, forwarded);

    /// <summary>The lines that are neither quotation nor marker: from the first up to the second.</summary>
    private static (int Start, int End) Bounds(MailLines lines, int ownMarker, bool forwarded)
    {
        var attribution = new Attribution(lines);
        var headers = new HeaderBlock(lines);
        var attributions = new HashSet<int>();
        var limit = Signature.Strip(lines, 0, lines.Count);
        var lastText = LastText(lines, limit);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i == ownMarker) return (0, Above(lines, i, mayIntroduce: true));
            if (lines.IsBlank(i) || lines.IsQuote(i)) continue;
            var core = lines.Core(i);
            if (core is QuotationMarks.Rest) return (0, Above(lines, i));
            if (MessageRule.IsForwarded(core)) return (0, lines.Count);
            if (!forwarded && (MessageRule.IsOriginal(core) || headers.BeginsAt(i))) return (0, Above(lines, i));

            var first = i;
            var needsQuote = false;
            if (core is QuotationMarks.Attribution)
            {
                var next = lines.SkipBlank(i + 1);
                if (next < lines.Count && MessageRule.IsForwarded(lines.Core(next))) return (0, lines.Count);
                while (next < lines.Count && !lines.IsBlank(next) && !lines.IsQuote(next)) next++;
                i = Math.Max(i, next - 1);
            }
            else if (attribution.EndingAt(i) is { } found)
            {
                (first, needsQuote) = found;
            }
            else
            {
                continue;
            }

            var below = lines.SkipBlank(i + 1);
            var quoted = below < lines.Count && lines.IsQuote(below);
            if (quoted ? lastText < below : !needsQuote) return (0, Above(lines, first));
            if (quoted) attributions.UnionWith(Enumerable.Range(first, i + 1 - first));
        }

        return AroundQuotes(lines, limit, lastText, attributions);
    }

    /// <summary>No quotation to the end has been found: one at the top or at the bottom goes, several with answers between them stay.</summary>
    private static (int Start, int End) AroundQuotes(MailLines lines, int limit, int lastText, HashSet<int> attributions)
    {
        var (firstText, firstQuote, lastQuote) = (-1, -1, -1);
        for (var i = 0; i < limit; i++)
        {
            if (lines.IsBlank(i) || lines.IsMark(i)) continue;
            if (lines.IsQuote(i))
            {
                if (firstQuote < 0) firstQuote = i;
                lastQuote = i;
            }
            else if (firstText < 0 && !attributions.Contains(i))
            {
                firstText = i;
            }
        }

        if (firstQuote < 0) return (0, lines.Count);
        if (firstText < 0) return (0, 0); // nothing but quotation
        if (firstText > lastQuote) return (lastQuote + 1, lines.Count);
        var onlyTrailing = true;
        for (var i = firstQuote; i < limit && onlyTrailing; i++) onlyTrailing = lines.IsBlank(i) || lines.IsQuote(i);
        return onlyTrailing && lastText < firstQuote ? (0, firstQuote) : (0, lines.Count);
    }

    /// <summary>The last line that is neither blank nor quoted.</summary>
    private static int LastText(MailLines lines, int limit)
    {
        var last = limit - 1;
        while (last >= 0 && (lines.IsBlank(last) || lines.IsQuote(last) || lines.IsMark(last))) last--;
        return last;
    }

    /// <summary>Steps up from a quotation's first line over the rules and headings that belong to it.</summary>
    /// <param name="mayIntroduce">The line above may introduce the quotation in a language that nobody has taught us.</param>
    private static int Above(MailLines lines, int index, bool mayIntroduce = false)
    {
        while (index > 0)
        {
            var core = lines.Core(index - 1);
            if (mayIntroduce && core is { Length: > 0 and < 200 } && core[^1] == ':' && (core.Contains('@') || DateText.Find(core, out _) >= 0)) mayIntroduce = false;
            else if (core.Length > 0 && !MessageRule.IsBare(core) && !HeaderBlock.IsYandexLine(lines, index - 1)) break;
            index--;
        }

        return index;
    }

    /// <summary>The first line that holds one of the desk's markers and is not quoted, or -1.</summary>
    private static int OwnMarker(string body, MailLines lines, IReadOnlyList<string> ownMarkers)
    {
        var first = -1;
        foreach (var marker in ownMarkers)
        {
            if (marker.Length == 0) continue;
            for (var at = 0; (at = body.IndexOf(marker, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += marker.Length)
            {
                var line = lines.IndexAt(at);
                if (lines.IsQuote(line)) continue;
                if (first < 0 || line < first) first = line;
                break;
            }
        }

        return first;
    }
}
