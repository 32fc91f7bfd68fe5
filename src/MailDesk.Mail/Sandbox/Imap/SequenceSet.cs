using System.Globalization;

namespace MailDesk.Mail.Sandbox;

/// <summary>A set of sequence numbers or UIDs as a client wrote it (RFC 3501 §9, sequence-set); 0 stands for <c>*</c>.</summary>
internal sealed class SequenceSet
{
    private readonly List<(uint From, uint To)> _ranges;

    private SequenceSet(List<(uint From, uint To)> ranges) => _ranges = ranges;

    /// <summary>Null for what is no set.</summary>
    public static SequenceSet? Parse(string text)
    {
        var ranges = new List<(uint, uint)>();
        foreach (var range in text.Split(','))
        {
            var colon = range.IndexOf(':', StringComparison.Ordinal);
            if (!TryNumber(colon < 0 ? range : range[..colon], out var from)) return null;
            var to = from;
            if (colon >= 0 && !TryNumber(range[(colon + 1)..], out to)) return null;
            ranges.Add((from, to));
        }

        return new SequenceSet(ranges);
    }

    /// <summary>Writes numbers as a set, in their order, neighbours as ranges.</summary>
    public static string Format(IReadOnlyList<uint> numbers)
    {
        var ranges = new List<string>();
        for (int first = 0, last; first < numbers.Count; first = last + 1)
        {
            last = first;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1) last++;
            ranges.Add(string.Create(CultureInfo.InvariantCulture, $"{numbers[first]}{(first == last ? "" : $":{numbers[last]}")}"));
        }

        return string.Join(',', ranges);
    }

    /// <summary>The ranges with <c>*</c> as <paramref name="largest"/>, low end first, ascending and disjoint: each number comes once.</summary>
    public IEnumerable<(uint From, uint To)> Resolve(uint largest)
    {
        (uint From, uint To)? open = null;
        foreach (var (from, to) in _ranges.Select(Ordered).OrderBy(r => r.From))
        {
            if (open is { } last && from <= last.To)
            {
                open = (last.From, Math.Max(last.To, to));
                continue;
            }

            if (open is { } done) yield return done;
            open = (from, to);
        }

        if (open is { } rest) yield return rest;

        (uint From, uint To) Ordered((uint From, uint To) range)
        {
            var (from, to) = (range.From == 0 ? largest : range.From, range.To == 0 ? largest : range.To);
            return from <= to ? (from, to) : (to, from);
        }
    }

    private static bool TryNumber(string text, out uint number)
    {
        number = 0;
        return text is "*" || (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }
}
