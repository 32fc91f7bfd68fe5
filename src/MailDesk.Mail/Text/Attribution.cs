using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>
/// The line that introduces a quotation: "On Mon, 2 Nov 2026 at 10:15, Support &lt;…&gt; wrote:", in whatever language, folded over up to three lines.
/// It needs a colon at its end and two of: a verb of writing, a date, an address.
/// </summary>
internal sealed class Attribution(MailLines lines)
{
    private const int MaxLines = 3;
    private const int MaxLength = 400;

    /// <summary>An attribution has its date near its beginning; a sentence that mentions a date need not.</summary>
    private const int DateWithin = 40;

    private static readonly SearchValues<string> Verbs = SearchValues.Create(
        [
            "wrote", "writes", "написал", "пишет", "писал", "напісаў", "напісала", "піша:", "піша :", "пише:", "написав", "schrieb", "geschrieben", "napisał", "pisze:", "écrit", "escribi",
            "escreveu", "scritto", "schreef", "geschreven", "skrev", "kirjoitti", "napsal", "yazdı", "写道", "寫道",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Shorter lines hold no verb.</summary>
    private const int MinLength = 4;

    [Flags]
    private enum Evidence : byte
    {
        Unknown = 0,
        None = 1,
        Verb = 2,
        Address = 4,
        Digit = 8,
    }

    private readonly Evidence[] _evidence = new Evidence[lines.Count];

    /// <summary>The attribution that ends at line <paramref name="end"/>: its first line, and whether it needs <c>&gt;</c> below it to be believed; null for none.</summary>
    internal (int Start, bool NeedsQuote)? EndingAt(int end)
    {
        var last = lines.Core(end);
        if (last.Length is 0 or > MaxLength) return null;
        if (last[^1] is not (':' or '：')) return last[0] is '-' or (>= '0' and <= '9') && IsWithoutColon(end, last) ? (end, false) : null;

        if (!MayHold(end)) return null;
        (int, bool)? weak = null;
        var (seen, length) = (Evidence.None, 0);
        for (var start = end; start >= 0 && start > end - MaxLines; start--)
        {
            if (lines.IsBlank(start) || (start < end && lines.IsQuote(start)) || lines.IsMark(start)) break;
            var line = lines.Core(start);
            length += line.Length + 1;
            if (length > MaxLength) break;
            seen |= EvidenceIn(start);
            var verb = seen.HasFlag(Evidence.Verb);
            var address = seen.HasFlag(Evidence.Address);
            if (!verb && !address) continue;
            if (seen.HasFlag(Evidence.Digit) && DateText.Find(lines.JoinCores(start, end), out var time) is >= 0 and < DateWithin)
            {
                if (verb) return (start, !time && !address);
                if (last.TrimEnd(" :").EndsWith('>')) return (start, false); // QUIRK: Yandex and Mail.ru have no verb
            }

            if (weak is null && verb && (address ? IsWhole(lines.JoinCores(start, end)) : length < 60)) weak = (start, true);
        }

        return weak;
    }

    /// <summary>Whether there is a verb or an address in the lines that may belong to it: the quick way to say no.</summary>
    private bool MayHold(int end)
    {
        var seen = Evidence.None;
        for (var i = end; i >= 0 && i > end - MaxLines; i--) seen |= EvidenceIn(i);
        return (seen & (Evidence.Verb | Evidence.Address)) != Evidence.Unknown;
    }

    /// <summary>Kept for each line: three lines may ask.</summary>
    private Evidence EvidenceIn(int index)
    {
        if (_evidence[index] != Evidence.Unknown) return _evidence[index];
        var line = lines.Core(index);
        var found = line.ContainsAnyInRange('0', '9') ? Evidence.None | Evidence.Digit : Evidence.None;
        if (line.Length >= MinLength && line.ContainsAny(Verbs)) found |= Evidence.Verb;
        if (line.Contains('@')) found |= Evidence.Address;
        return _evidence[index] = found;
    }

    /// <summary>An address folded away from its opening bracket is not the beginning.</summary>
    private static bool IsWhole(string text) => text.IndexOf('<', StringComparison.Ordinal) is var open && open >= 0 && open < text.IndexOf('>', StringComparison.Ordinal);

    private bool IsWithoutColon(int index, ReadOnlySpan<char> line)
    {
        // QUIRK: Zoho writes "---- On …, … wrote ----".
        if (line[0] == '-') return line.StartsWith("---- ") && line.EndsWith(" ----") && line.ContainsAny(Verbs) && DateText.Find(line, out _) >= 0;
        // QUIRK: Gmail of old wrote "2013/7/20 Name <address>" and "2016-03-03 17:21 GMT+01:00 Name", nothing more.
        if (index + 1 < lines.Count && !lines.IsBlank(index + 1) && !lines.IsQuote(index + 1)) return false;
        return (index == 0 || lines.IsBlank(index - 1)) && DateText.Find(line, out var time) == 0
            && ((line[^1] == '>' && line.Contains('@')) || (time && line.Contains(" GMT", StringComparison.Ordinal)));
    }
}
