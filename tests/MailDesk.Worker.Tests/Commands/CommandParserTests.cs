using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Tests.Commands;

public sealed class CommandParserTests
{
    private static readonly CommandParser Parser = new(TestDesk.People, new DeskSettings());

    [Theory]
    [InlineData("#take", typeof(DeskCommand.Take))]
    [InlineData("#взять", typeof(DeskCommand.Take))]
    [InlineData("#TAKE", typeof(DeskCommand.Take))]
    [InlineData("# take", typeof(DeskCommand.Take))]
    [InlineData("#Взять:", typeof(DeskCommand.Take))]
    [InlineData("#reply", typeof(DeskCommand.Reply))]
    [InlineData("#ответ", typeof(DeskCommand.Reply))]
    [InlineData("#ask", typeof(DeskCommand.Ask))]
    [InlineData("#вопрос", typeof(DeskCommand.Ask))]
    [InlineData("#note", typeof(DeskCommand.Note))]
    [InlineData("#заметка", typeof(DeskCommand.Note))]
    [InlineData("#done", typeof(DeskCommand.Done))]
    [InlineData("#готово", typeof(DeskCommand.Done))]
    [InlineData("#help", typeof(DeskCommand.Help))]
    [InlineData("#помощь", typeof(DeskCommand.Help))]
    [InlineData("\uFEFF#take", typeof(DeskCommand.Take))]
    [InlineData("\u200B#ta\u00ADke\u00A0", typeof(DeskCommand.Take))]
    [InlineData("＃take", typeof(DeskCommand.Take))]
    public void A_verb_is_known_in_both_languages_and_however_it_is_typed(string line, Type command)
    {
        var block = Parser.Parse($"{line}\ntext");

        Assert.True(block.IsValid);
        Assert.IsType(command, Assert.Single(block.Commands));
        Assert.Equal("text", block.Text);
    }

    [Theory]
    [InlineData("#priority 2", Priority.High, null)]
    [InlineData("#приоритет P2 не работает всё", Priority.High, "не работает всё")]
    [InlineData("#priority critical", Priority.Critical, null)]
    [InlineData("#приоритет\u00A0низкий", Priority.Low, null)]
    public void A_priority_is_a_number_or_a_word_and_perhaps_a_reason(string line, Priority priority, string? reason) =>
        Assert.Equal(new DeskCommand.SetPriority(priority, reason), Assert.Single(Parser.Parse(line).Commands));

    [Theory]
    [InlineData("#category incident", Category.Incident, false)]
    [InlineData("#категория «Техническая поддержка»", Category.TechnicalSupport, false)]
    [InlineData("#category service-start", Category.ServiceChange, true)]
    [InlineData("#category service–start", Category.ServiceChange, true)]
    [InlineData("#category “incident”", Category.Incident, false)]
    [InlineData("#категория запуск", Category.ServiceChange, true)]
    public void A_category_is_named_in_words_with_the_dashes_and_quotes_that_programs_put(string line, Category category, bool starts) =>
        Assert.Equal(new DeskCommand.SetCategory(category, starts), Assert.Single(Parser.Parse(line).Commands));

    [Theory]
    [InlineData("#done", null)]
    [InlineData("#done by phone", "phone")]
    [InlineData("#готово по телефону", "phone")]
    [InlineData("#done by Telegram", "telegram")]
    public void Done_says_by_which_means(string line, string? means) =>
        Assert.Equal(new DeskCommand.Done(means), Assert.Single(Parser.Parse(line).Commands));

    [Theory]
    [InlineData("#assign olga@desk.example")]
    [InlineData("#assign <olga@desk.example>")]
    [InlineData("#назначить Мельник")]
    [InlineData("#assign olga")]
    public void An_engineer_is_named_by_address_or_by_what_only_one_has(string line) =>
        Assert.Equal("olga@desk.example", Assert.IsType<DeskCommand.Assign>(Assert.Single(Parser.Parse(line).Commands)).Assignee.Address);

    [Fact]
    public void Every_command_of_the_table_is_read_in_both_languages()
    {
        (string English, string Russian, DeskCommand Command)[] table =
        [
            ("#wait Ждём поставщика", "#ждём Ждём поставщика", new DeskCommand.Wait("Ждём поставщика")),
            ("#wait", "#ждем", new DeskCommand.Wait(null)),
            ("#unsupported", "#неподдерживаемое", new DeskCommand.Unsupported()),
            ("#impact down", "#влияние полное", new DeskCommand.SetImpact(Impact.ServiceDown)),
            ("#urgency high", "#срочность высокая", new DeskCommand.SetUrgency(Urgency.High)),
            ("#service Почта", "#услуга «Почта»", new DeskCommand.SetService("Почта")),
            ("#split", "#разделить", new DeskCommand.Split()),
            ("#merge 1042", "#объединить MD-1042", new DeskCommand.Merge(new TicketNumber(TicketKind.Request, 1042))),
            ("#link MDC-17", "#связать [mdc-17]", new DeskCommand.Link(new TicketNumber(TicketKind.Complaint, 17))),
            ("#phone", "#телефон", new DeskCommand.Phone()),
            ("#reject Реклама", "#отклонить Реклама", new DeskCommand.Reject("Реклама")),
            ("#complaint", "#претензия", new DeskCommand.MakeComplaint()),
            ("#request", "#запрос", new DeskCommand.MakeRequest()),
            ("#due 2026-12-31 15:00 Сделаем", "#срок 31.12.2026 15:00 Сделаем", new DeskCommand.Promise(new DateOnly(2026, 12, 31), new TimeOnly(15, 0), "Сделаем")),
            ("#due 2026-12-31", "#срок 31.12.2026", new DeskCommand.Promise(new DateOnly(2026, 12, 31), null, null)),
            ("#history", "#история", new DeskCommand.History(null)),
            ("#history 1042", "#история № 1042", new DeskCommand.History(new TicketNumber(TicketKind.Request, 1042))),
            ("#list", "#список", new DeskCommand.List(ListKind.Open)),
            ("#list overdue", "#список просроченные", new DeskCommand.List(ListKind.Overdue)),
            ("#search 100% почта", "#найти 100% почта", new DeskCommand.Search("100% почта")),
            ("#report", "#отчёт", new DeskCommand.Report(null, null)),
            ("#report 2026-10", "#отчет 10.2026", new DeskCommand.Report(new DateOnly(2026, 10, 1), null)),
            ("#dry", "#проба", new DeskCommand.Dry()),
        ];

        Assert.All(table, row =>
        {
            Assert.Equal(row.Command, Assert.Single(Parser.Parse($"{row.English}\ntext").Commands));
            Assert.Equal(row.Command, Assert.Single(Parser.Parse($"{row.Russian}\ntext").Commands));
        });
    }

    [Theory]
    [InlineData("#accept ромашка", "ООО «Ромашка»")]
    [InlineData("#принять Other Ltd", "Other Ltd")]
    [InlineData("#accept ООО «Ромашка»", "ООО «Ромашка»")]
    public void A_client_is_named_by_what_only_one_has(string line, string client) =>
        Assert.Equal(client, Assert.IsType<DeskCommand.Accept>(Assert.Single(Parser.Parse(line).Commands)).Client?.Name);

    [Theory]
    [InlineData("#report 2026-10 ромашка", "ООО «Ромашка»")]
    [InlineData("#отчет василёк", "ЗАО «Василёк»")]
    public void A_report_can_be_on_one_client(string line, string client) =>
        Assert.Equal(client, Assert.IsType<DeskCommand.Report>(Assert.Single(Parser.Parse(line).Commands)).Client?.Name);

    [Theory]
    [InlineData("#from anna@client.example")]
    [InlineData("#от Анна Ковалёва <anna@client.example>")]
    public void A_person_is_named_by_address(string line) =>
        Assert.Equal("anna@client.example", Assert.IsType<DeskCommand.From>(Assert.Single(Parser.Parse(line).Commands)).Person.Address);

    [Theory]
    [InlineData("#tkae", TranscriptMeaning.UnknownCommand, "#take")]
    [InlineData("#гатово", TranscriptMeaning.UnknownCommand, "#готово")]
    [InlineData("#xyzzyplugh", TranscriptMeaning.UnknownCommand, "#help")]
    [InlineData("#", TranscriptMeaning.UnknownCommand, "#help")]
    [InlineData("#tаkе", TranscriptMeaning.MixedScripts, "#take")]
    [InlineData("#гoтoвo", TranscriptMeaning.MixedScripts, "#готово")]
    [InlineData("#take now", TranscriptMeaning.ArgumentInvalid, "#take")]
    [InlineData("#done soon", TranscriptMeaning.ArgumentInvalid, "#done by phone")]
    [InlineData("#priority", TranscriptMeaning.ArgumentMissing, "#priority 2")]
    [InlineData("#priority 0", TranscriptMeaning.ArgumentInvalid, "#priority 1 … #priority 5")]
    [InlineData("#assign", TranscriptMeaning.ArgumentMissing, "#assign ivan@desk.example")]
    [InlineData("#assign olag@desk.example", TranscriptMeaning.UnknownEngineer, "#assign olga@desk.example")]
    [InlineData("#assign desk.example", TranscriptMeaning.UnknownEngineer, null)]
    [InlineData("#impact huge", TranscriptMeaning.ArgumentInvalid, "#impact down | major | minor | planned")]
    [InlineData("#urgency", TranscriptMeaning.ArgumentMissing, "#urgency high | normal | low")]
    [InlineData("#merge", TranscriptMeaning.ArgumentMissing, "#merge MD-1042")]
    [InlineData("#merge 0", TranscriptMeaning.ArgumentInvalid, "#merge MD-1042")]
    [InlineData("#merge 99999999999", TranscriptMeaning.ArgumentInvalid, "#merge MD-1042")]
    [InlineData("#from anna", TranscriptMeaning.ArgumentInvalid, "#from anna@client.example")]
    [InlineData("#due 2026-02-30 скоро", TranscriptMeaning.ArgumentInvalid, "#due 2026-12-31 …")]
    [InlineData("#list all", TranscriptMeaning.ArgumentInvalid, "#list mine | open | overdue | waiting | held")]
    [InlineData("#report 2026-13", TranscriptMeaning.ArgumentInvalid, "#report 2026-10")]
    [InlineData("#report 2026-10 Other Lmt", TranscriptMeaning.UnknownClient, "#report 2026-10 Other Ltd")]
    [InlineData("#accept ООО «Ромашко»", TranscriptMeaning.UnknownClient, "#accept ООО «Ромашка»")]
    [InlineData("#search", TranscriptMeaning.ArgumentMissing, "#search …")]
    [InlineData("#split now", TranscriptMeaning.ArgumentInvalid, "#split")]
    public void A_wrong_line_says_what_would_be_right(string line, TranscriptMeaning meaning, string? suggestion)
    {
        var error = Assert.Single(Parser.Parse($"{line}\ntext").Lines).Error;

        Assert.Equal(meaning, error?.Meaning);
        if (suggestion is not null) Assert.Equal(suggestion, error?.Suggestion);
    }

    [Fact]
    public void Blank_lines_do_not_end_the_block_and_text_does()
    {
        var block = Parser.Parse("\n#take\n\n  #priority 3\nТекст\n#done\n");

        Assert.Equal(["#take", "#priority 3"], block.Lines.Select(line => line.Line));
        Assert.Equal("Текст\n#done", block.Text);
    }

    [Fact]
    public void The_text_is_left_as_it_was_written()
    {
        const string Family = "👨\u200D👩\u200D👧", Words = $"{Family} 10\u00A0ГБ — «да»";

        Assert.Equal(Words, Parser.Parse($"#reply\n{Words}").Text);
    }

    [Fact]
    public void Only_one_command_can_have_the_text()
    {
        var block = Parser.Parse("#ask\n#note\ntext");

        Assert.Null(block.Lines[0].Error);
        Assert.Equal(TranscriptMeaning.Contradiction, block.Lines[1].Error?.Meaning);
    }

    [Theory]
    [InlineData("#reply")]
    [InlineData("#ask")]
    [InlineData("#note")]
    public void What_sends_or_keeps_a_text_needs_one(string line) =>
        Assert.Equal(TranscriptMeaning.TextMissing, Assert.Single(Parser.Parse(line).Lines).Error?.Meaning);

    [Fact]
    public void Any_number_of_lines_is_read()
    {
        const int Lines = 20_000;

        Assert.Equal(Lines, Parser.Parse(string.Concat(Enumerable.Repeat("#nonsense and more\n", Lines))).Lines.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\n")]
    [InlineData("просто текст")]
    public void Without_a_command_there_is_only_text(string text)
    {
        var block = Parser.Parse(text);

        Assert.Empty(block.Lines);
        Assert.Equal(text.Trim(), block.Text);
    }
}
