using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests.Intake;

public sealed class ClientQuestionTests
{
    [Theory]
    [InlineData("[history]", "")]
    [InlineData("Re: [MD-1001] [История] Почта", "С уважением,\nАнна")]
    [InlineData("Re: [MD-1001] Почта", "[гісторыя]")]
    [InlineData("Re: [MD-1001] Почта", "\n [ История ] \n\nСпасибо!")]
    [InlineData("[ history ]", "")]
    public void The_history_is_asked_for_in_the_subject_or_as_the_whole_text(string subject, string text) =>
        Assert.Equal(new ClientQuestion(History: true, Help: false, Alone: true), Read(subject, text));

    [Theory]
    [InlineData("[help]", "")]
    [InlineData("Вопрос", "[помощь]")]
    [InlineData("[ДАПАМОГА]", "")]
    public void Help_is_asked_for_likewise(string subject, string text) =>
        Assert.Equal(new ClientQuestion(History: false, Help: true, Alone: true), Read(subject, text));

    [Fact]
    public void Both_can_be_asked_for() => Assert.Equal(new ClientQuestion(true, true, true), Read("[help] [history]", ""));

    [Theory]
    [InlineData("[help] Сервер недоступен", "Никто не может войти.")]
    [InlineData("[help]", "Да")]
    public void A_tag_beside_words_does_not_swallow_them(string subject, string text) => Assert.False(Read(subject, text)!.Alone);

    [Theory]
    [InlineData("Help!", "Help!")]
    [InlineData("История с почтой", "История такая.")]
    [InlineData("x", "[история]\nКак было дело: сначала не пришло письмо.")]
    [InlineData("x", "Напишите мне [help]")]
    [InlineData("x", "Вот так.\n\n> [history]")]
    [InlineData("x", "> [history]")]
    [InlineData("[]", "[ ]")]
    public void Anything_else_asks_for_nothing(string subject, string text) => Assert.Null(Read(subject, text));

    [Fact]
    public void A_hostile_subject_and_text_cost_nothing() =>
        Assert.Null(Read(string.Concat(Enumerable.Repeat("[ hel", 20_000)), string.Concat(Enumerable.Repeat("[ history\n", 50_000))));

    [Fact]
    public void A_request_does_not_keep_the_tag_in_its_subject() => Assert.Equal("Сервер", ClientQuestion.Without("[help] Сервер [История]"));

    private static ClientQuestion? Read(string subject, string text) => ClientQuestion.Read(new SampleMail { Subject = subject, Text = text }.Read());
}
