using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Reports;
using MailDesk.Mail.Tests.Mime;
using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Reports;

/// <summary>
/// Reports of many mail systems. Each that is not recognised, names nobody, gives no class or no letter is in exceptions.txt with its reason;
/// one that is not there fails, and so does an entry that is no exception any more.
/// </summary>
public sealed partial class ReportCorpusTests
{
    private const int AtLeast = 300;

    /// <summary>Percent, before any exception is excused.</summary>
    private static readonly Dictionary<string, double> Floor = new(StringComparer.Ordinal)
    {
        ["recognised"] = 99,
        ["recipient"] = 99,
        ["class"] = 85, // the others give no code in any form
        ["letter"] = 88.5, // the others return nothing that has an identifier
    };

    [Fact]
    public void Every_report_is_recognised_and_tells_whom_why_and_which_or_the_reason_is_written_down()
    {
        var known = Exceptions();
        var missing = new List<(string File, string What)>();
        var reports = Files().Where(f => !NoReport().IsMatch(f)).ToList();
        Assert.True(reports.Count >= AtLeast, "the corpus has shrunk");
        foreach (var file in reports)
        {
            var report = DeliveryReport.Read(MimeParser.Parse(Corpus.Read(file)));
            if (report is null) missing.Add((file, "recognised"));
            if (report is not { Recipients.Count: > 0 }) missing.Add((file, "recipient"));
            if (report?.Recipients.All(r => r.Status is null) != false) missing.Add((file, "class"));
            if (report?.OriginalMessageId is null) missing.Add((file, "letter"));
        }

        foreach (var (what, floor) in Floor)
        {
            var percent = 100.0 * (reports.Count - missing.Count(m => m.What == what)) / reports.Count;
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{what}: {percent:0.00} % of {reports.Count}"));
            Assert.True(percent >= floor, $"{what}: {percent:0.00} % only");
        }

        var unexplained = missing.Where(m => !known.Contains(m)).Select(m => $"{m.File}\t{m.What}").ToList();
        Assert.True(unexplained.Count == 0, $"without a reason:\n{string.Join('\n', unexplained)}");
        Assert.Empty(known.Except(missing));
    }

    /// <summary>Held against what the returned letter itself says: to whom it was addressed.</summary>
    [Fact]
    public void The_recipients_are_those_of_the_returned_letter()
    {
        int comparable = 0, agreeing = 0;
        foreach (var file in Files().Where(f => !NoReport().IsMatch(f)))
        {
            var message = MimeParser.Parse(Corpus.Read(file));
            var returned = message.Parts.FirstOrDefault(p => p.ContentType.IsMessage || p.ContentType.Is("text", "rfc822-headers"))?.ParseMessage();
            if (returned is not { To.Count: > 0 } || DeliveryReport.Read(message) is not { } report) continue;
            comparable++;
            var addressed = returned.To.Concat(returned.Cc).Select(a => a.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (report.Recipients.Any(r => addressed.Contains(r.Address))) agreeing++;
        }

        Assert.True(comparable >= 180, $"{comparable} return a letter");
        Assert.True(agreeing >= comparable * 85 / 100, $"{agreeing} of {comparable}"); // aliases and anonymised copies are the others
    }

    [Fact]
    public void No_other_mail_is_taken_for_a_report()
    {
        foreach (var file in Files().Where(f => NoReport().IsMatch(f)))
        {
            Assert.True(DeliveryReport.Read(MimeParser.Parse(Corpus.Read(file))) is null, file);
        }

        var others = Corpus.Expectations().Select(e => e.GetProperty("file").GetString()!).Where(f => !f.StartsWith("sisimai", StringComparison.Ordinal)).ToList();
        foreach (var file in others)
        {
            var message = MimeParser.Parse(Corpus.Read(file));
            var words = Encoding.Latin1.GetString(message.Raw.Span);
            var mayBe = words.Contains("delivery-status", StringComparison.OrdinalIgnoreCase) || words.Contains("daemon", StringComparison.OrdinalIgnoreCase)
                || words.Contains("postmaster", StringComparison.OrdinalIgnoreCase);
            if (!mayBe) Assert.True(DeliveryReport.Read(message) is null, file);
        }
    }

    [Fact]
    public void Complaint_reports_are_told_apart()
    {
        var complaints = Files().Where(f => f.Contains("-arf-", StringComparison.Ordinal)).Select(f => ComplaintReport.Read(MimeParser.Parse(Corpus.Read(f)))).ToList();
        Assert.Equal(7, complaints.Count);
        Assert.Equal(6, complaints.Count(c => c is not null)); // the seventh is a letter that asks to be unsubscribed
        Assert.All(Files().Where(f => !f.Contains("-arf-", StringComparison.Ordinal)), f => Assert.Null(ComplaintReport.Read(MimeParser.Parse(Corpus.Read(f)))));
    }

    private static IEnumerable<string> Files() =>
        Corpus.Expectations().Select(e => e.GetProperty("file").GetString()!).Where(f => f.StartsWith("sisimai", StringComparison.Ordinal));

    private static HashSet<(string File, string What)> Exceptions()
    {
        var list = Upwards.Find(Path.Combine("tests", "MailDesk.Mail.Tests", "Reports", "exceptions.txt"), File.Exists);
        Assert.SkipUnless(list is not null, "exceptions.txt is not there: the tests run outside of the repository");
        var entries = File.ReadLines(list!).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.All(entries, e => Assert.True(e.Length == 3 && e[2].Length > 10, $"no reason: {e[0]}"));
        return [.. entries.Select(e => (e[0], e[1]))];
    }

    /// <summary>Complaints, vacation notices, what is no bounce by its name, and two bounces that a person forwards.</summary>
    [GeneratedRegex("-arf-|is-not-bounce|-rfc3834-|10de-lhost-sendmail-14|bac5-make-test-36")]
    private static partial Regex NoReport();
}
