namespace MailDesk.Mail.Text;

/// <summary>Finds dates in text of any language by their numbers.</summary>
internal static class DateText
{
    /// <summary>
    /// Where the first date begins, or -1: a day beside a year of four digits ("2 лістапада 2026", "Nov 2, 2026"), or three numbers joined
    /// by points, dashes or slashes.
    /// </summary>
    /// <param name="time">True when a time of day ("10:15", "20.42") is there as well.</param>
    internal static int Find(ReadOnlySpan<char> text, out bool time)
    {
        var (day, year, joined, chain) = (-1, -1, -1, 0);
        time = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            var start = i;
            while (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])) i++;
            var number = text[start..(i + 1)];
            var isYear = number.Length == 4 && (number.StartsWith("19") || number.StartsWith("20"));
            if (isYear && year < 0) year = start;
            if (number.Length <= 2 && day < 0) day = start;
            chain = number.Length is 1 or 2 or 4 ? chain + 1 : 0;
            if (chain == 3 && joined < 0) joined = start;
            var follows = i + 2 < text.Length && char.IsAsciiDigit(text[i + 2]);
            if (number.Length <= 2 && follows && text[i + 1] == ':') time = true;
            if (!follows || text[i + 1] is not ('.' or '/' or '-')) chain = 0;
        }

        if (text.Contains("kl. ", StringComparison.Ordinal)) time = true;
        if (joined >= 0) return day < 0 ? joined : year < 0 ? day : Math.Min(day, year);
        return day >= 0 && year >= 0 ? Math.Min(day, year) : -1;
    }
}
