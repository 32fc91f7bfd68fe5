using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MailDesk.Mail.Text;
using MailDesk.Worker.Configuration;

namespace MailDesk.Bench;

/// <summary>Times of what strangers' text goes through (MAIL.md §5), over the worst that we know to write. The best of several runs, in milliseconds.</summary>
internal static class TextTimes
{
    private const int Megabyte = 1_000_000;
    private const int Runs = 5;

    private static readonly (string Name, string Unit)[] HostileLines =
    [
        ("empty lines", "\n"),
        ("blank lines", " \n"),
        ("colons", ":\n"),
        ("single letters", "a\n"),
        ("quotation marks", ">\n"),
        ("closing brackets", "<a\n>:\n"),
        ("header lines, Date", "Date: 1\n"),
        ("header lines, From", "From: a\n"),
        ("header lines, mixed", "From: a\n\nSent: b\nx\ny\n"),
        ("attributions without a date", "he wrote:\nx\n"),
        ("attributions with an address", "wrote a@b <x\ny:\n"),
        ("attributions with a quotation", "On 1.2.2013 a@b wrote:\n> x\ny\n"),
        ("dates", "2013/7/20 10:15 a@b\n\n"),
        ("numbers with colons", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 @:\n"),
        ("rules", "---------------------\n"),
        ("rules with words", "---- On x wrote ----\n"),
        ("signature marks", "-- \n"),
        ("telephones", "sent from my iphone\n"),
        ("verbs cut short", "wrot writ schrie napisa напис пиш ecrit :\n"),
        ("long lines", new string('w', 999) + ":\n"),
        ("one line", "wrote "),
    ];

    private static readonly (string Name, string Unit)[] HostileMarkup =
    [
        ("paragraphs", "<p>a</p>"),
        ("paragraphs not closed", "<p>a"),
        ("empty paragraphs", "<p></p>"),
        ("line breaks", "a<br>"),
        ("divisions", "<div>a</div>"),
        ("divisions not closed", "<div>a"),
        ("tables", "<table><tr><td>a</table>"),
        ("lists", "<ul><li>a</ul>"),
        ("links", "<a href=http://a.example/b>c</a>"),
        ("styles", "<p style='margin:0;display:block'>a</p>"),
        ("quotations", "<blockquote>a</blockquote>"),
        ("quotations not closed", "<blockquote>a"),
        ("entities", "&amp;&nbsp;"),
        ("end tags", "</p></b>"),
        ("open brackets", "<"),
        ("text", "word "),
    ];

    public static void Run(TextWriter output)
    {
        foreach (var (name, unit) in HostileLines)
        {
            var body = Repeat(unit, Megabyte);
            var larger = Repeat(unit, 3_400_000);
            Print(output, $"QuotationStripper, {name}", Best(() => QuotationStripper.Strip(body, ["-- Reply above --"])), Best(() => QuotationStripper.Strip(larger, ["-- Reply above --"])));
        }

        foreach (var (name, unit) in HostileMarkup)
        {
            var html = Repeat(unit, Megabyte);
            Print(output, $"HtmlToText, {name}", Best(() => HtmlToText.Convert(html)), null);
        }
    }

    /// <summary>
    /// Every fixed pattern over its own words, each repeated, each before a long blank, and over single signs: twice the text may take twice
    /// the time. The worst text of each is told.
    /// </summary>
    public static void RunPatterns(TextWriter output)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var members = new[] { typeof(HtmlToText).Assembly, typeof(DeskSettings).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetMembers(All)).Where(member => member.GetCustomAttribute<GeneratedRegexAttribute>() is not null);
        foreach (var member in members)
        {
            var regex = (Regex)(member is PropertyInfo property ? property.GetValue(null) : ((MethodInfo)member).Invoke(null, null))!;
            var worst = HostileUnits(regex.ToString()).MaxBy(unit => Time(regex, unit, Megabyte / 10))!;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{$"{member.DeclaringType!.Name}.{member.Name}, {Shown(worst)}",-60} 100 KB {Time(regex, worst, Megabyte / 10),7:0.0} ms   200 KB {Time(regex, worst, Megabyte / 5),7:0.0} ms"));
        }

        static string Shown(string unit) => $"'{(unit.Length > 20 ? unit[..20] + "…" : unit).ReplaceLineEndings("\\n")}'";
        static double Time(Regex regex, string unit, int length)
        {
            var text = Repeat(unit, length);
            return Best(() => regex.Count(text));
        }
    }

    private static IEnumerable<string> HostileUnits(string pattern)
    {
        var words = Regex.Matches(Regex.Replace(pattern, @"\\[a-zA-Z]", " "), @"\p{L}{2,}[ -]?\p{L}*").Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        var blank = new string(' ', 20_000);
        return [.. words, .. words.Select(word => word + " "), .. words.Select(word => word + blank), .. words.Select(word => "\n" + word), " ", "a", "5", "<", ">", "[", "[1", ":", "-", "\n", ">\n", "a@b ", "5.1."];
    }

    private static void Print(TextWriter output, string what, double one, double? larger) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} 1 MB {one,7:0.0} ms{(larger is null ? "" : $"   3.4 MB {larger,7:0.0} ms")}"));

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));

    private static double Best(Action action)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
