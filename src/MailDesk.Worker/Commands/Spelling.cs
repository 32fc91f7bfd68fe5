using System.Text;

namespace MailDesk.Worker.Commands;

/// <summary>What people and their programs do to words: invisible characters, look-alike letters of another script, typing errors.</summary>
internal static class Spelling
{
    /// <summary>A line without what programs put into it: NBSP to space, zero-width characters and BOM away, smart dashes and quotes to plain ones.</summary>
    public static string Clean(ReadOnlySpan<char> line)
    {
        var clean = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            switch (c)
            {
                case '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD' or '\r': break;
                case '\u00A0' or '\u202F' or '\u2007': clean.Append(' '); break;
                case '＃': clean.Append('#'); break;
                case >= '\u2010' and <= '\u2015' or '\u2212': clean.Append('-'); break;
                case '\u2018' or '\u2019': clean.Append('\''); break;
                case '\u201C' or '\u201D' or '\u201E' or '«' or '»': clean.Append('"'); break;
                default: clean.Append(c); break;
            }
        }

        return clean.ToString();
    }

    public static bool MixesScripts(string word) => word.Any(char.IsAsciiLetter) && word.Any(IsCyrillic);

    private static bool IsCyrillic(char c) => c is >= '\u0400' and <= '\u04FF';

    /// <summary>The word in Latin letters and in Cyrillic ones, as far as letters look alike.</summary>
    public static IEnumerable<string> InOneScript(string word)
    {
        const string latin = "aeopcyxktmhb", cyrillic = "аеорсухктмнв";
        yield return Fold(word, cyrillic, latin);
        yield return Fold(word, latin, cyrillic);
    }

    private static string Fold(string word, string from, string to) =>
        string.Concat(word.Select(c => from.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? to[at] : c));

    /// <summary>The candidate that a typing error leads to; null where none comes close.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 60) return null;
        var (nearest, distance) = candidates.Select(candidate => (candidate, Distance(word, candidate))).MinBy(pair => pair.Item2);
        return distance <= (word.Length < 4 ? 1 : Math.Max(2, word.Length / 3)) ? nearest : null;
    }

    /// <summary>Levenshtein's distance: how many letters must be changed, added or left out.</summary>
    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[Math.Min(right.Length, 100) + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
