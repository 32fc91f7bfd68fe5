using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.History;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Tests.History;

public sealed class ChangeWordsTests
{
    public static TheoryData<TicketEventKind, string> Kinds =>
        [.. Enum.GetValues<TicketEventKind>().SelectMany(kind => LetterSamples.Languages.Select(language => (kind, language)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_event_has_words_and_so_has_every_value_in_it(TicketEventKind kind, string language)
    {
        Assert.NotEmpty(ChangeWords.Of(language).Kinds[kind]);
        foreach (var value in ValuesOf(kind))
        {
            var line = Of(language, new(kind, value, value));

            Assert.DoesNotContain(value, line, StringComparison.Ordinal);
            if (language != "en") Assert.DoesNotMatch(new Regex("[A-Za-z]", RegexOptions.NonBacktracking), line);
        }
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("be")]
    [InlineData("en")]
    public void Words_of_different_events_and_values_differ(string language)
    {
        var words = ChangeWords.Of(language);

        Assert.Distinct(words.Kinds.Values);
        foreach (var kind in Enum.GetValues<TicketEventKind>()) Assert.Distinct(ValuesOf(kind).Select(value => Of(language, new(kind, value, value))));
    }

    [Theory]
    [InlineData("ru", "приоритет: 4, низкий → 2, высокий (три офиса)")]
    [InlineData("be", "прыярытэт: 4, нізкі → 2, высокі (три офиса)")]
    [InlineData("en", "priority: 4, low → 2, high (три офиса)")]
    public void A_change_says_from_what_to_what_and_why(string language, string line) =>
        Assert.Equal(line, Of(language, new(TicketEventKind.PriorityChanged, "Low", "High", "три офиса")));

    [Theory]
    [InlineData("ru", "регистрация: зарегистрирован (переслано инженером; категория: правило 3, срочность: важность письма)")]
    [InlineData("en", "registration: registered (forwarded by an engineer; category: rule 3, urgency: importance of the mail)")]
    public void A_registration_says_from_where_the_facts_came(string language, string line) =>
        Assert.Equal(line, Of(language, new(TicketEventKind.Registered, To: "Registered", Detail: "Forwarded; category: rule 3, urgency: header")));

    [Fact]
    public void A_promised_date_is_one_of_the_readers_zone() =>
        Assert.Equal("обещанный срок: 5 марта 2026 г., 18:00", Of("ru", new(TicketEventKind.DatePromised, To: "2026-03-05T15:00:00Z")));

    [Fact]
    public void A_change_of_persons_is_in_words()
    {
        Assert.Equal("изменён список лиц клиента (добавить Пётр <petr@client.example>)", Of("ru", new(TicketEventKind.PersonChanged, Detail: "Add Пётр <petr@client.example>")));
        Assert.Equal(
            "просьба изменить список лиц клиента (удалить petr@client.example: в списке нет)",
            Of("ru", new(TicketEventKind.PersonChangeAsked, Detail: "Remove petr@client.example: NotListed")));
        foreach (var language in LetterSamples.Languages)
        {
            Assert.Equal(Enum.GetValues<PersonChangeProblem>().Length, ChangeWords.Of(language).PersonProblems.Count);
            Assert.Equal(Enum.GetValues<PersonChangeKind>().Length, ChangeWords.Of(language).PersonChanges.Count);
            Assert.Equal(Enum.GetValues<RequestOrigin>().Length, ChangeWords.Of(language).Origins.Count);
        }
    }

    [Fact]
    public void A_value_of_another_version_is_shown_as_it_is()
    {
        Assert.Equal("состояние: Frozen → 99", Of("ru", new(TicketEventKind.StateChanged, "Frozen", "99")));
        Assert.Equal("работа завершена: ответ дан (голубиной почтой)", Of("ru", new(TicketEventKind.Completed, To: "Answered", Detail: "голубиной почтой")));
    }

    private static string Of(string language, TicketEvent change) =>
        ChangeWords.Of(language).Of(change, new SpelledDates(LetterLanguage.Of(language), TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk")));

    /// <summary>What the record may hold of an enumeration, in the code's names; nothing of an event that holds numbers, names or addresses.</summary>
    private static IEnumerable<string> ValuesOf(TicketEventKind kind) => kind switch
    {
        TicketEventKind.Registered or TicketEventKind.StateChanged => Enum.GetNames<TicketState>(),
        TicketEventKind.PriorityChanged or TicketEventKind.PriorityLowered => Enum.GetNames<Priority>(),
        TicketEventKind.CategoryChanged => Categories,
        TicketEventKind.SeverityChanged => Severities,
        TicketEventKind.CorrectionKept => [.. Categories, .. Severities, .. Enum.GetNames<Priority>()],
        TicketEventKind.Completed => Enum.GetNames<Outcome>(),
        TicketEventKind.Closed => Enum.GetNames<ClosingReason>(),
        TicketEventKind.ClientWrote => Enum.GetNames<ClientWords>(),
        TicketEventKind.KindChanged => Enum.GetNames<TicketKind>(),
        TicketEventKind.EngineerWrote => [nameof(LetterKind.Answer), nameof(LetterKind.Question), nameof(LetterKind.ThirdParty), nameof(LetterKind.DatePromised), nameof(LetterKind.ComplaintProgress)],
        TicketEventKind.DeadlineAhead or TicketEventKind.DeadlineMissed =>
            [nameof(DeadlineKind.Reaction), nameof(DeadlineKind.Execution), nameof(DeadlineKind.Term), nameof(DeadlineKind.Progress)],
        _ => [],
    };

    private static string[] Categories => [.. Enum.GetNames<Category>(), $"{Category.Service}, {nameof(Ticket.StartsService)}"];

    private static IEnumerable<string> Severities => Enum.GetNames<Impact>().SelectMany(impact => Enum.GetNames<Urgency>().Select(urgency => $"{impact} × {urgency}"));
}
