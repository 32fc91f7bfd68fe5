using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests.Intake;

public sealed class RequestReaderTests
{
    private static readonly RequestReader Reader = new(new ClassificationRules(new DeskSettings(), NullLogger<ClassificationRules>.Instance));

    private static readonly Client Client = TestDesk.People.FindPerson("anna@client.example")!.Value.Client;

    [Theory]
    [InlineData("[инцидент] Вопрос", Category.Incident)]
    [InlineData("[Incident] Question", Category.Incident)]
    [InlineData("Re: [ТЕХПОДДЕРЖКА] Не работает", Category.TechnicalSupport)]
    [InlineData("[змена] Пошта", Category.ServiceChange)]
    [InlineData("[Категория: обслуживание] Почта", Category.Service)]
    [InlineData("Почта не работает", Category.Incident)]
    [InlineData("Пошта не працуе", Category.Incident)]
    [InlineData("Mail doesn't work", Category.Incident)]
    [InlineData("Акт сверки", Category.Service)]
    [InlineData("Новый тариф", Category.ServiceChange)]
    [InlineData("Characters in my downloads", Category.TechnicalSupport)]
    [InlineData("[непонятно] Вопрос", Category.TechnicalSupport)]
    public void The_subject_tells_the_category(string subject, Category category) => Assert.Equal(category, Read(new SampleMail { Subject = subject }).Category);

    [Fact]
    public void A_tag_goes_before_a_line_and_a_line_before_the_words()
    {
        Assert.Equal(Category.Service, Read(new SampleMail { Subject = "[обслуживание] x", Text = "Категория: инцидент" }).Category);
        Assert.Equal(Category.Service, Read(new SampleMail { Text = "Категория: обслуживание\nНе работает" }).Category);
    }

    [Theory]
    [InlineData("[P1] x", Priority.Critical)]
    [InlineData("[Приоритет 2] x", Priority.High)]
    [InlineData("[Приоритет: 3] x", Priority.Medium)]
    [InlineData("[Критический] x", Priority.Critical)]
    [InlineData("[Прыярытэт 5] x", Priority.Planned)]
    [InlineData("[priority: low] x", Priority.Low)]
    [InlineData("[P6] x", null)]
    [InlineData("P1", null)]
    public void A_priority_is_named_in_a_tag(string subject, Priority? priority) => Assert.Equal(priority, Read(new SampleMail { Subject = subject }).Priority);

    [Fact]
    public void Impact_and_urgency_are_named_in_tags_and_lines()
    {
        var facts = Read(new SampleMail { Subject = "[влияние: полное] [срочность: высокая] Почта" });
        Assert.Equal((Impact.ServiceDown, Urgency.High), (facts.Impact, facts.Urgency));

        facts = Read(new SampleMail { Text = "Impact: considerable\nUrgency: low" });
        Assert.Equal((Impact.MajorLoss, Urgency.Low), (facts.Impact, facts.Urgency));
    }

    [Theory]
    [InlineData("Importance: High", Urgency.High)]
    [InlineData("Importance: low", Urgency.Low)]
    [InlineData("X-Priority: 1 (Highest)", Urgency.High)]
    [InlineData("X-Priority: 3", Urgency.Normal)]
    [InlineData("X-Priority: 5", Urgency.Low)]
    [InlineData("X-Priority: nonsense", Urgency.Normal)]
    public void Headers_set_urgency_and_nothing_else(string header, Urgency urgency)
    {
        var facts = Read(new SampleMail { Headers = [header] });

        Assert.Equal((urgency, Impact.MinorLoss, null), (facts.Urgency, facts.Impact, facts.Priority));
    }

    [Fact]
    public void Starting_a_service_changes_it()
    {
        var facts = Read(new SampleMail { Subject = "[запуск] Сервер" });

        Assert.True(facts.StartsService);
        Assert.Equal(Category.ServiceChange, facts.Category);
    }

    [Fact]
    public void What_cannot_be_known_is_missing()
    {
        Assert.Equal(
            [MissingPart.Organisation, MissingPart.Service, MissingPart.Description, MissingPart.Screenshot],
            Reader.Read(new SampleMail { Subject = "Не работает", Text = "" }.Read(), null).Missing);
        Assert.Empty(Reader.Read(new SampleMail { Text = "Организация: ООО «Ромашка»\nУслуга: Почта\nКак её настроить?" }.Read(), null).Missing);
        Assert.Empty(Read(new SampleMail { Text = "Услуга «Резервное копирование»: сколько места?" }).Missing);
    }

    [Theory]
    [InlineData("message/partial; id=a; number=1; total=2")]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")]
    [InlineData("multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b")]
    public void What_cannot_be_read_is_asked_for_again(string contentType) =>
        Assert.Contains(MissingPart.ReadableText, Read(new SampleMail { ContentType = contentType, Text = "MIIB" }).Missing);

    [Fact]
    public void What_is_quoted_says_nothing() =>
        Assert.Null(Read(new SampleMail { Text = "Вопрос о письме.\n\n> Приоритет: 1\n> Не работает" }).Priority);

    [Fact]
    public void A_hostile_text_is_read_all_the_same() =>
        Assert.Equal(Category.TechnicalSupport, Read(new SampleMail { Subject = new string('[', 5000), Text = new string(':', 200_000) }).Category);

    private static RequestFacts Read(SampleMail mail) => Reader.Read(mail.Read(), Client);
}
