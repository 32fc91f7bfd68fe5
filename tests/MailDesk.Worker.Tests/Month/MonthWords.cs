namespace MailDesk.Worker.Tests.Month;

/// <summary>What the people of the month write.</summary>
internal static class MonthWords
{
    private static readonly string[] Impacts = ["полное", "значительное", "частичное", "плановое"];
    private static readonly string[] Urgencies = ["высокая", "обычная", "низкая"];

    public static IReadOnlyList<string> Categories { get; } = ["Incident", "TechnicalSupport", "ServiceChange", "Service"];

    /// <summary>A request without tags whose category is told by its words.</summary>
    public static (string Subject, string Text) Plain(string category, string language) => (category, language) switch
    {
        ("Incident", "en") => ("Our site is down", "Hello,\n\nour site has been unavailable since this morning."),
        ("Incident", "be") => ("Не працуе сайт", "Добры дзень!\n\nЗ раніцы не адкрываецца сайт."),
        ("Incident", _) => ("Не работает сайт", "Добрый день!\n\nС утра не открывается сайт компании."),
        ("Service", "en") => ("Invoice for October", "Hello,\n\nplease send us the invoice for October."),
        ("Service", "be") => ("Рахунак за кастрычнік", "Добры дзень!\n\nДашліце, калі ласка, рахунак за кастрычнік."),
        ("Service", _) => ("Счёт за октябрь", "Добрый день!\n\nПришлите, пожалуйста, счёт за октябрь."),
        ("ServiceChange", "en") => ("Please upgrade our plan", "Hello,\n\nwe need twice the memory."),
        ("ServiceChange", "be") => ("Павялічыць дыск", "Добры дзень!\n\nПавялічце нам, калі ласка, дыск да 200 ГБ."),
        ("ServiceChange", _) => ("Увеличить диск", "Добрый день!\n\nУвеличьте нам, пожалуйста, диск до 200 ГБ."),
        (_, "en") => ("How do I add a mailbox?", "Hello,\n\nwe have a new colleague. How do I add a mailbox?"),
        (_, "be") => ("Як дадаць скрыню?", "Добры дзень!\n\nУ нас новая калега. Як дадаць скрыню?"),
        _ => ("Как добавить ящик?", "Добрый день!\n\nУ нас новая сотрудница. Как добавить почтовый ящик?"),
    };

    /// <summary>The tags that say category, impact and urgency outright (rule 5.9).</summary>
    public static string Tags(string category, int impact, int urgency)
    {
        var word = category switch { "Incident" => "инцидент", "ServiceChange" => "изменение", "Service" => "обслуживание", _ => "поддержка" };
        return $"[{word}] [влияние: {Impacts[impact]}] [срочность: {Urgencies[urgency]}]";
    }

    public static string Confirmation(string language) => language switch { "en" => "Yes, solved", "be" => "Пацвярджаю, дзякуй!", _ => "Подтверждаю, спасибо!" };

    public static string Thanks(string language) => language switch { "en" => "Thank you very much!", "be" => "Дзякуй!", _ => "Спасибо большое!" };

    public static string Objection(string language) => language switch
    {
        "en" => "It worked for ten minutes and then failed again.",
        "be" => "Папрацавала дзесяць хвілін і зноў спынілася.",
        _ => "Десять минут проработало и снова перестало.",
    };

    public static string Answer(string language) => language switch
    {
        "en" => "It says that the connection was refused.",
        "be" => "Піша, што злучэнне не ўсталявана.",
        _ => "Пишет, что соединение не установлено.",
    };

    public static string Addition(string language) => language switch
    {
        "en" => "By the way, it is the same from the other office.",
        "be" => "Дарэчы, з другога офіса тое самае.",
        _ => "Кстати, из другого офиса то же самое.",
    };
}
