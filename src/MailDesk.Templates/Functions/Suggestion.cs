namespace MailDesk.Templates.Functions;

/// <summary>The "did you mean" of an error message.</summary>
internal static class Suggestion
{
    /// <summary>Names longer than this are not compared: the message must stay cheap on hostile input.</summary>
    private const int LongestName = 64;

    public static string For(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestName)
        {
            return "";
        }

        var best = known.Where(k => k.Length <= LongestName)
            .Select(k => (Name: k, Distance: Distance(name, k)))
            .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= Math.Max(1, name.Length / 3) ? $"; did you mean `{best.Name}`?" : "";
    }

    /// <summary>Levenshtein's, regardless of case; a name without its namespace (<c>upcase</c>) is one edit away.</summary>
    private static int Distance(string a, string b)
    {
        if (b.EndsWith("." + a, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            previous = row;
        }

        return previous[b.Length];
    }
}
