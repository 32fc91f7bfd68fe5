using MailDesk.Domain;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests.Intake;

public sealed class ClientWordsReaderTests
{
    [Theory]
    [InlineData("Подтверждаю")]
    [InlineData("да")]
    [InlineData("Да, решено.")]
    [InlineData("Да, всё работает, спасибо!")]
    [InlineData("Спасибо, всё заработало!")]
    [InlineData("Добрый день!\n\nВсё решено, можно закрывать.\n\nС уважением,\nАнна Ковалёва\nглавный бухгалтер ООО «Ромашка»")]
    [InlineData("Confirm")]
    [InlineData("Yes, solved. Thanks a lot!\n\nBest regards\nVera")]
    [InlineData("Пацвярджаю. Дзякуй!")]
    [InlineData("Так, усё працуе")]
    public void Nothing_but_known_words_confirms(string text) => Assert.Equal(ClientWords.Confirmation, ClientWordsReader.Read(text));

    [Theory]
    [InlineData("Спасибо")]
    [InlineData("Большое спасибо за помощь!")]
    [InlineData("Добрый день, спасибо!")]
    [InlineData("Thank you very much!\nKind regards,\nVera Lind")]
    [InlineData("Вялікі дзякуй :)")]
    public void Thanks_alone_is_thanks(string text) => Assert.Equal(ClientWords.Thanks, ClientWordsReader.Read(text));

    [Theory]
    [InlineData("Да, но у бухгалтера не открывается")]
    [InlineData("Нет")]
    [InlineData("Не решено")]
    [InlineData("Спасибо, но не помогло")]
    [InlineData("Подтверждаю ли я? Нет.")]
    [InlineData("Да?")]
    [InlineData("yes and no")]
    [InlineData("С уважением отношусь к вашему труду, но почта не работает")]
    [InlineData("С уважением, Анна. Почта так и не работает, помогите")]
    [InlineData("Да. С уважением жду ответа на второй вопрос из письма")]
    public void Anything_more_is_text_for_a_person(string text) => Assert.Equal(ClientWords.Text, ClientWordsReader.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("...")]
    [InlineData("Здравствуйте!")]
    [InlineData("С уважением,\nАнна Ковалёва")]
    public void What_says_nothing_is_empty(string text) => Assert.Equal(ClientWords.Empty, ClientWordsReader.Read(text));

    [Fact]
    public void A_long_text_is_text_whatever_it_says() => Assert.Equal(ClientWords.Text, ClientWordsReader.Read(string.Concat(Enumerable.Repeat("да. ", 100))));
}
