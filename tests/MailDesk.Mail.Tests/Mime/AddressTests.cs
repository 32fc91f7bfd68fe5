using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class AddressTests
{
    [Theory]
    [InlineData("a@Example.ORG", "a@example.org")]
    [InlineData("<a@example.org>", "a@example.org")]
    [InlineData("Ann <a@example.org>, b@example.org", "Ann <a@example.org>|b@example.org")]
    [InlineData("\"Doe, John\" <j@example.org>", "Doe, John <j@example.org>")]
    [InlineData("Doe, John <j@example.org>", "Doe, John <j@example.org>")]
    [InlineData("\"quoted \\\" quote\" <j@example.org>", "quoted \" quote <j@example.org>")]
    [InlineData("a@example.org (Ann)", "Ann <a@example.org>")]
    [InlineData("Team: Ann <a@example.org>, b@example.org;, c@example.org", "Ann <a@example.org>|b@example.org|c@example.org")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("<@relay.example,@two.example:a@example.org>", "a@example.org")]
    [InlineData("\"john doe\"@example.org", "\"john doe\"@example.org")]
    [InlineData("pete (his (nested) account) @ example . org", "his (nested) account <pete@example.org>")]
    [InlineData("=?utf-8?B?0JDQvdC90LA=?= <a@example.org>", "Анна <a@example.org>")]
    [InlineData("\"=?utf-8?B?0JDQvdC90LA=?=\" <a@example.org>", "Анна <a@example.org>")]
    [InlineData("Ann <a@example.org> Bob <b@example.org>", "Ann <a@example.org>|Bob <b@example.org>")]
    [InlineData("Ann <a@example.org", "Ann <a@example.org>")]
    [InlineData("a@example.org; b@example.org", "a@example.org|b@example.org")]
    [InlineData("root", "root")]
    [InlineData("\"never closed <a@example.org>", "\"never closed <a@example.org>")]
    [InlineData("=?utf-8?Q?ceo=40bank.example?= <x@evil.example>", "ceo@bank.example <x@evil.example>")]
    [InlineData("=?utf-8?Q?ceo=40bank.example?=", "")]
    public void Addresses_are_read_in_every_form_that_occurs(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Corpus.Parse($"To: {text}\n\n").To));

    [Theory]
    [InlineData("a@example.org", true)]
    [InlineData("Ann <a@Example.org>", true)]
    [InlineData("a@", false)]
    [InlineData("@b", false)]
    [InlineData("root", false)]
    [InlineData("a@b, c@d", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_takes_exactly_one_full_address(string? text, bool taken) => Assert.Equal(taken, MailboxAddress.TryParse(text, out _));

    [Fact]
    public void Deep_comments_and_a_hundred_thousand_brackets_are_read_without_recursion()
    {
        foreach (var c in "(<\"\\,;:[@")
        {
            var message = Corpus.Parse($"To: {new string(c, 100_000)} a@example.org\n\n");
            Corpus.Exercise(message);
        }
    }
}
