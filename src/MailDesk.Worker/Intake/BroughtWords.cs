using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Intake;

/// <summary>What an engineer's mail holds of a client's.</summary>
/// <param name="Forwarded">Null where the engineer wrote it down by phone.</param>
/// <param name="Comment">The engineer's words to colleagues, without commands.</param>
public sealed record Brought(RequestWords Words, ForwardedMail? Forwarded, string? Comment);

/// <summary>Reads what engineers bring: the forwarded mail of a client (MAIL.md §1.5), or the words of one who called (rule 5.3).</summary>
public sealed class BroughtWords(DeskDirectory directory, DeskSettings settings, CommandParser parser)
{
    /// <summary>Colleagues may have passed it on to each other before.</summary>
    private const int MostColleagues = 5;

    private const int LongestSubject = 200;

    /// <summary>The mail of a client that is forwarded; null where there is none, or only a colleague's or the desk's own.</summary>
    public ForwardedMail? FindForwarded(MailMessage message, string body)
    {
        var found = ForwardedMail.Find(message, body);
        for (var colleagues = 0; found?.Sender is { } sender && IsColleague(sender.Address) && colleagues < MostColleagues; colleagues++) found = found.Within();
        return found?.Sender is { } last && (IsColleague(last.Address) || IsDesk(last.Address)) ? null : found;
    }

    public Brought OfForward(ForwardedMail forwarded)
    {
        var comment = parser.Parse(forwarded.Comment).Text;
        return new(new RequestWords(forwarded.Subject, forwarded.Text, forwarded.Message), forwarded, comment.Length > 0 ? comment : null);
    }

    /// <param name="text">Below the commands.</param>
    /// <returns>Null when nothing is said.</returns>
    public static Brought? OfCall(MailMessage message, string text)
    {
        var subject = message.Subject.Trim() is { Length: > 0 } given ? given : FirstLine(text);
        return subject.Length == 0 ? null : new(new RequestWords(subject, text.Length > 0 ? text : subject, message), null, null);
    }

    /// <summary>The same, once more, from a mail that was recorded.</summary>
    public Brought? Of(MailMessage message)
    {
        var text = MessageText.Of(message, Letters.LetterComposer.Markers);
        var block = parser.Parse(text.NewText);
        if (block.Commands.Any(command => command is DeskCommand.Phone)) return OfCall(message, block.Text);
        return FindForwarded(message, text.Body) is { } forwarded ? OfForward(forwarded) : null;
    }

    public static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        if (line.IndexOf('\n') is >= 0 and var end) line = line[..end].TrimEnd();
        return line.Length <= LongestSubject ? line.ToString() : $"{line[..LongestSubject].TrimEnd()}…";
    }

    private bool IsColleague(string address) => directory.FindEngineer(address) is not null;

    private bool IsDesk(string address) => settings.Mailboxes.Exists(box => box.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
}
