using System.Collections.Frozen;
using MailDesk.Domain;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Tells what a client's new text amounts to (rules 7.1, 7.2). Only a text that is nothing but the known words is a confirmation or thanks;
/// anything more is text that a person must read.
/// </summary>
public static class ClientWordsReader
{
    private const int LongestShortReply = 300;

    /// <summary>In words.</summary>
    private const int LongestName = 3;

    private static readonly FrozenSet<string> Confirmations = Phrases(
        "подтверждаю, подтверждаем, да, да решено, решено, все решено, да все решено, вопрос решен, проблема решена, подтверждаю решение, да подтверждаю, можно закрывать, закрывайте, " +
        "да все работает, все работает, да работает, заработало, все заработало, " +
        "confirm, confirmed, i confirm, yes, yes solved, solved, yes it is solved, resolved, yes resolved, it works, it works now, you can close it, please close, " +
        "пацвярджаю, пацвярджаем, так, так вырашана, вырашана, усе вырашана, пытанне вырашана, праблема вырашана, можна закрываць, усе працуе, так працуе");

    /// <summary>A sentence of these words alone, one of <see cref="ThankWords"/> among them, is thanks: there are too many to list.</summary>
    private static readonly FrozenSet<string> WordsOfThanks = Phrases(
        "большое, огромное, вам, вас, всем, за, помощь, ответ, быстрый, быструю, оперативность, оперативный, реакцию, работу, поддержку, очень, " +
        "you, many, a, lot, very, much, so, for, your, the, help, quick, fast, answer, reply, response, support, work, " +
        "вялікі, вялікае, шчыры, усім, дапамогу, адказ, хуткі, хуткую, рэакцыю, працу, падтрымку");

    private static readonly FrozenSet<string> ThankWords = Phrases("спасибо, благодарю, благодарим, thanks, thank, thx, дзякуй, дзякую, дзякуем");

    private static readonly FrozenSet<string> Courtesies = Phrases(
        "здравствуйте, добрый день, доброе утро, добрый вечер, hello, hi, good morning, good afternoon, добры дзень, вітаю, прывітанне");

    private static readonly string[] SignOffs = ["с уважением", "всего доброго", "best regards", "kind regards", "regards", "sincerely", "з павагай"];

    public static ClientWords Read(string newText)
    {
        if (string.IsNullOrWhiteSpace(newText)) return ClientWords.Empty;
        if (newText.Length > LongestShortReply) return ClientWords.Text;

        var (confirms, thanks) = (false, false);
        List<string> sentences = [.. Sentences(newText)];
        var signOff = sentences.FindIndex(IsSignOff);
        foreach (var sentence in signOff < 0 ? sentences : sentences[..signOff])
        {
            if (Confirmations.Contains(sentence)) confirms = true;
            else if (IsThanks(sentence)) thanks = true;
            else if (!Courtesies.Contains(sentence)) return ClientWords.Text;
        }

        if (confirms) return ClientWords.Confirmation;
        if (thanks) return ClientWords.Thanks;

        // Nothing but a greeting, or a sign-off and a name.
        return signOff < 0 || WordsIn(string.Join(' ', sentences[(signOff + 1)..])) <= LongestName ? ClientWords.Empty : ClientWords.Text;
    }

    /// <summary>"Best regards", with or without the name behind it; what follows is the writer's.</summary>
    private static bool IsSignOff(string sentence) => SignOffs.Any(signOff =>
        sentence.StartsWith(signOff, StringComparison.Ordinal) && WordsIn(sentence[signOff.Length..]) <= LongestName);

    private static int WordsIn(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Pieces between full stops, exclamation marks and line ends; a comma separates when the parts are known, else it joins.</summary>
    private static IEnumerable<string> Sentences(string text)
    {
        foreach (var piece in text.Split(['.', '!', '\n', '\r', ';', ')', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            var whole = Vocabulary.Normalise(piece.Replace(",", " ", StringComparison.Ordinal).Replace(" - ", " ", StringComparison.Ordinal));
            if (whole.Length == 0) continue;
            if (IsKnown(whole) || !piece.Contains(',', StringComparison.Ordinal))
            {
                yield return whole;
                continue;
            }

            foreach (var part in piece.Split(',', StringSplitOptions.RemoveEmptyEntries)) yield return Vocabulary.Normalise(part);
        }
    }

    private static bool IsKnown(string sentence) => Confirmations.Contains(sentence) || IsThanks(sentence) || Courtesies.Contains(sentence);

    private static bool IsThanks(string sentence) =>
        sentence.Split(' ') is var words && words.Any(ThankWords.Contains) && words.All(word => ThankWords.Contains(word) || WordsOfThanks.Contains(word));

    private static FrozenSet<string> Phrases(string list) => list.Split(", ").ToFrozenSet();
}
