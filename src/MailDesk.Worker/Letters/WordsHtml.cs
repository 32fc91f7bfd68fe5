using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MailDesk.Worker.Letters;

/// <summary>
/// Plain text as HTML that shows just that text: everything is escaped, line breaks are kept, web addresses can be clicked. Written for
/// a block with <c>white-space: pre-wrap</c>; the breaks are <c>br</c> because Outlook does not know it.
/// </summary>
internal static partial class WordsHtml
{
    private static readonly SearchValues<char> Unshown = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);

    public static string Of(string text)
    {
        var plain = text.ReplaceLineEndings("\n").Trim('\n');
        if (plain.AsSpan().ContainsAny(Unshown)) plain = string.Concat(plain.Where(c => !Unshown.Contains(c)));
        var html = new StringBuilder(plain.Length + 64);
        var done = 0;
        foreach (var match in WebAddress.EnumerateMatches(plain))
        {
            var address = plain.AsSpan(match.Index, match.Length).TrimEnd(".,:;!?)]}»”'*_").ToString();
            html.Append(Escaped(plain[done..match.Index])).Append("<a href=\"").Append(Escaped(address)).Append("\">").Append(Escaped(address)).Append("</a>");
            done = match.Index + address.Length;
        }

        return html.Append(Escaped(plain[done..])).Replace("\n", "<br>").ToString();
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WebAddress { get; }
}
