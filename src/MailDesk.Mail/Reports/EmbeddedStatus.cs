using System.Text;
using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Reports;

/// <summary>The fields of RFC 3464 in running text: reports whose structure a gateway has flattened, and those never meant to be standard.</summary>
internal static partial class EmbeddedStatus
{
    /// <summary>Characters behind the first field that are looked at.</summary>
    private const int MaxLength = 64 * 1024;

    public static List<RecipientReport> Read(MailMessage report)
    {
        foreach (var part in report.Parts)
        {
            if (part.ContentType is not ({ Type: "text", Subtype: "plain" } or { Type: "multipart" })) continue;
            var text = part.DecodeText();
            var start = Find(text);
            if (start < 0) continue;
            var fields = text.AsSpan(start, Math.Min(MaxLength, text.Length - start));
            return DeliveryStatus.Read(Encoding.UTF8.GetBytes(fields.ToString()));
        }

        return [];
    }

    /// <summary>Where the line of the first field begins, or -1.</summary>
    public static int Find(string text) => FirstField().Match(text) is { Success: true } match ? match.Index : -1;

    [GeneratedRegex(@"^(?:Action|Original-Recipient|Final-Recipient):[ \t]*\S", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex FirstField();
}
