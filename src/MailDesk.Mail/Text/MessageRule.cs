using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>The lines that part messages: "-----Original Message-----", "---------- Forwarded message ---------", and bare rules.</summary>
internal static class MessageRule
{
    private const int MaxLength = 120;
    private const int MinLength = 12;

    private static readonly SearchValues<string> Original = SearchValues.Create(
        [
            "original message", "original email", "original appointment", "исходное сообщение", "оригинальное сообщение", "первоначальное сообщение", "исходное письмо", "зыходнае паведамленне",
            "арыгінальнае паведамленне", "зыходны ліст", "вихідне повідомлення", "початкове повідомлення", "оригінальне повідомлення", "ursprüngliche nachricht", "originalnachricht",
            "original-nachricht", "originale nachricht", "wiadomość oryginalna", "oryginalna wiadomość", "message d'origine", "message d’origine", "message original", "mensaje original",
            "mensagem original", "messaggio originale", "oorspronkelijk bericht", "oprindelig meddelelse", "ursprungligt meddelande", "opprinnelig melding",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Forwarded = SearchValues.Create(
        [
            "forwarded message", "forwarded by", "пересылаемое сообщение", "пересылаемого сообщения", "пересланного сообщения", "перанакіраванага паведамлення",
            "пераадрасаванага паведамлення", "перасланага паведамлення", "перасылаемага паведамлення", "пересланное сообщение", "переадресованное сообщение", "переадресованного сообщения", "перенаправленное сообщение",
            "пересылаемое письмо", "пересланное письмо", "перасланае паведамленне", "перасылаемае паведамленне", "перанакіраванае паведамленне", "пераадрасаванае паведамленне",
            "переслане повідомлення", "weitergeleitete nachricht", "weitergeleitete e-mail", "przekazana wiadomość", "wiadomość przekazana", "przekazanej wiadomości",
            "message transféré", "mensaje reenviado", "mensagem encaminhada", "messaggio inoltrato", "doorgestuurd bericht",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Ends = SearchValues.Create(["end of", "конец", "завершение", "канец", "заканчэнне"], StringComparison.OrdinalIgnoreCase);

    internal static bool IsOriginal(ReadOnlySpan<char> line) =>
        line.Length is >= MinLength and <= MaxLength && line is ['-', '-', ..] or ['—', ..] or ['_', '_', ..] && line.ContainsAny(Original);

    internal static bool IsForwarded(ReadOnlySpan<char> line) =>
        line.Length is >= MinLength and <= MaxLength && (line is ['-', '-', ..] || line[^1] == ':') && line.ContainsAny(Forwarded);

    /// <summary>QUIRK: Yandex and Mail.ru draw a line behind the forwarded message as well.</summary>
    internal static bool IsEndOfForwarded(ReadOnlySpan<char> line) =>
        IsForwarded(line) && line.TrimStart("- ").IndexOfAny(Ends) == 0;

    /// <summary>A line drawn with four or more dashes, underscores or the like.</summary>
    internal static bool IsBare(ReadOnlySpan<char> line) => line.Length >= 3 && line.IndexOfAnyExcept("-_=—–") < 0;
}
