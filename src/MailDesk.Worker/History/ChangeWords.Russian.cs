using MailDesk.Domain;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.History;

internal sealed partial record ChangeWords
{
    private static ChangeWords Russian { get; } = new()
    {
        Tables = ReportWords.Of("ru"),
        Kinds = new Dictionary<TicketEventKind, string>
        {
            [TicketEventKind.Registered] = "регистрация",
            [TicketEventKind.StateChanged] = "состояние",
            [TicketEventKind.Reacted] = "работа начата",
            [TicketEventKind.EngineerChanged] = "исполнитель",
            [TicketEventKind.PriorityChanged] = "приоритет",
            [TicketEventKind.CategoryChanged] = "категория",
            [TicketEventKind.ClientWrote] = "письмо от клиента",
            [TicketEventKind.EngineerWrote] = "письмо клиенту",
            [TicketEventKind.NoteAdded] = "заметка",
            [TicketEventKind.Completed] = "работа завершена",
            [TicketEventKind.Reopened] = "возвращение в работу по возражению",
            [TicketEventKind.Closed] = "закрытие",
            [TicketEventKind.DeadlineAhead] = "скоро истечёт срок",
            [TicketEventKind.DeadlineMissed] = "срок нарушен",
            [TicketEventKind.ClientReminded] = "клиенту отправлено напоминание",
            [TicketEventKind.PriorityLowered] = "приоритет понижен: 1 и 2 бывают только у инцидентов",
            [TicketEventKind.ServiceChanged] = "услуга",
            [TicketEventKind.CorrectionKept] = "исправление клиента не принято, осталось решение инженера",
            [TicketEventKind.SplitOff] = "отдельные вопросы зарегистрированы как",
            [TicketEventKind.Merged] = "объединение, разговор продолжается в",
            [TicketEventKind.Absorbed] = "объединение, сюда перешла переписка из",
            [TicketEventKind.Linked] = "связь с",
            [TicketEventKind.RequesterChanged] = "заявитель",
            [TicketEventKind.SeverityChanged] = "влияние и срочность",
            [TicketEventKind.DatePromised] = "обещанный срок",
            [TicketEventKind.KindChanged] = "перенос",
            [TicketEventKind.ProgressTold] = "заявителю отправлено письмо о ходе рассмотрения",
            [TicketEventKind.ThirdPartyReminded] = "исполнителю напомнили о третьей стороне",
            [TicketEventKind.OutsiderWrote] = "написал посторонний, письмо удержано",
            [TicketEventKind.WriterAccepted] = "письмо принято, в переписке теперь участвует",
            [TicketEventKind.WriterRejected] = "отклонено письмо от",
            [TicketEventKind.ClientNamed] = "клиент",
            [TicketEventKind.TeamChanged] = "группа",
            [TicketEventKind.PersonChangeAsked] = "просьба изменить список лиц клиента",
            [TicketEventKind.PersonChanged] = "изменён список лиц клиента",
            [TicketEventKind.ParticipantRemoved] = "больше не участвует в переписке",
        },
        Impacts = ["услуга не работает", "значительная часть функций", "отдельные функции", "плановые работы"],
        Urgencies = ["высокая", "обычная", "низкая"],
        ClientSaid = ["текст", "подтверждение", "благодарность", "исправление", "пустое", "автоматический ответ"],
        Series = ["запросы", "претензии"],
        Origins = ["письмо клиента", "по телефону", "переслано инженером", "часть другого запроса"],
        PersonChanges = ["добавить", "удалить"],
        PersonProblems =
        [
            "", "адрес не указан", "уже в списке", "в списке нет", "адрес занят", "последний человек в списке", "адрес назван дважды", "слишком много изменений в одном письме",
        ],
        Letters = new Dictionary<LetterKind, string>
        {
            [LetterKind.Answer] = "ответ",
            [LetterKind.Question] = "вопрос",
            [LetterKind.ThirdParty] = "ждём третью сторону",
            [LetterKind.DatePromised] = "обещан срок",
            [LetterKind.ComplaintProgress] = "ход рассмотрения претензии",
        },
        Deadlines = new Dictionary<DeadlineKind, string>
        {
            [DeadlineKind.Reaction] = "реакция",
            [DeadlineKind.Execution] = "выполнение",
            [DeadlineKind.Term] = "рассмотрение или обещанный срок",
            [DeadlineKind.Progress] = "сообщение о ходе рассмотрения",
        },
        Sources = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["category"] = "категория",
            ["impact"] = "влияние",
            ["urgency"] = "срочность",
            ["priority"] = "приоритет",
            ["service"] = "услуга",
            ["tag"] = "метка в теме",
            ["line"] = "строка в тексте",
            ["header"] = "важность письма",
            ["rule"] = "правило",
        },
        StartsService = "подключение",
        ByPhone = "по телефону",
        Desk = "система",
    };
}
