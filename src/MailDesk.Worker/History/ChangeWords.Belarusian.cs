using MailDesk.Domain;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.History;

internal sealed partial record ChangeWords
{
    private static ChangeWords Belarusian { get; } = new()
    {
        Tables = ReportWords.Of("be"),
        Kinds = new Dictionary<TicketEventKind, string>
        {
            [TicketEventKind.Registered] = "рэгістрацыя",
            [TicketEventKind.StateChanged] = "стан",
            [TicketEventKind.Reacted] = "работа пачата",
            [TicketEventKind.EngineerChanged] = "выканаўца",
            [TicketEventKind.PriorityChanged] = "прыярытэт",
            [TicketEventKind.CategoryChanged] = "катэгорыя",
            [TicketEventKind.ClientWrote] = "ліст ад кліента",
            [TicketEventKind.EngineerWrote] = "ліст кліенту",
            [TicketEventKind.NoteAdded] = "нататка",
            [TicketEventKind.Completed] = "работа завершана",
            [TicketEventKind.Reopened] = "вяртанне ў работу пасля пярэчання",
            [TicketEventKind.Closed] = "закрыццё",
            [TicketEventKind.DeadlineAhead] = "хутка скончыцца тэрмін",
            [TicketEventKind.DeadlineMissed] = "тэрмін парушаны",
            [TicketEventKind.ClientReminded] = "кліенту адпраўлены напамін",
            [TicketEventKind.PriorityLowered] = "прыярытэт зніжаны: 1 і 2 бываюць толькі ў інцыдэнтаў",
            [TicketEventKind.ServiceChanged] = "паслуга",
            [TicketEventKind.CorrectionKept] = "выпраўленне кліента не прынята, засталося рашэнне інжынера",
            [TicketEventKind.SplitOff] = "асобныя пытанні зарэгістраваны як",
            [TicketEventKind.Merged] = "аб’яднанне, размова працягваецца ў",
            [TicketEventKind.Absorbed] = "аб’яднанне, сюды перайшла перапіска з",
            [TicketEventKind.Linked] = "сувязь з",
            [TicketEventKind.RequesterChanged] = "заяўнік",
            [TicketEventKind.SeverityChanged] = "уплыў і тэрміновасць",
            [TicketEventKind.DatePromised] = "абяцаны тэрмін",
            [TicketEventKind.KindChanged] = "перанос",
            [TicketEventKind.ProgressTold] = "заяўніку адпраўлены ліст пра ход разгляду",
            [TicketEventKind.ThirdPartyReminded] = "выканаўцу нагадалі пра трэці бок",
            [TicketEventKind.OutsiderWrote] = "напісаў пабочны, ліст затрыманы",
            [TicketEventKind.WriterAccepted] = "ліст прыняты, у перапісцы цяпер удзельнічае",
            [TicketEventKind.WriterRejected] = "адхілены ліст ад",
            [TicketEventKind.ClientNamed] = "кліент",
            [TicketEventKind.TeamChanged] = "група",
            [TicketEventKind.PersonChangeAsked] = "просьба змяніць спіс асоб кліента",
            [TicketEventKind.PersonChanged] = "зменены спіс асоб кліента",
            [TicketEventKind.ParticipantRemoved] = "больш не ўдзельнічае ў перапісцы",
        },
        Impacts = ["паслуга не працуе", "значная частка функцый", "асобныя функцыі", "планавыя работы"],
        Urgencies = ["высокая", "звычайная", "нізкая"],
        ClientSaid = ["тэкст", "пацвярджэнне", "падзяка", "выпраўленне", "пусты", "аўтаматычны адказ"],
        Series = ["запыты", "прэтэнзіі"],
        Origins = ["ліст кліента", "па тэлефоне", "пераслана інжынерам", "частка іншага запыту"],
        PersonChanges = ["дадаць", "выдаліць"],
        PersonProblems =
        [
            "", "адрас не пазначаны", "ужо ў спісе", "у спісе няма", "адрас заняты", "апошні чалавек у спісе", "адрас названы двойчы", "занадта шмат змен у адным лісце",
        ],
        Letters = new Dictionary<LetterKind, string>
        {
            [LetterKind.Answer] = "адказ",
            [LetterKind.Question] = "пытанне",
            [LetterKind.ThirdParty] = "чакаем трэці бок",
            [LetterKind.DatePromised] = "абяцаны тэрмін",
            [LetterKind.ComplaintProgress] = "ход разгляду прэтэнзіі",
        },
        Deadlines = new Dictionary<DeadlineKind, string>
        {
            [DeadlineKind.Reaction] = "рэакцыя",
            [DeadlineKind.Execution] = "выкананне",
            [DeadlineKind.Term] = "разгляд або абяцаны тэрмін",
            [DeadlineKind.Progress] = "паведамленне пра ход разгляду",
        },
        Sources = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["category"] = "катэгорыя",
            ["impact"] = "уплыў",
            ["urgency"] = "тэрміновасць",
            ["priority"] = "прыярытэт",
            ["service"] = "паслуга",
            ["tag"] = "метка ў тэме",
            ["line"] = "радок у тэксце",
            ["header"] = "важнасць ліста",
            ["rule"] = "правіла",
        },
        StartsService = "падключэнне",
        ByPhone = "па тэлефоне",
        Desk = "сістэма",
    };
}
