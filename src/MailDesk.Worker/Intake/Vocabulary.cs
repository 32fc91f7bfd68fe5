using System.Collections.Frozen;
using System.Text;
using MailDesk.Domain;

namespace MailDesk.Worker.Intake;

/// <summary>
/// The words by which people name categories, impacts, urgencies and priorities, in Russian, Belarusian and English. One vocabulary for
/// subject tags, labelled lines and engineers' commands.
/// </summary>
public static class Vocabulary
{
    private static readonly FrozenDictionary<string, Category> Categories = Words<Category>(
        (Category.Incident, "incident, инцидент, авария, сбой, інцыдэнт, аварыя, збой"),
        (Category.TechnicalSupport, "support, technical support, техподдержка, техническая поддержка, поддержка, консультация, тэхпадтрымка, тэхнічная падтрымка, падтрымка, кансультацыя"),
        (Category.ServiceChange, "change, service change, изменение, изменение услуги, запрос на изменение, змяненне, змена, змяненне паслугі"),
        (Category.Service, "service, service request, servicing, обслуживание, запрос на обслуживание, абслугоўванне, бухгалтерия, бухгалтэрыя"));

    private static readonly FrozenSet<string> ServiceStarts =
        Split("service-start, service start, запуск, запуск услуги, начало оказания услуги, подключение, запуск паслугі, падключэнне").ToFrozenSet();

    private static readonly FrozenDictionary<string, Impact> Impacts = Words<Impact>(
        (Impact.ServiceDown, "down, full, total, service down, полное, полностью, услуга не работает, поўны, поўнае, цалкам, паслуга не працуе"),
        (Impact.MajorLoss, "major, considerable, значительное, существенное, большое, значительная часть функций, major loss of function, значны, значнае, істотнае, значная частка функцый"),
        (Impact.MinorLoss, "minor, partial, small, частичное, незначительное, малое, небольшое, отдельные функции, some functions affected, частковы, частковае, нязначны, нязначнае, асобныя функцыі"),
        (Impact.Planned, "planned, planned work, плановое, планируемое, плановые работы, планавы, планавае, планавыя работы"));

    private static readonly FrozenDictionary<string, Urgency> Urgencies = Words<Urgency>(
        (Urgency.High, "high, urgent, высокая, срочно, высокий, срочный, высокая срочность, высокі, тэрмінова"),
        (Urgency.Normal, "normal, нормальная, обычная, средняя, нармальная, звычайная, сярэдняя"),
        (Urgency.Low, "low, низкая, несрочно, нізкая, нетэрмінова"));

    private static readonly FrozenDictionary<string, Priority> Priorities = Words<Priority>(
        (Priority.Critical, "1, p1, critical, критический, критичный, крытычны"),
        (Priority.High, "2, p2, high, высокий, высокі"),
        (Priority.Medium, "3, p3, medium, средний, сярэдні"),
        (Priority.Low, "4, p4, low, низкий, нізкі"),
        (Priority.Planned, "5, p5, planned, планируемый, плановый, планавы, запланаваны"));

    public static Category? FindCategory(string words) => Find(Categories, words);

    /// <summary>Whether the words ask for a service to be started (rule 5.6).</summary>
    public static bool IsServiceStart(string words) => ServiceStarts.Contains(Normalise(words));

    public static Impact? FindImpact(string words) => Find(Impacts, words);

    public static Urgency? FindUrgency(string words) => Find(Urgencies, words);

    public static Priority? FindPriority(string words) => Find(Priorities, words);

    /// <summary>Lower case, ё as е, one space between words, no quotes or full stop around.</summary>
    public static string Normalise(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var c in words.Trim(' ', '\t', '\u00A0', '.', '!', ',', ';', '"', '«', '»', '\''))
        {
            if (char.IsWhiteSpace(c))
            {
                if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            }
            else
            {
                text.Append(char.ToLowerInvariant(c) is var lower && lower == 'ё' ? 'е' : lower);
            }
        }

        return text.ToString();
    }

    private static T? Find<T>(FrozenDictionary<string, T> words, string text) where T : struct =>
        words.TryGetValue(Normalise(text), out var found) ? found : null;

    private static FrozenDictionary<string, T> Words<T>(params ReadOnlySpan<(T Value, string Words)> entries)
    {
        Dictionary<string, T> words = [];
        foreach (var (value, list) in entries)
        {
            foreach (var word in Split(list)) words.TryAdd(word, value);
        }

        return words.ToFrozenDictionary();
    }

    private static string[] Split(string list) => list.Split(", ");
}
