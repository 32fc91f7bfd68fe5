using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MailDesk.Worker.Commands;

/// <summary>The words for each command, English and Russian (MAIL.md §6).</summary>
internal static class CommandVerbs
{
    private static readonly FrozenDictionary<string, string> Verbs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["take"] = "take",
        ["взять"] = "take",
        ["assign"] = "assign",
        ["назначить"] = "assign",
        ["reply"] = "reply",
        ["ответ"] = "reply",
        ["ask"] = "ask",
        ["вопрос"] = "ask",
        ["note"] = "note",
        ["заметка"] = "note",
        ["wait"] = "wait",
        ["ждем"] = "wait",
        ["done"] = "done",
        ["готово"] = "done",
        ["unsupported"] = "unsupported",
        ["неподдерживаемое"] = "unsupported",
        ["priority"] = "priority",
        ["приоритет"] = "priority",
        ["impact"] = "impact",
        ["влияние"] = "impact",
        ["urgency"] = "urgency",
        ["срочность"] = "urgency",
        ["category"] = "category",
        ["категория"] = "category",
        ["service"] = "service",
        ["услуга"] = "service",
        ["split"] = "split",
        ["разделить"] = "split",
        ["merge"] = "merge",
        ["объединить"] = "merge",
        ["link"] = "link",
        ["связать"] = "link",
        ["phone"] = "phone",
        ["телефон"] = "phone",
        ["from"] = "from",
        ["от"] = "from",
        ["accept"] = "accept",
        ["принять"] = "accept",
        ["reject"] = "reject",
        ["отклонить"] = "reject",
        ["complaint"] = "complaint",
        ["претензия"] = "complaint",
        ["request"] = "request",
        ["запрос"] = "request",
        ["due"] = "due",
        ["срок"] = "due",
        ["history"] = "history",
        ["история"] = "history",
        ["list"] = "list",
        ["список"] = "list",
        ["search"] = "search",
        ["найти"] = "search",
        ["report"] = "report",
        ["отчет"] = "report",
        ["dry"] = "dry",
        ["проба"] = "dry",
        ["help"] = "help",
        ["помощь"] = "help",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every verb, for suggestions.</summary>
    public static IEnumerable<string> All => Verbs.Keys;

    public static bool Contains(string verb) => Verbs.ContainsKey(verb);

    /// <param name="verb">Normalised by <see cref="Intake.Vocabulary.Normalise"/>.</param>
    /// <param name="command">The English name of the command.</param>
    public static bool TryFind(string verb, [NotNullWhen(true)] out string? command) => Verbs.TryGetValue(verb, out command);
}
