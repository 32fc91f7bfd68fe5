using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Reports;

/// <summary>The machine-readable part of a report (RFC 3464 §2): groups of fields, the first for the message, then one a recipient.</summary>
internal static partial class DeliveryStatus
{
    /// <summary>MAIL.md §1: no letter has more.</summary>
    private const int MaxGroups = 200;

    public static List<RecipientReport> Read(ReadOnlyMemory<byte> fields)
    {
        var recipients = new List<RecipientReport>();
        var rest = fields;
        for (var i = 0; i < MaxGroups && !rest.Span.Trim("\r\n \t"u8).IsEmpty; i++)
        {
            // Each group is a block of headers; what the parser calls the body is the next group.
            var group = MimeParser.Parse(rest, Flat);
            if (ReadGroup(group.Headers) is { } recipient) recipients.Add(recipient);
            var next = group.Parts is [var body] ? body.RawContent : default;
            if (next.Length >= rest.Length) break;
            rest = next;
        }

        return recipients;
    }

    private static readonly MimeLimits Flat = new() { MaxDepth = 0 };

    private static RecipientReport? ReadGroup(HeaderList fields)
    {
        var address = AddressOf(fields["Original-Recipient"]) ?? AddressOf(fields["Final-Recipient"]) ?? AddressOf(fields["X-Actual-Recipient"]);
        if (address is null) return null;

        var diagnostic = ValueAfterType(fields["Diagnostic-Code"]);
        var status = fields["Status"] is { } text && Code().Match(text) is { Success: true } match ? match.Value : null;
        // QUIRK: some servers write the general x.0.0 and tell the exact code in their words only.
        if (status is null or "5.0.0" or "4.0.0" && diagnostic is not null && Code().Match(diagnostic) is { Success: true } exact) status = exact.Value;
        if (status is null && diagnostic is not null && Reply().Match(diagnostic) is { Success: true } reply) status = $"{reply.Groups["class"].Value}.0.0";
        return new RecipientReport(address, ActionOf(fields["Action"]), status, diagnostic);
    }

    /// <summary>RFC 3464 §2.3.2: "rfc822; address". Some leave the type out, some put brackets around.</summary>
    private static string? AddressOf(string? field) =>
        ValueAfterType(field) is { } value && MailboxAddress.TryParse(Unescaped(field!, value), out var mailbox) ? mailbox.Address : null;

    /// <summary>RFC 6533 §3: an address of the type utf-8 has letters outside ASCII as they are, or as \x{430} where the way was not clean.</summary>
    private static string Unescaped(string field, string value) =>
        field.AsSpan().TrimStart().StartsWith("utf-8", StringComparison.OrdinalIgnoreCase) ? EmbeddedCharacter().Replace(value, Character) : value;

    private static string Character(Match escape) =>
        Rune.TryCreate(int.Parse(escape.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture), out var rune) ? rune.ToString() : escape.Value;

    private static string? ValueAfterType(string? field)
    {
        if (field is null) return null;
        var value = field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        return value.Length > 0 ? value : null;
    }

    private static DeliveryAction ActionOf(string? field)
    {
        var word = field.AsSpan().Trim();
        var end = word.IndexOfAny(" (;");
        if (end > 0) word = word[..end];
        return Enum.TryParse<DeliveryAction>(word, ignoreCase: true, out var action) && !char.IsAsciiDigit(word[0]) ? action : DeliveryAction.Unknown;
    }

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"\\x\{(?<hex>[0-9A-Fa-f]{2,6})\}", RegexOptions.ExplicitCapture)]
    private static partial Regex EmbeddedCharacter();

    [GeneratedRegex(@"^\W*(?<class>[45])[0-5]\d(?:\D|$)")]
    private static partial Regex Reply();
}
