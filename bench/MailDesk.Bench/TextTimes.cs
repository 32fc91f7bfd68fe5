using System.Diagnostics;
using System.Globalization;
using MailDesk.Mail.Text;

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
