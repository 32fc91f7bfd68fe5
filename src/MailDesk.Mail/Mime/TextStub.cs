using System.Text.RegularExpressions;

namespace MailDesk.Mail.Mime;

/// <summary>Plain text that stands in for an HTML body: empty, or a sentence telling the reader to get a better mail program.</summary>
internal static partial class TextStub
{
    /// <summary>A longer text says something of its own.</summary>
    private const int MaxLength = 400;

    public static bool Is(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length == 0 || trimmed.Length <= MaxLength && Excuse().IsMatch(trimmed);
    }

    [GeneratedRegex(
        @"(?:not|n't|cannot|unable)\b.{0,40}\b(?:support|display|read|view|show).{0,30}\bhtml|\bhtml[- ](?:capable|compatible|enabled)|"
        + @"\bhtml\b.{0,60}\b(?:not|isn't)\b.{0,20}support|(?:use|need|requires?)\b.{0,20}\bhtml\b.{0,30}(?:client|reader|viewer|program)|"
        + @"(?:message|email|e-mail) is in html|не\s+(?:поддерживает|отображает|показывает).{0,40}html|html.{0,40}не\s+(?:поддерж|отображ)|"
        + @"поддерживающ\w{2,3}\s+html|в\s+формате\s+html|kein\w*\s+html|html.{0,40}nicht",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Excuse();
}
