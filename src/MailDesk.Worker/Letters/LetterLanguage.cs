using System.Collections.Frozen;
using System.Globalization;

namespace MailDesk.Worker.Letters;

/// <summary>What the code has to know of a language; all other words are in the templates.</summary>
internal sealed record LetterLanguage
{
    public required string Code { get; init; }

    public required CultureInfo Culture { get; init; }

    /// <summary>The line that begins every letter; quotation below it is dropped from replies (MAIL.md §5).</summary>
    public required string Marker { get; init; }

    /// <summary>What the confirm link writes; understood as a confirmation (rule 7.2).</summary>
    public required string Confirm { get; init; }

    /// <summary>What the link writes that refuses a change of persons (rule 5.7).</summary>
    public required string Refuse { get; init; }

    /// <summary>What the "not solved" link writes: an objection that the client completes (rule 7.1).</summary>
    public required string NotSolved { get; init; }

    public required string CategoryLabel { get; init; }

    public required string ImpactLabel { get; init; }

    public required string UrgencyLabel { get; init; }

    public required string PriorityLabel { get; init; }

    public required string ServiceLabel { get; init; }

    /// <summary>Words that the desk reads in a labelled line, in the order of the enumeration, as are those of the other two.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<string> Impacts { get; init; }

    public required IReadOnlyList<string> Urgencies { get; init; }

    /// <summary>Date after the weekday, in .NET's format.</summary>
    public required string DatePattern { get; init; }

    /// <summary>Weekdays from Sunday as they stand after "by" and "in the course of"; .NET knows the nominative only.</summary>
    public required IReadOnlyList<string> WeekdaysAfterBy { get; init; }

    /// <summary>Cities of time zones, by the last part of the IANA name; one that is missing is written as it stands there.</summary>
    public FrozenDictionary<string, string> Cities { get; init; } = FrozenDictionary<string, string>.Empty;

    public static LetterLanguage Russian { get; } = new()
    {
        Code = "ru",
        Culture = CultureInfo.GetCultureInfo("ru-RU"),
        Marker = "Пишите ответ выше этой строки",
        Confirm = "Подтверждаю",
        Refuse = "Отклоняю",
        NotSolved = "Не решено. Что осталось: ",
        CategoryLabel = "Категория",
        ImpactLabel = "Влияние",
        UrgencyLabel = "Срочность",
        PriorityLabel = "Приоритет",
        ServiceLabel = "Услуга",
        Categories = ["инцидент", "техподдержка", "изменение услуги", "обслуживание"],
        Impacts = ["полное", "значительное", "частичное", "плановое"],
        Urgencies = ["высокая", "обычная", "низкая"],
        DatePattern = "d MMMM yyyy 'г.'",
        WeekdaysAfterBy = ["воскресенья", "понедельника", "вторника", "среды", "четверга", "пятницы", "субботы"],
        Cities = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Minsk"] = "Минск",
            ["Moscow"] = "Москва",
            ["Kaliningrad"] = "Калининград",
            ["Vilnius"] = "Вильнюс",
            ["Riga"] = "Рига",
            ["Tallinn"] = "Таллин",
            ["Warsaw"] = "Варшава",
            ["Kyiv"] = "Киев",
            ["Kiev"] = "Киев",
            ["Berlin"] = "Берлин",
            ["London"] = "Лондон",
            ["Tbilisi"] = "Тбилиси",
            ["Yerevan"] = "Ереван",
            ["Baku"] = "Баку",
            ["Almaty"] = "Алматы",
            ["Tashkent"] = "Ташкент",
            ["Dubai"] = "Дубай",
        }.ToFrozenDictionary(StringComparer.Ordinal),
    };

    public static LetterLanguage Belarusian { get; } = new()
    {
        Code = "be",
        Culture = CultureInfo.GetCultureInfo("be-BY"),
        Marker = "Пішыце адказ вышэй за гэты радок",
        Confirm = "Пацвярджаю",
        Refuse = "Адхіляю",
        NotSolved = "Не вырашана. Што засталося: ",
        CategoryLabel = "Катэгорыя",
        ImpactLabel = "Уплыў",
        UrgencyLabel = "Тэрміновасць",
        PriorityLabel = "Прыярытэт",
        ServiceLabel = "Паслуга",
        Categories = ["інцыдэнт", "тэхпадтрымка", "змяненне паслугі", "абслугоўванне"],
        Impacts = ["поўны", "значны", "частковы", "планавы"],
        Urgencies = ["высокая", "звычайная", "нізкая"],
        DatePattern = "d MMMM yyyy 'г.'",
        WeekdaysAfterBy = ["нядзелі", "панядзелка", "аўторка", "серады", "чацвярга", "пятніцы", "суботы"],
        Cities = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Minsk"] = "Мінск",
            ["Moscow"] = "Масква",
            ["Kaliningrad"] = "Калінінград",
            ["Vilnius"] = "Вільнюс",
            ["Riga"] = "Рыга",
            ["Tallinn"] = "Талін",
            ["Warsaw"] = "Варшава",
            ["Kyiv"] = "Кіеў",
            ["Kiev"] = "Кіеў",
            ["Berlin"] = "Берлін",
            ["London"] = "Лондан",
            ["Tbilisi"] = "Тбілісі",
            ["Yerevan"] = "Ерэван",
            ["Baku"] = "Баку",
            ["Almaty"] = "Алматы",
            ["Tashkent"] = "Ташкент",
            ["Dubai"] = "Дубай",
        }.ToFrozenDictionary(StringComparer.Ordinal),
    };

    public static LetterLanguage English { get; } = new()
    {
        Code = "en",
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Marker = "Please reply above this line",
        Confirm = "Confirm",
        Refuse = "Refuse",
        NotSolved = "Not solved. What is left: ",
        CategoryLabel = "Category",
        ImpactLabel = "Impact",
        UrgencyLabel = "Urgency",
        PriorityLabel = "Priority",
        ServiceLabel = "Service",
        Categories = ["incident", "support", "change", "service"],
        Impacts = ["full", "major", "partial", "planned"],
        Urgencies = ["high", "normal", "low"],
        DatePattern = "d MMMM yyyy",
        WeekdaysAfterBy = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    };

    public static IReadOnlyList<LetterLanguage> All { get; } = [Russian, Belarusian, English];

    /// <summary>The language of a code in the directory; Russian for one that the desk does not speak.</summary>
    public static LetterLanguage Of(string code) => All.FirstOrDefault(l => l.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) ?? Russian;
}
