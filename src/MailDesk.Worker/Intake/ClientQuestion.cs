using System.Text.RegularExpressions;
using MailDesk.Domain;

namespace MailDesk.Worker.Intake;

/// <summary>What a client's mail asks of the desk itself (MAIL.md §7).</summary>
/// <param name="Alone">It says nothing else: it is answered, and does nothing else.</param>
public sealed partial record ClientQuestion(bool History, bool Help, bool Alone)
{
    /// <summary>
    /// Reads "[history]" and "[help]" out of a subject, or a text that is nothing but that. The brackets are part of it: "Help!" is a cry, and
    /// gets a number. What is quoted never asks.
    /// </summary>
    /// <returns>Null when nothing is asked.</returns>
    public static ClientQuestion? Read(IncomingMail mail)
    {
        var text = mail.SaysNothing || mail.Text.Uncertain ? "" : mail.Text.NewText;
        var tagged = TagAbove(text);
        var words = mail.SaysNothing ? ClientWords.Empty : mail.Text.Uncertain ? ClientWords.Text : ClientWordsReader.Read(text[tagged..]);
        // Beside the tag only a greeting, thanks or a name may stand; a longer text does what it does without the tag.
        var alone = words is ClientWords.Empty or ClientWords.Thanks && mail.Message.Attachments.Count == 0;
        List<Match> tags = [.. Tag().Matches(mail.Message.Subject).Concat(Tag().Matches(alone ? text[..tagged] : ""))];
        return tags.Count == 0 ? null : new ClientQuestion(tags.Exists(IsHistory), !tags.TrueForAll(IsHistory), alone);
    }

    /// <summary>A subject without such tags: every reply repeats the subject of its request.</summary>
    public static string Without(string subject) => Tag().Replace(subject, "").Trim();

    private static bool IsHistory(Match tag) => tag.Groups["history"].Success;

    /// <summary>How long the first line of the text is, where that is a tag and no more; else 0.</summary>
    private static int TagAbove(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var end = text.IndexOf('\n', start);
        var line = text.AsSpan()[start..(end < 0 ? text.Length : end)].TrimEnd();
        return Tag().Match(text, start, line.Length) is { Success: true } match && match.Length == line.Length ? start + line.Length : 0;
    }

    [GeneratedRegex(
        @"\[\s{0,3}(?:(?<history>history|история|гісторыя)|help|помощь|дапамога)\s{0,3}\]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
