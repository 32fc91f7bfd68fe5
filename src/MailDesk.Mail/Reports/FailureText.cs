using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Reports;

/// <summary>
/// Reads what a report says in words: whom it could not reach and why. Mail systems write one recipient a line, the reason beside or
/// below; what comes after the recipient, up to the next one, is about that recipient. Only the report's own words are read, not the
/// copy of the letter below them.
/// </summary>
internal sealed partial class FailureText
{
    /// <summary>The words of a mail system come first; a returned letter may be long.</summary>
    private const int MaxLines = 400;

    private const int MaxLineLength = 1000;
    private const int MaxRecipients = 200; // MAIL.md §1: no letter has more
    private const int MaxDiagnostic = 1000;

    private readonly List<string> _lines;
    private readonly MailMessage _report;

    private FailureText(MailMessage report, List<string> lines)
    {
        _report = report;
        _lines = lines;
    }

    public static FailureText Of(MailMessage report) => new(report, OwnLines(report));

    /// <summary>The words that only mail systems use, in the report's own text; a line that quotes another mail does not count.</summary>
    public bool TellsOfFailure => _lines.Exists(l => l.Length > 0 && l[0] != '>' && SystemWords().IsMatch(l));

    private bool IsDelay => DelayWords().IsMatch(_report.Subject) || _lines.Exists(l => DelayWords().IsMatch(l));

    /// <summary>Recipients in order, each once.</summary>
    /// <param name="known">Addresses that the report names elsewhere; when there are any, the text only tells why.</param>
    public List<RecipientReport> Recipients(IReadOnlyList<string> known)
    {
        var found = known.Count > 0 ? Known(known) : Named(LeadingRecipient(), WordedRecipient());
        if (found.Count == 0) found = Named(TranscriptRecipient());
        if (found.Count == 0 && ReturnedLetter.OnlyRecipient(_report) is { } only) found = [(only, 0)];

        var action = IsDelay ? DeliveryAction.Delayed : DeliveryAction.Failed;
        var reasons = new List<(string? Status, string? Diagnostic)?>();
        for (var i = 0; i < found.Count; i++)
        {
            var (address, line) = found[i];
            var end = i + 1 < found.Count ? Math.Max(found[i + 1].Line, line + 1) : _lines.Count;
            reasons.Add(Reason(line, Math.Min(end, _lines.Count)) ?? Reason(address));
        }

        // A reason that stands before the recipients, or apart from them, is everybody's.
        var common = reasons.TrueForAll(r => r is null) ? Reason(0, _lines.Count) : null;
        return [.. found.Zip(reasons, (f, r) => new RecipientReport(f.Address, action, (r ?? common)?.Status, (r ?? common)?.Diagnostic))];
    }

    private List<(string Address, int Line)> Known(IReadOnlyList<string> known) =>
        [.. known.Select(a => (a, Math.Max(0, _lines.FindIndex(l => l.Contains(a, StringComparison.OrdinalIgnoreCase)))))];

    private List<(string Address, int Line)> Named(params ReadOnlySpan<Regex> patterns)
    {
        var found = new List<(string Address, int Line)>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _lines.Count && found.Count < MaxRecipients; i++)
        {
            foreach (var pattern in patterns)
            {
                if (pattern.Match(_lines[i]) is not { Success: true } match) continue;
                var text = match.Groups["to"].Value.TrimEnd('.', '\'');
                if (MailboxAddress.TryParse(text, out var mailbox) && seen.Add(mailbox.Address)) found.Add((mailbox.Address, i));
                break;
            }
        }

        return found;
    }

    /// <summary>
    /// An SMTP reply with an enhanced code (RFC 2034); else the first such code (RFC 3463) in these lines; else the class of the first reply
    /// (RFC 5321 §4.2.1).
    /// </summary>
    private (string? Status, string? Diagnostic)? Reason(int start, int end)
    {
        (string? Status, string? Diagnostic)? coded = null, reply = null;
        for (var i = start; i < end; i++)
        {
            var code = EnhancedCode().Match(_lines[i]);
            var number = ReplyCode().Match(_lines[i]);
            if (code.Success && number.Success) return (code.Groups["code"].Value, Words(i));
            if (code.Success) coded ??= (code.Groups["code"].Value, Words(i));
            if (number.Success) reply ??= ($"{number.Groups["class"].Value}.0.0", Words(i));
        }

        return coded is { } exact && reply is { } words && exact.Status![0] == words.Status![0] ? (exact.Status, words.Diagnostic) : coded ?? reply;
    }

    private (string? Status, string? Diagnostic)? Reason(string address)
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Contains(address, StringComparison.OrdinalIgnoreCase) && Reason(i, i + 1) is { } reason) return reason;
        }

        return null;
    }

    private string Words(int line)
    {
        var words = _lines[line].Trim();
        return words.Length <= MaxDiagnostic ? words : words[..MaxDiagnostic];
    }

    private static List<string> OwnLines(MailMessage report)
    {
        var lines = new List<string>();
        foreach (var part in report.Parts)
        {
            if (ReturnedLetter.IsReturned(part)) break;
            // QUIRK: a multipart whose boundary is lost is one leaf; its raw text is readable enough.
            if (part.ContentType is not ({ Type: "text" or "multipart" } or { Subtype: "delivery-status" })) continue;
            var isHtml = part.ContentType.Is("text", "html");
            if (isHtml && lines.Exists(l => l.Contains('@', StringComparison.Ordinal))) continue; // the same again
            var text = isHtml ? HtmlToText.Convert(part.DecodeText()) : part.DecodeText();
            foreach (var line in text.AsSpan().EnumerateLines())
            {
                if (lines.Count >= MaxLines || BeginsCopy(line)) return lines;
                lines.Add(line[..Math.Min(line.Length, MaxLineLength)].ToString());
            }
        }

        return lines;
    }

    private static bool BeginsCopy(ReadOnlySpan<char> line) =>
        line.StartsWith("Received:", StringComparison.OrdinalIgnoreCase)
        || line.StartsWith("Return-Path:", StringComparison.OrdinalIgnoreCase)
        || line.Length < 200 && CopyWords().IsMatch(line);

    private const string Address = """(?<to>[^\s<>"(),;:\[\]@']+@[\w.\-]+)""";

    /// <summary>An address at the beginning of a line, with nothing behind it that makes it a part of a sentence.</summary>
    [GeneratedRegex(
        @"^[\s>*""'\-\u2022]*(?:[45]\d\d (?:[45]\.\d+\.\d+ )?)?<?" + Address + @"[>""']*(?:\s*[:(<]|\.\.\.|\s*$|\s+on\s|\s+(?:invalid|error|unknown)|\s+<)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LeadingRecipient();

    /// <summary>An address behind words that say what it is.</summary>
    [GeneratedRegex(
        @"(?:recipients?|rcpt to|user ?id|unknown user|undeliverable to|permanent errors|address|mailbox is full|delivered to|deliver\w*\b[^<@]{0,40}\b(?:to|for)|"
        + @"(?:письмо|сообщение|адресату?|получател\w+)\b[^<@]{0,40}?)[\s:;<]+(?:rfc822\s*;)?\s*<?" + Address,
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex WordedRecipient();

    /// <summary>An address within a transcript of SMTP.</summary>
    [GeneratedRegex(@"^\W*(?:[45]\d\d[ \-]|rcpt to:|User ).{0,80}?<?" + Address, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex TranscriptRecipient();

    [GeneratedRegex(@"(?:^|[^\d.])(?<code>[45]\.\d{1,2}\.\d{1,3})(?:[^\d.]|\.?$|\.[^\d])")]
    private static partial Regex EnhancedCode();

    [GeneratedRegex(@"(?:^|[\s:'""\[(#])(?<class>[45])[0-5]\d(?:[\s\-:,]|$)")]
    private static partial Regex ReplyCode();

    [GeneratedRegex(
        @"^\W*(?:below (?:this line )?is a copy|enclosed is a copy|included is a copy|this is a copy|(?:the )?original message\W*$|original message follows|"
        + @"message headers? follow|the headers? of the original|unsent message|original message headers|исходное (?:письмо|сообщение)|копия письма)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CopyWords();

    [GeneratedRegex(@"delayed|warning message only|not yet been delivered|will be retried|still being retried|задерж", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DelayWords();

    [GeneratedRegex(
        @"(?:could|can) ?not be delivered|(?:unable|failed) to deliver|trouble delivering|^\W*(?:received|sent)?\W*(?:rcpt to:|[45]\d\d[ \-])|^error: invalid user|"
        + @"error delivering your mail|permanent fatal errors|не может быть доставлен|не удалось доставить",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SystemWords();
}
