using System.Globalization;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>
/// Holds the parser, field by field, against what a mature one makes of the corpus. Each difference is in differences.txt with
/// its reason; one that is not there fails, and so does an entry that is no difference any more.
/// </summary>
public sealed class AgreementTests
{
    /// <summary>Percent of the messages that must agree before any difference is excused. Text and parts are where most of the excuses lie.</summary>
    private static readonly Dictionary<string, double> Floor = new(StringComparer.Ordinal)
    {
        ["text"] = 93.1,
        ["parts"] = 94.8,
        ["partText"] = 96.7,
        ["html"] = 98.4,
        ["attachments"] = 98.7,
        ["headerCount"] = 98.7,
        ["list-id"] = 75, // four messages have one
    };

    private const double DefaultFloor = 99;

    /// <summary>Percent that must agree once the differences are counted in whose cause is proven (see <see cref="KnownDifference"/>).</summary>
    private const double ProvenFloor = 99;

    [Fact]
    public void Every_field_agrees_or_the_reason_why_not_is_written_down()
    {
        var known = KnownDifference.ReadAll();
        var unseen = known.Keys.ToHashSet();
        var unproven = new List<string>();
        var unexplained = new List<string>();
        var fields = new SortedDictionary<string, (int Total, int Agree, int Proven)>(StringComparer.Ordinal);
        foreach (var expected in Corpus.Expectations())
        {
            var file = expected.GetProperty("file").GetString()!;
            var message = MimeParser.Parse(Corpus.Read(file));
            foreach (var (field, theirs, ours) in Agreement.Compare(expected, message))
            {
                var agrees = string.Equals(theirs, ours, StringComparison.Ordinal);
                var proven = false;
                if (!agrees && known.TryGetValue((file, field), out var difference))
                {
                    unseen.Remove((file, field));
                    proven = difference.IsProven(expected, message, theirs, ours);
                    if (!proven && difference.Cause != KnownDifference.NoProof) unproven.Add($"{file}\t{field}\t{difference.Cause}\n  theirs: {theirs}\n  ours:   {ours}");
                }
                else if (!agrees)
                {
                    unexplained.Add($"{file}\t{field}\n  theirs: {theirs}\n  ours:   {ours}");
                }

                var count = fields.GetValueOrDefault(field);
                fields[field] = (count.Total + 1, count.Agree + (agrees ? 1 : 0), count.Proven + (proven ? 1 : 0));
            }
        }

        Assert.True(unexplained.Count == 0, $"{unexplained.Count} differences without a reason:\n{string.Join('\n', unexplained)}");
        Assert.Empty(unseen);
        Assert.True(unproven.Count == 0, $"{unproven.Count} differences have another cause than the named one:\n{string.Join('\n', unproven)}");
        foreach (var (field, (total, agree, proven)) in fields)
        {
            var (raw, settled) = (100.0 * agree / total, 100.0 * (agree + proven) / total);
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
                $"{field}: {agree} of {total} agree, {raw:0.00} %; with {proven} differences of proven cause {settled:0.00} %"));
            Assert.True(raw >= Floor.GetValueOrDefault(field, DefaultFloor), $"{field} agrees in {raw:0.00} % only");
            Assert.True(settled >= ProvenFloor, $"{field} agrees in {settled:0.00} % only, the proven differences counted in");
        }
    }
}
