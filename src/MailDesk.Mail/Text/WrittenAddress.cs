using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Text;

/// <summary>Addresses as mail programs write them in text for people: with mailto, in any brackets, with the name before.</summary>
internal static partial class WrittenAddress
{
    /// <summary>More are read from no list.</summary>
    private const int Most = 200;

    /// <summary>The one person meant, with the name as far as there is one; null where there is no address.</summary>
    internal static MailboxAddress? One(string text)
    {
        // The last one: "mailto:" repeats the address, and "on behalf of" puts whose mail it is behind who sent it.
        var found = Pattern().Matches(text);
        for (var i = found.Count - 1; i >= 0 && i >= found.Count - Most; i--)
        {
            if (MailboxAddress.TryParse(found[i].Value, out var address)) return address with { Name = NameBefore(text, found[0].Index) };
        }

        return null;
    }

    internal static IReadOnlyList<MailboxAddress> All(string text) =>
    [
        .. Pattern().Matches(text).Take(Most)
            .Select(match => MailboxAddress.TryParse(match.Value, out var address) ? address : null)
            .OfType<MailboxAddress>()
            .DistinctBy(address => address.Address, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Of an attribution only what stands in quotes, or behind the date, is the name.</summary>
    private static string? NameBefore(string text, int address)
    {
        var before = text[..address];
        if (before.LastIndexOf("mailto:", StringComparison.OrdinalIgnoreCase) is >= 0 and var mailto) before = before[..mailto];
        before = before.TrimEnd(' ', '\t', '<', '[', '(', '\u00A0');
        var last = before.LastIndexOf(',');
        if (last >= 0 && before[..last].AsSpan().ContainsAnyInRange('0', '9')) before = before[(last + 1)..];
        before = before.Trim(' ', '\t', '"', '\'', '“', '”', '«', '»', '*', '\u00A0');
        return before.Length is > 0 and < 200 ? before : null;
    }

    [GeneratedRegex(@"[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.\-]+@[\p{L}\p{N}.\-]+[\p{L}\p{N}]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
