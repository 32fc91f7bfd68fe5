using MailDesk.Domain;
using MailDesk.Domain.Reporting;

namespace MailDesk.Worker.Reports;

/// <summary>The words of the attached tables in one language; the letter's own are in its template.</summary>
internal sealed record ReportWords
{
    public required string SummarySheet { get; init; }

    public required string RequestsSheet { get; init; }

    public required string MissesSheet { get; init; }

    /// <summary>Headers of the requests' table, in its order.</summary>
    public required IReadOnlyList<string> RequestColumns { get; init; }

    public required IReadOnlyList<string> MissColumns { get; init; }

    public required IReadOnlyList<string> SummaryColumns { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>By number; the first is empty.</summary>
    public required IReadOnlyList<string> Priorities { get; init; }

    public required IReadOnlyList<string> States { get; init; }

    public required IReadOnlyDictionary<Outcome, string> Outcomes { get; init; }

    /// <summary>By <see cref="ClosingReason"/>.</summary>
    public required IReadOnlyList<string> ClosingReasons { get; init; }

    public required string PersonChanges { get; init; }

    /// <summary>By <see cref="LevelVerdict"/>; the first is empty.</summary>
    public required IReadOnlyList<string> Verdicts { get; init; }

    /// <summary>By <see cref="MissedTerm"/>.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    public required string Yes { get; init; }

    public required string Period { get; init; }

    public required string CountedTo { get; init; }

    public required string Client { get; init; }

    public required string Requests { get; init; }

    public required string Complaints { get; init; }

    public required string CarriedOver { get; init; }

    public required string Registered { get; init; }

    public required string Completed { get; init; }

    public required string Open { get; init; }

    public required string Reopened { get; init; }

    public required string ReactionLevel { get; init; }

    public required string ExecutionLevel { get; init; }

    public required string ComplaintTerm { get; init; }

    public required string PlannedWork { get; init; }

    public required string ReactionTime { get; init; }

    public required string ExecutionTime { get; init; }

    public required string Median { get; init; }

    public required string Percentile { get; init; }

    public required string Held { get; init; }

    public required string Accepted { get; init; }

    public required string Rejected { get; init; }

    public required string Waiting { get; init; }

    public string OutcomeOf(Outcome outcome) => Outcomes.GetValueOrDefault(outcome) ?? outcome.ToString();

    public static ReportWords Of(string language) => language switch
    {
        "be" => Belarusian,
        "en" => English,
        _ => Russian,
    };

    private static ReportWords Russian { get; } = new()
    {
        SummarySheet = "Сводка",
        RequestsSheet = "Запросы",
        MissesSheet = "Нарушения сроков",
        RequestColumns =
        [
            "Номер", "Тема", "Клиент", "Категория", "Приоритет", "Состояние", "Исполнитель", "Получен", "Взят в работу", "Срок реакции", "Реакция",
            "Время реакции, мин", "Завершён", "Срок выполнения", "Выполнение", "Время выполнения, мин", "Итог", "Возвращён в работу", "Плановые работы",
        ],
        MissColumns = ["Номер", "Тема", "Клиент", "Приоритет", "Исполнитель", "Что нарушено", "Срок", "Сделано", "Плановые работы"],
        SummaryColumns = ["Раздел", "Показатель", "Значение"],
        Categories = ["инцидент", "техническая поддержка", "изменение услуги", "обслуживание"],
        Priorities = ["", "1, критический", "2, высокий", "3, средний", "4, низкий", "5, планируемый"],
        States = ["зарегистрирован", "в работе", "ждём ответа клиента", "ждём третью сторону", "завершён", "закрыт", "удержан", "отклонён"],
        Outcomes = new Dictionary<Outcome, string>
        {
            [Outcome.Answered] = "ответ дан",
            [Outcome.NoAnswerFromClient] = "ответ от клиента не получен",
            [Outcome.NotSupported] = "не поддерживается",
        },
        ClosingReasons = ["подтверждено клиентом", "возражений в срок не поступило", "вопрос решается в другом запросе", "выполнено сразу"],
        PersonChanges = "Изменения списков лиц клиентов",
        Verdicts = ["", "срок идёт", "в срок", "нарушен"],
        Terms = ["реакция", "выполнение", "рассмотрение претензии"],
        Yes = "да",
        Period = "Отчётный период",
        CountedTo = "Подсчитано по",
        Client = "Клиент",
        Requests = "Запросы",
        Complaints = "Претензии",
        CarriedOver = "Перешло с прошлых месяцев",
        Registered = "Поступило",
        Completed = "Завершено",
        Open = "Открыто на конец периода",
        Reopened = "Возвращено в работу",
        ReactionLevel = "Срок реакции",
        ExecutionLevel = "Срок выполнения",
        ComplaintTerm = "Срок рассмотрения",
        PlannedWork = "Во время плановых работ",
        ReactionTime = "Время реакции, мин",
        ExecutionTime = "Время выполнения, мин",
        Median = "медиана",
        Percentile = "95-й процентиль",
        Held = "Письма неизвестных отправителей",
        Accepted = "Принято",
        Rejected = "Отклонено",
        Waiting = "Ждут решения",
    };

    private static ReportWords Belarusian { get; } = new()
    {
        SummarySheet = "Зводка",
        RequestsSheet = "Запыты",
        MissesSheet = "Парушэнні тэрмінаў",
        RequestColumns =
        [
            "Нумар", "Тэма", "Кліент", "Катэгорыя", "Прыярытэт", "Стан", "Выканаўца", "Атрыманы", "Узяты ў працу", "Тэрмін рэакцыі", "Рэакцыя",
            "Час рэакцыі, хв", "Завершаны", "Тэрмін выканання", "Выкананне", "Час выканання, хв", "Вынік", "Вернуты ў працу", "Планавыя работы",
        ],
        MissColumns = ["Нумар", "Тэма", "Кліент", "Прыярытэт", "Выканаўца", "Што парушана", "Тэрмін", "Зроблена", "Планавыя работы"],
        SummaryColumns = ["Раздзел", "Паказчык", "Значэнне"],
        Categories = ["інцыдэнт", "тэхнічная падтрымка", "змяненне паслугі", "абслугоўванне"],
        Priorities = ["", "1, крытычны", "2, высокі", "3, сярэдні", "4, нізкі", "5, планавы"],
        States = ["зарэгістраваны", "у рабоце", "чакаем адказу кліента", "чакаем трэці бок", "завершаны", "закрыты", "затрыманы", "адхілены"],
        Outcomes = new Dictionary<Outcome, string>
        {
            [Outcome.Answered] = "адказ дадзены",
            [Outcome.NoAnswerFromClient] = "адказ ад кліента не атрыманы",
            [Outcome.NotSupported] = "не падтрымліваецца",
        },
        ClosingReasons = ["пацверджана кліентам", "пярэчанняў у тэрмін не паступіла", "пытанне вырашаецца ў іншым запыце", "выканана адразу"],
        PersonChanges = "Змены спісаў асоб кліентаў",
        Verdicts = ["", "тэрмін ідзе", "у тэрмін", "парушаны"],
        Terms = ["рэакцыя", "выкананне", "разгляд прэтэнзіі"],
        Yes = "так",
        Period = "Справаздачны перыяд",
        CountedTo = "Падлічана па",
        Client = "Кліент",
        Requests = "Запыты",
        Complaints = "Прэтэнзіі",
        CarriedOver = "Перайшло з мінулых месяцаў",
        Registered = "Паступіла",
        Completed = "Завершана",
        Open = "Адкрыта на канец перыяду",
        Reopened = "Вернута ў працу",
        ReactionLevel = "Тэрмін рэакцыі",
        ExecutionLevel = "Тэрмін выканання",
        ComplaintTerm = "Тэрмін разгляду",
        PlannedWork = "Падчас планавых работ",
        ReactionTime = "Час рэакцыі, хв",
        ExecutionTime = "Час выканання, хв",
        Median = "медыяна",
        Percentile = "95-ы працэнтыль",
        Held = "Лісты невядомых адпраўнікоў",
        Accepted = "Прынята",
        Rejected = "Адхілена",
        Waiting = "Чакаюць рашэння",
    };

    private static ReportWords English { get; } = new()
    {
        SummarySheet = "Summary",
        RequestsSheet = "Requests",
        MissesSheet = "Missed deadlines",
        RequestColumns =
        [
            "Number", "Subject", "Client", "Category", "Priority", "State", "Engineer", "Received", "Work began", "Reaction due", "Reaction",
            "Reaction time, min", "Completed", "Execution due", "Execution", "Execution time, min", "Outcome", "Reopened", "Planned work",
        ],
        MissColumns = ["Number", "Subject", "Client", "Priority", "Engineer", "What was missed", "Due", "Done", "Planned work"],
        SummaryColumns = ["Section", "Figure", "Value"],
        Categories = ["incident", "technical support", "service change", "service request"],
        Priorities = ["", "1, critical", "2, high", "3, medium", "4, low", "5, planned"],
        States = ["registered", "in progress", "waiting for the client", "waiting for a third party", "completed", "closed", "held", "rejected"],
        Outcomes = new Dictionary<Outcome, string>
        {
            [Outcome.Answered] = "answered",
            [Outcome.NoAnswerFromClient] = "no answer from the client",
            [Outcome.NotSupported] = "not supported",
        },
        ClosingReasons = ["confirmed by the client", "no objection in time", "answered in another request", "done at once"],
        PersonChanges = "Changes of clients' persons",
        Verdicts = ["", "running", "met", "missed"],
        Terms = ["reaction", "execution", "handling of a complaint"],
        Yes = "yes",
        Period = "Reporting period",
        CountedTo = "Counted up to",
        Client = "Client",
        Requests = "Requests",
        Complaints = "Complaints",
        CarriedOver = "Carried over from earlier months",
        Registered = "Received",
        Completed = "Completed",
        Open = "Open at the end of the period",
        Reopened = "Reopened",
        ReactionLevel = "Reaction time",
        ExecutionLevel = "Execution time",
        ComplaintTerm = "Term of complaints",
        PlannedWork = "During planned work",
        ReactionTime = "Reaction time, min",
        ExecutionTime = "Execution time, min",
        Median = "median",
        Percentile = "95th percentile",
        Held = "Mail from unknown senders",
        Accepted = "Accepted",
        Rejected = "Rejected",
        Waiting = "Waiting for a decision",
    };
}
