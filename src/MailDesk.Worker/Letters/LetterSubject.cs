namespace MailDesk.Worker.Letters;

/// <summary>
/// The subject (MAIL.md §8): the tag and the client's own words, the same in all letters of a request so that they thread.
/// </summary>
internal static class LetterSubject
{
    /// <summary>Longer ones are cut: no client shows more, and the tag stands in front.</summary>
    private const int Length = 200;

    /// <param name="fixedSubject">What the template says instead of the client's words; null where it says nothing.</param>
    public static string Of(Letter letter, string? fixedSubject)
    {
        var tag = letter.Tag is { } t ? $"[{t}] " : "";
        var reply = letter.Role == LetterRole.Client && fixedSubject is null ? "Re: " : "";
        return (reply + tag + (fixedSubject ?? HeaderWords.Of(letter.Subject, Length))).TrimEnd();
    }
}
