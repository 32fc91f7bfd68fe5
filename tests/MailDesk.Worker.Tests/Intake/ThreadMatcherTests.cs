using MailDesk.Domain;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Tests.Intake;

public sealed class ThreadMatcherTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task In_reply_to_goes_first()
    {
        var match = await MatchAsync(new SampleMail
        {
            Headers = [$"In-Reply-To: <{LetterId(1)}>", $"References: <{LetterId(2)}> <{LetterId(3)}>"],
            To = $"support+{Token(4)}@desk.example",
            Text = $"> MD-5·{Token(5)}",
            Subject = "[MD-6] x",
        });

        Assert.Equal(1, match?.Ticket.Value);
        Assert.NotNull(match?.Token);
    }

    [Fact]
    public async Task Then_references_from_last_to_first() =>
        Assert.Equal(3, (await MatchAsync(new SampleMail { Headers = [$"In-Reply-To: <x@y>", $"References: <{LetterId(2)}> <{LetterId(3)}> <x@y>"], To = $"support+{Token(4)}@desk.example" }))?.Ticket.Value);

    [Theory]
    [InlineData("To: support+TOKEN@desk.example")]
    [InlineData("Cc: x@y.example, Desk <SUPPORT+TOKEN@DESK.EXAMPLE>")]
    [InlineData("Delivered-To: support+TOKEN@desk.example")]
    [InlineData("X-Original-To: support+TOKEN@desk.example")]
    public async Task Then_the_token_in_an_address(string header)
    {
        var match = await MatchAsync(new SampleMail { Headers = [header.Replace("TOKEN", Token(4), StringComparison.Ordinal)], Text = $"> MD-5·{Token(5)}", Subject = "[MD-6] x" });

        Assert.Equal(4, match?.Ticket.Value);
        Assert.NotNull(match?.Token);
    }

    [Theory]
    [InlineData("> MD-5·{0}")]
    [InlineData("текст\nmd-5 · {0} и ещё")]
    public async Task Then_the_token_in_the_text(string text)
    {
        var match = await MatchAsync(new SampleMail { Text = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Token(5)), Subject = "[MD-6] x" });

        Assert.Equal(5, match?.Ticket.Value);
        Assert.NotNull(match?.Token);
    }

    [Fact]
    public async Task Then_mail_that_was_recorded_which_proves_nothing()
    {
        await _desk.DeliverAsync("support@desk.example", new SampleMail { MessageId = "first@client.example" }.Raw());

        var match = await MatchAsync(new SampleMail { Headers = ["References: <first@client.example>"], MessageId = "2@client.example", Subject = "[MD-6] x" });

        Assert.Equal(new ThreadMatch(new TicketNumber(TicketKind.Request, 1001), null), match);
    }

    [Theory]
    [InlineData("[MD-6] x", TicketKind.Request, 6)]
    [InlineData("HA: RE[2]: Отв: [md-6] x", TicketKind.Request, 6)]
    [InlineData("о письме [MDC-7]", TicketKind.Complaint, 7)]
    public async Task Then_the_tag_in_the_subject_which_proves_nothing(string subject, TicketKind kind, int number) =>
        Assert.Equal(new ThreadMatch(new TicketNumber(kind, number), null), await MatchAsync(new SampleMail { Subject = subject }));

    [Theory]
    [InlineData("MD-6 x")]
    [InlineData("[MD-9999999999] x")]
    [InlineData("[MD-] x")]
    [InlineData("")]
    public async Task Else_it_is_new(string subject) => Assert.Null(await MatchAsync(new SampleMail { Subject = subject, Headers = ["In-Reply-To: <x@y>"], To = "support+x@desk.example" }));

    [Fact]
    public async Task A_forged_token_is_no_proof_and_the_next_source_answers()
    {
        var forged = Token(4).Replace("4.", "5.", StringComparison.Ordinal);

        Assert.Equal(
            new ThreadMatch(new TicketNumber(TicketKind.Request, 6), null),
            await MatchAsync(new SampleMail { To = $"support+{forged}@desk.example", Text = $"MD-5·{forged}", Subject = "[MD-6] x" }));
    }

    [Theory]
    [InlineData("Re: [MD-6] Не работает", "Не работает")]
    [InlineData("RE[2]: Отв: Fwd: [MD-6] HA: Не работает", "Не работает")]
    [InlineData("Адказ: Пошта", "Пошта")]
    [InlineData("Ответственный: кто?", "Ответственный: кто?")]
    [InlineData("", "")]
    public void The_bare_subject_is_the_clients_own(string subject, string bare) => Assert.Equal(bare, _desk.Get<ThreadMatcher>().BareSubject(subject));

    private async Task<ThreadMatch?> MatchAsync(SampleMail mail)
    {
        await using var db = await _desk.OpenAsync();
        return await _desk.Get<ThreadMatcher>().MatchAsync(mail.Read(), db, TestContext.Current.CancellationToken);
    }

    private string Token(int number) => _desk.Get<LetterTokens>().Issue(new TicketNumber(TicketKind.Request, number), LetterRole.Client, "anna@client.example");

    private string LetterId(int number) => _desk.Get<LetterTokens>().MessageId(Token(number), "u", "desk.example");
}
