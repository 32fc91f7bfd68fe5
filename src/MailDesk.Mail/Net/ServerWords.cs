using System.Text;

namespace MailDesk.Mail.Net;

/// <summary>A server's text made fit for a log line or a letter: one line, no control characters, of bounded length.</summary>
internal static class ServerWords
{
    private const int MaxLength = 500;

    public static string Of(ReadOnlySpan<byte> text)
    {
        var words = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxLength)]);
        return string.Create(words.Length, words, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        }).Trim();
    }
}
