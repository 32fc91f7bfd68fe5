namespace MailDesk.Worker.Letters;

/// <summary>What people say in the samples, in each language.</summary>
internal sealed record SampleWords
{
    public required string Client { get; init; }

    public required string Organisation { get; init; }

    public required string Service { get; init; }

    public required string OtherService { get; init; }

    public required string Engineer { get; init; }

    public required string Colleague { get; init; }

    public required string Subject { get; init; }

    public required string Request { get; init; }

    public required string Question { get; init; }

    public required string Reply { get; init; }

    public required string Answer { get; init; }

    public required string Objection { get; init; }

    public required string Reason { get; init; }

    public required string Remark { get; init; }

    public required string ThirdParty { get; init; }

    public required string NotSupported { get; init; }

    public required string PlannedWork { get; init; }

    public static SampleWords Of(string language) => language switch
    {
        "be" => Belarusian,
        "en" => English,
        _ => Russian,
    };

    private static SampleWords Russian { get; } = new()
    {
        Client = "Анна Ковалёва",
        Organisation = "ООО «Ромашка»",
        Service = "Виртуальный сервер",
        OtherService = "Почта",
        Engineer = "Иван Петров",
        Colleague = "Ольга Сидоренко",
        Subject = "Сайт открывается с ошибкой 502",
        Request = "Добрый день!\n\nС 15:20 сайт https://romashka.example/ отвечает «502 Bad Gateway» примерно на каждый второй запрос.\nСервер web-2, перезапуск не помог.",
        Question = "Анна, добрый день!\n\nВ журнале web-2 видно, что база данных отклоняет соединения. Меняли ли вы сегодня её настройки?\nПришлите, пожалуйста, строки с max_connections из postgresql.conf.",
        Reply = "Да, утром уменьшили max_connections до 50.\n\n    max_connections = 50\n    shared_buffers = 4GB",
        Answer = "Анна, добрый день!\n\nМы вернули max_connections = 200 и перезапустили базу в 16:35, ошибок 502 с этого времени нет.\nКак подобрать значение: https://www.postgresql.org/docs/current/runtime-config-connection.html",
        Objection = "Ошибка снова появилась: за последние десять минут четыре раза.",
        Reason = "по уточнённым данным не работает половина сайта",
        Remark = "посмотрите, пожалуйста, со стороны базы данных",
        ThirdParty = "Производитель оборудования проверяет нашу заявку на замену контроллера. Ответ обещан в среду.",
        NotSupported = "Сбой вызван расширением сайта, которое вы установили сами. Обратитесь, пожалуйста, к его разработчику; журнал с ошибкой приложен.",
        PlannedWork = "замена дискового массива",
    };

    private static SampleWords Belarusian { get; } = new()
    {
        Client = "Ганна Кавалёва",
        Organisation = "ТАА «Рамонак»",
        Service = "Віртуальны сервер",
        OtherService = "Пошта",
        Engineer = "Іван Пятроў",
        Colleague = "Вольга Сідарэнка",
        Subject = "Сайт адкрываецца з памылкай 502",
        Request = "Добры дзень!\n\nЗ 15:20 сайт https://romashka.example/ адказвае «502 Bad Gateway» прыкладна на кожны другі запыт.\nСервер web-2, перазапуск не дапамог.",
        Question = "Ганна, добры дзень!\n\nУ журнале web-2 відаць, што база даных адхіляе злучэнні. Ці мянялі вы сёння яе налады?\nДашліце, калі ласка, радкі з max_connections з postgresql.conf.",
        Reply = "Так, раніцай паменшылі max_connections да 50.\n\n    max_connections = 50\n    shared_buffers = 4GB",
        Answer = "Ганна, добры дзень!\n\nМы вярнулі max_connections = 200 і перазапусцілі базу ў 16:35, памылак 502 з гэтага часу няма.\nЯк падабраць значэнне: https://www.postgresql.org/docs/current/runtime-config-connection.html",
        Objection = "Памылка зноў з'явілася: за апошнія дзесяць хвілін чатыры разы.",
        Reason = "паводле ўдакладненых звестак не працуе палова сайта",
        Remark = "паглядзіце, калі ласка, з боку базы даных",
        ThirdParty = "Вытворца абсталявання правярае нашу заяўку на замену кантролера. Адказ абяцалі ў сераду.",
        NotSupported = "Збой выклікала пашырэнне сайта, якое вы ўсталявалі самі. Звярніцеся, калі ласка, да яго распрацоўшчыка; журнал з памылкай прыкладзены.",
        PlannedWork = "замена дыскавага масіва",
    };

    private static SampleWords English { get; } = new()
    {
        Client = "Anna Kovaleva",
        Organisation = "Daisy Ltd",
        Service = "Virtual server",
        OtherService = "Mail",
        Engineer = "Ivan Petrov",
        Colleague = "Olga Sidorenko",
        Subject = "The site answers with error 502",
        Request = "Good afternoon,\n\nSince 15:20 our site https://romashka.example/ has answered about every second request with \"502 Bad Gateway\".\nThe server is web-2; a restart did not help.",
        Question = "Good afternoon Anna,\n\nThe log of web-2 shows that the database refuses connections. Did you change its settings today?\nPlease send us the lines with max_connections from postgresql.conf.",
        Reply = "Yes, we lowered max_connections to 50 this morning.\n\n    max_connections = 50\n    shared_buffers = 4GB",
        Answer = "Good afternoon Anna,\n\nWe set max_connections back to 200 and restarted the database at 16:35. There have been no 502 errors since.\nHow to choose the value: https://www.postgresql.org/docs/current/runtime-config-connection.html",
        Objection = "The error is back: four times in the last ten minutes.",
        Reason = "as we now know, half of the site is down",
        Remark = "please look at the database side",
        ThirdParty = "The manufacturer is checking our claim for a new controller. Their answer is promised for Wednesday.",
        NotSupported = "The failure comes from a site extension that you installed yourselves. Please turn to its developer; the log with the error is attached.",
        PlannedWork = "replacement of the disk array",
    };
}
