using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>
/// How much 8-bit text looks like Russian or Belarusian in each of the Cyrillic charsets. The charsets put the same letters at different
/// places, so that the wrong one gives rare letters, capitals inside words and line-drawing signs.
/// </summary>
internal static class CyrillicLikelihood
{
    /// <summary>More than this says nothing new.</summary>
    private const int Sample = 16 * 1024;

    /// <summary>Letters of Russian and Belarusian running text, the most frequent first.</summary>
    private const string ByFrequency = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіўєї";

    private const string FrequentPairs =
        "стнотонаенованиракопоправоолилпеторестальегоровтревадекакозаттемитдесялошибкаприветздравсвидоесобрыйденьдобрспасибопожалуйстаямынамвываннекуустроенииеыхыесяцьацаявяранаўскі";

    private static readonly bool[] Pairs = FindPairs();

    /// <summary>Tried in this order: the first wins a tie.</summary>
    private static readonly Encoding[] Candidates =
    [
        .. new[] { CharsetLabels.Windows1251, CharsetLabels.Koi8R, CharsetLabels.Cp866, CharsetLabels.Koi8U, 28595 }.Select(n => CharsetLabels.ByCodePage(n)!),
    ];

    private static readonly char[][] Tables = [.. Candidates.Select(Table)];

    /// <summary>The likeliest Cyrillic charset and its mean score a byte above 0x7F: above zero is likely, below is not.</summary>
    internal static (Encoding Encoding, double Score) Best(ReadOnlySpan<byte> bytes)
    {
        var best = (Candidates[0], Score(bytes, Tables[0]));
        for (var i = 1; i < Candidates.Length; i++)
        {
            var score = Score(bytes, Tables[i]);
            if (score > best.Item2) best = (Candidates[i], score);
        }

        return best;
    }

    /// <summary>The score in one charset; NaN for one that is not a Cyrillic candidate.</summary>
    internal static double Score(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var index = Array.FindIndex(Candidates, c => c.CodePage == encoding.CodePage);
        return index < 0 ? double.NaN : Score(bytes, Tables[index]);
    }

    private static double Score(ReadOnlySpan<byte> bytes, char[] table)
    {
        var (sum, high, last) = (0, 0, ' ');
        foreach (var b in bytes)
        {
            var c = b < 0x80 ? (char)b : table[b - 0x80];
            if (b >= 0x80)
            {
                if (++high > Sample) break;
                sum += Weight(c, last);
            }

            last = c;
        }

        return high == 0 ? 0 : (double)sum / high;
    }

    private static int Weight(char c, char last)
    {
        var rank = ByFrequency.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
        if (rank < 0) return c is '«' or '»' or '—' or '–' or '№' or '\u00A0' or '…' or '“' or '”' or '„' or '’' ? 0 : -8;
        var pair = IsLetter(last) && Pairs[PairIndex(char.ToLowerInvariant(last), char.ToLowerInvariant(c))] ? 6 : 0;
        var plain = pair + (rank < 12 ? 4 : rank < 24 ? 2 : 0);
        return !char.IsUpper(c) ? plain : char.IsLower(last) ? -10 : plain - 1;
    }

    private static bool IsLetter(char c) => c is >= '\u0400' and <= '\u045F';

    private static int PairIndex(char first, char second) => ((first & 0x7F) << 7) | (second & 0x7F);

    private static bool[] FindPairs()
    {
        var pairs = new bool[0x80 << 7];
        for (var i = 1; i < FrequentPairs.Length; i++) pairs[PairIndex(FrequentPairs[i - 1], FrequentPairs[i])] = true;
        return pairs;
    }

    private static char[] Table(Encoding encoding) => encoding.GetChars([.. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);
}
