using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>What an image says in words, where it says anything.</summary>
internal static class ImageText
{
    private const int MaxLength = 200;

    /// <summary>What programs write when nobody has described the image.</summary>
    private static readonly SearchValues<string> Generated = SearchValues.Create(
        [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", "automatically generated", "ai-generated", "автоматически", "аўтаматычна"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Empty = SearchValues.Create(
        ["image", "img", "picture", "logo", "icon", "spacer", "photo", "изображение", "картинка", "рисунок", "логотип", "фото", "inline image", "cid:"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The description in brackets, an emoji as it is, or null.</summary>
    internal static string? Of(HtmlNode image)
    {
        var text = image["alt"]?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || image["width"] is "0" or "1" || image["height"] is "0" or "1") return null;
        if (text.Length <= 8 && !text.Any(char.IsLetterOrDigit)) return text.Any(c => c > 0xFF) ? text : null;
        if (!text.Any(char.IsLetterOrDigit) || Empty.Contains(text.TrimEnd("0123456789 _-".ToCharArray())) || text.AsSpan().ContainsAny(Generated)) return null;
        return $"[{text}]";
    }
}
