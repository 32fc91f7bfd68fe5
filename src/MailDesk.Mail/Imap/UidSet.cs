using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Imap;

/// <summary>Writes UIDs as sequence sets (RFC 9051 §9, sequence-set): <c>1:4,7,9:12</c>.</summary>
internal static class UidSet
{
    /// <summary>
    /// RFC 7162 §4 lets a server refuse command lines of more than 8192 octets; what is left is for the command and a mailbox name.
    /// </summary>
    public const int MaxOctets = 6000;

    /// <summary>Ascending, without duplicates, neighbours as ranges, cut into sets of at most <see cref="MaxOctets"/>.</summary>
    /// <exception cref="ArgumentException">Zero is no UID.</exception>
    public static IEnumerable<string> Of(IReadOnlyList<uint> uids)
    {
        var sorted = uids.Distinct().Order().ToArray();
        if (sorted is [0, ..]) throw new ArgumentException("0 is no UID", nameof(uids));
        return Sets(sorted);
    }

    private static IEnumerable<string> Sets(uint[] sorted)
    {
        var set = new StringBuilder();
        for (int first = 0, last; first < sorted.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1) last++;
            var range = first == last
                ? sorted[first].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{sorted[first]}:{sorted[last]}");
            if (set.Length + 1 + range.Length > MaxOctets)
            {
                yield return set.ToString();
                set.Clear();
            }

            if (set.Length > 0) set.Append(',');
            set.Append(range);
        }

        if (set.Length > 0) yield return set.ToString();
    }
}
