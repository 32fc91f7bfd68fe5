using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>Whether what is left of a reply is the reply.</summary>
internal static class Remainder
{
    private const int MaxPointer = 300;

    private static readonly SearchValues<string> Pointers = SearchValues.Create(
        [
            " ниже", "см.ниже", "по тексту", "в тексте", "красным", "синим", "зеленым", "зелёным", "ніжэй", "у тэксце", "чырвоным", "below", "inline", "in-line", "in line", "in red", "in blue", "in green",
            "poniżej", "w tekście", "siehe unten",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Greetings =
    [
        "здравствуйте", "добрый день", "добрый вечер", "доброе утро", "доброго дня", "привет", "коллеги", "уважаемые коллеги", "добры дзень", "добры вечар", "вітаю", "прывітанне", "hi", "hello", "dear",
        "good morning", "good day", "good afternoon", "hallo", "guten tag", "dzień dobry",
    ];

    /// <summary>False for nothing but signs, for a mere greeting, and for a note that the answers stand in the quotation.</summary>
    internal static bool SaysSomething(string text, bool cut)
    {
        if (!HasSense(text)) return false;
        return !cut || !(IsGreeting(text) || (text.Length <= MaxPointer && text.AsSpan().ContainsAny(Pointers)));
    }

    /// <summary>A letter, a digit, an emoji.</summary>
    private static bool HasSense(string text)
    {
        foreach (var c in text)
        {
            if (char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.OtherSymbol) return true;
        }

        return false;
    }

    private static bool IsGreeting(string text)
    {
        if (text.Length > 60 || text[^1] is not (',' or '!')) return false;
        var greeting = Array.Find(Greetings, g => text.StartsWith(g, StringComparison.OrdinalIgnoreCase));
        if (greeting is null) return false;
        var name = text[greeting.Length..].Split([' ', ',', '!', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return name.Length <= 2 && name.All(word => char.IsUpper(word[0]));
    }
}
