using MailDesk.Worker.Intake;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Tests.Intake;

public sealed class PersonChangeReaderTests
{
    [Theory]
    [InlineData("[добавить] oleg@client.example", PersonChangeKind.Add, null, null)]
    [InlineData("[Добавить]   Олег Петров <oleg@client.example>", PersonChangeKind.Add, "Олег Петров", null)]
    [InlineData("[add] oleg@client.example Oleg Petrov en", PersonChangeKind.Add, "Oleg Petrov", "en")]
    [InlineData("[дадаць] \"Пятроў, Алег\" <oleg@client.example> (be)", PersonChangeKind.Add, "Пятроў Алег", "be")]
    [InlineData("[УДАЛИТЬ] oleg@client.example", PersonChangeKind.Remove, null, null)]
    [InlineData("[remove] oleg@CLIENT.example.", PersonChangeKind.Remove, null, null)]
    [InlineData("[выдаліць] oleg@client.example <mailto:oleg@client.example>", PersonChangeKind.Remove, null, null)]
    public void A_line_names_what_to_do_and_whom(string line, PersonChangeKind kind, string? name, string? language)
    {
        var expected = new AskedChange(kind, "oleg@client.example", IsAddress: true, name, language);

        Assert.Equal(expected, Assert.Single(PersonChangeReader.Read(line, "", subjectToo: true)));
        Assert.Equal(expected, Assert.Single(PersonChangeReader.Read("", $"\n{line}\n\nСпасибо!", subjectToo: false)));
    }

    [Theory]
    [InlineData("[добавить]")]
    [InlineData("[добавить] Олег")]
    [InlineData("[добавить] oleg@")]
    [InlineData("[добавить] a@b.example c@d.example")]
    public void Anything_but_one_address_is_none(string line) => Assert.False(Assert.Single(PersonChangeReader.Read(line, "", subjectToo: true)).IsAddress);

    [Theory]
    [InlineData("", "Добрый день!\n[добавить] oleg@client.example")]
    [InlineData("", "Как [добавить] oleg@client.example?")]
    [InlineData("[P1] [инцидент] Не работает", "")]
    [InlineData("[]", "[")]
    [InlineData("добавить oleg@client.example", "#добавить oleg@client.example")]
    public void Anything_else_is_no_change(string subject, string text) => Assert.Empty(PersonChangeReader.Read(subject, text, subjectToo: true));

    [Fact]
    public void The_subject_of_a_reply_is_not_its_writers() => Assert.Empty(PersonChangeReader.Read("Re: [добавить] oleg@client.example", "Да", subjectToo: false));

    [Fact]
    public void Several_stand_in_their_order() =>
        Assert.Equal(
            ["a@c.example", "b@c.example", "c@c.example"],
            PersonChangeReader.Read("[add] a@c.example [remove] b@c.example", "[add] c@c.example\nThanks\n[add] d@c.example", subjectToo: true).Select(change => change.Address));

    [Theory]
    [InlineData("Отклоняю", true)]
    [InlineData("отклоняю, не знаю такого", true)]
    [InlineData("Нет.\nЭто ошибка", true)]
    [InlineData("Refuse", true)]
    [InlineData("Адхіляю", true)]
    [InlineData("Подтверждаю", false)]
    [InlineData("Нетипичный случай", false)]
    [InlineData("", false)]
    public void A_refusal_is_the_first_word(string text, bool refuses) => Assert.Equal(refuses, PersonChangeReader.Refuses(text));

    [Fact]
    public void Hostile_text_costs_little()
    {
        var text = string.Concat(Enumerable.Repeat("[add] ", 160)) + '\n';
        Assert.True(PersonChangeReader.Read(new string('[', 100_000), string.Concat(Enumerable.Repeat(text, 200)), subjectToo: true).Count > 1000);
    }
}
