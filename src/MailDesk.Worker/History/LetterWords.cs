using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.History;

/// <summary>What a letter of the desk says, without its first and last lines.</summary>
internal static class LetterWords
{
    public static string Of(MailMessage letter)
    {
        var text = FormatFlowed.Decode(letter.TextBody ?? "", delSp: false).ReplaceLineEndings("\n").Trim();
        foreach (var marker in LetterComposer.Markers)
        {
            if (text.StartsWith(marker, StringComparison.Ordinal)) text = text[marker.Length..].TrimStart();
        }

        // The foot is the last paragraph: the desk's name and the token.
        var foot = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        return foot < 0 ? text : text[..foot];
    }
}
