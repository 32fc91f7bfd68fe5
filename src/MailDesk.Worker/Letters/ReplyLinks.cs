namespace MailDesk.Worker.Letters;

/// <summary>
/// The <c>mailto:</c> links of a letter (RFC 6068; MAIL.md §7). A link starts a new mail that has no thread, so that its body carries
/// the token below the marker line: what stands above it is all that the desk reads as the writer's words.
/// </summary>
internal sealed class ReplyLinks(Letter letter, LetterLanguage language)
{
    /// <summary>Some programs cut links at 2000 characters, and a Cyrillic letter is six of them.</summary>
    private const int SubjectLength = 40;

    private const int QuoteLength = 80;

    /// <summary>The same in every link of the letter, and there are up to thirty.</summary>
    private readonly string _head = HeadOf(letter), _tail = TailOf(letter, language, quoted: null);

    public string Confirm => Link(language.Confirm);

    public string NotSolved => Link(language.NotSolved);

    public string Refuse => Link(language.Refuse);

    public string Accept => Link(OfWriter("#accept"));

    public string Reject => Link(OfWriter("#reject"));

    public string Take => Link("#take");

    /// <summary>Room for the answer, and the beginning of the question below.</summary>
    public string Answer => letter.Words is { } question ? _head + TailOf(letter, language, "> " + HeaderWords.Of(question, QuoteLength)) : Link("");

    /// <summary>Lines that correct what was understood (rule 5.9).</summary>
    public string Correct(string lines) => Link(lines);

    private string OfWriter(string command) => letter.HeldWriter is { } writer ? $"{command} {writer}" : command;

    private string Link(string text) => $"{_head}{Uri.EscapeDataString(text)}{_tail}";

    /// <summary>What stands below the text. RFC 6068 §5: lines of a body are divided by %0D%0A.</summary>
    private static string TailOf(Letter letter, LetterLanguage language, string? quoted)
    {
        string?[] below = ["", "", language.Marker, quoted, letter.TextToken];
        return Uri.EscapeDataString(string.Join("\r\n", below.Where(l => l is not null)));
    }

    private static string HeadOf(Letter letter)
    {
        // RFC 6068 §2: "+" and "@" stand for themselves in the address.
        var address = Uri.EscapeDataString(letter.ReplyTo.Address).Replace("%40", "@", StringComparison.Ordinal).Replace("%2B", "+", StringComparison.Ordinal);
        var subject = LetterSubject.Of(letter with { Subject = HeaderWords.Of(letter.Subject, SubjectLength), Role = LetterRole.Client }, fixedSubject: null);
        return $"mailto:{address}?subject={Uri.EscapeDataString(subject)}&body=";
    }
}
