using MailDesk.Domain;
using MailDesk.Worker.Intake;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Tests.Intake;

public sealed class CorrectionTests
{
    private static readonly Client Client = TestDesk.People.FindPerson("anna@client.example")!.Value.Client;

    [Theory]
    [InlineData("Категория: инцидент")]
    [InlineData("Добрый день!\nКатегория: Инцидент.\n\nС уважением,\nАнна")]
    [InlineData("Катэгорыя: інцыдэнт\n\nДзякуй!")]
    [InlineData("Category: incident")]
    public void Nothing_but_labelled_lines_is_a_correction_alone(string text) =>
        Assert.Equal(new Correction(new Claim(Category.Incident), null, Alone: true), Read("Re: [MD-1001] Почта", text));

    [Fact]
    public void Lines_beside_words_correct_as_well() =>
        Assert.Equal(
            new Correction(new Claim(Impact: Impact.ServiceDown, Priority: Priority.High), null, Alone: false),
            Read("x", "Теперь не работает у всех.\nВлияние: полное\nПриоритет: 2, высокий"));

    [Fact]
    public void A_tag_that_was_added_corrects() =>
        Assert.Equal(new Correction(new Claim(Priority: Priority.Critical), null, Alone: true), Read("[P1] Re: [MD-1001] [P3] Почта", "", "[P3] Почта"));

    [Theory]
    [InlineData("Re: [MD-1001] [P3] [Инцидент] Почта", "Когда?")]
    [InlineData("RE[2]: [MD-1001] Почта", "Когда?")]
    [InlineData("x", "Category: nonsense\nPriority: 17")]
    [InlineData("x", "Service: apache2.service - stopped")]
    [InlineData("x", "Ответ.\n\n> Категория: обслуживание")]
    [InlineData("x", "")]
    public void What_says_nothing_new_corrects_nothing(string subject, string text) => Assert.Null(Read(subject, text, "[P3] [инцидент] Почта", "Почта"));

    [Fact]
    public void A_service_is_one_that_the_client_has_or_the_first_that_is_named()
    {
        Assert.Equal("Резервное копирование", Read("x", "Услуга: резервное  копирование", service: "Почта")!.Service);
        Assert.Equal("Телефония", Read("x", "Услуга: Телефония")!.Service);
    }

    [Fact]
    public void A_picture_beside_the_lines_is_words() =>
        Assert.False(Correction.Read(
            new SampleMail
            {
                ContentType = "multipart/mixed; boundary=b",
                Text = "--b\nContent-Type: text/plain\n\nCategory: incident\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nx\n--b--",
            }.Read(),
            Ticket("", null),
            Client)!.Alone);

    private static Correction? Read(string subject, string text, string own = "Почта", string? service = null) =>
        Correction.Read(new SampleMail { Subject = subject, Text = text }.Read(), Ticket(own, service), Client);

    private static TicketRow Ticket(string subject, string? service) => new()
    {
        Subject = subject,
        Service = service,
        RequesterAddress = "anna@client.example",
        Language = "ru",
        Mailbox = "support@desk.example",
    };
}
