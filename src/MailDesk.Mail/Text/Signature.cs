using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>Signatures: what follows the <c>-- </c> line (RFC 3676 §4.3), and what telephones add.</summary>
internal static class Signature
{
    /// <summary>More lines than this below <c>-- </c> are no signature.</summary>
    private const int MaxLines = 15;

    /// <summary>The same below a delimiter without its space, which may be a mere dash.</summary>
    private const int MaxLinesBelowDash = 8;

    private const int MaxMobileLength = 160;

    private static readonly SearchValues<string> Openers = SearchValues.Create(
        [
            "sent ", "get outlook", "отправлен", "отослан", "послано", "написано с", "скачать", "получить", "загрузить", "даслан", "адпраўлен", "адаслан", "спампаваць", "атрымаць", "надісл", "відправл", "gesendet",
            "von meinem", "holen sie", "wysłan", "pobierz", "envoyé", "obtenez", "enviado", "obtener", "inviato", "verstuurd", "verzonden", "sendt fra", "skickat från", "diese nachricht wurde",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Devices = SearchValues.Create(
        [
            "iphone", "ipad", "android", "galaxy", "samsung", "xiaomi", "redmi", "poco", "huawei", "honor", "realme", "oneplus", "pixel", "outlook", "mail.ru", "mymail", "mail for windows",
            "почта для windows", "почты для windows", "почт", "пошт", "yandex", "яндекс", "смартфон", "телефон", "тэлефон", "мобильн", "мабільн", "планшет", "устройств", "прылад", "blackberry", "nokia",
            "gmail", "proton", "spark", "k-9", "bluemail", "phone", "mobile", "handy", "smartphone", "tablet", "yahoo",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the text of lines <paramref name="start"/> to <paramref name="end"/> ends when its signature is taken off.</summary>
    internal static int Strip(MailLines lines, int start, int end)
    {
        end = StripMobile(lines, start, end);
        var below = 0;
        for (var i = end - 1; i > start && below <= MaxLines; i--)
        {
            if (lines.IsQuote(i)) break;
            var line = lines[i];
            if (line.TrimEnd() is "--" && below <= (line.Length == 3 ? MaxLines : MaxLinesBelowDash)) return StripMobile(lines, start, i);
            if (!line.IsWhiteSpace()) below++;
        }

        return end;
    }

    private static int StripMobile(MailLines lines, int start, int end)
    {
        while (true)
        {
            while (end > start && lines.IsBlank(end - 1)) end--;
            if (end == start || !IsMobile(lines.Core(end - 1))) return end;
            end--;
        }
    }

    private static bool IsMobile(ReadOnlySpan<char> line) =>
        line.Length <= MaxMobileLength && line[..Math.Min(line.Length, 24)].ContainsAny(Openers) && line.ContainsAny(Devices);
}
