using MailDesk.Domain;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class LetterHeadersTests
{
    [Theory]
    [InlineData("registered", "auto-replied")]
    [InlineData("not-authorised", "auto-replied")]
    [InlineData("reply-to-closed", "auto-replied")]
    [InlineData("transcript", "auto-replied")]
    [InlineData("history", "auto-replied")]
    [InlineData("person-change-asked", "auto-replied")]
    [InlineData("client-help", "auto-replied")]
    [InlineData("closed", "auto-replied")]
    [InlineData("complaint-registered", "auto-replied")]
    [InlineData("complaint-progress", "auto-generated")]
    [InlineData("complaint-progress-promised", null)]
    [InlineData("complaint-answered", null)]
    [InlineData("date-promised", null)]
    [InlineData("third-party", null)]
    [InlineData("closed-by-term", "auto-generated")]
    [InlineData("reminder", "auto-generated")]
    [InlineData("completed-without-answer", "auto-generated")]
    [InlineData("completed-by-phone", "auto-generated")]
    [InlineData("deadline-missed", "auto-generated")]
    [InlineData("new-request", "auto-generated")]
    [InlineData("answer", null)]
    [InlineData("question", null)]
    [InlineData("completed", null)]
    public void Auto_Submitted_says_what_caused_the_letter(string name, string? expected) =>
        Assert.Equal(expected, ComposedLetter.OfSample(name, "ru").Message.Headers["Auto-Submitted"]);

    [Fact]
    public void Every_letter_carries_the_marker_and_forbids_automatic_answers() =>
        Assert.All(LetterSamples.All("en"), sample =>
        {
            var letter = new ComposedLetter(sample.Letter);
            Assert.Equal("1; 1042; sample", letter.Header("X-MailDesk"));
            Assert.Equal("All", letter.Header("X-Auto-Response-Suppress"));
        });

    [Theory]
    [InlineData("ru", "Сайт открывается с ошибкой 502")]
    [InlineData("be", "Сайт адкрываецца з памылкай 502")]
    [InlineData("en", "The site answers with error 502")]
    public void Letters_of_a_request_share_the_subject(string language, string subject)
    {
        var expected = new Dictionary<(TicketKind, LetterRole), string>
        {
            [(TicketKind.Request, LetterRole.Client)] = $"Re: [MD-1042] {subject}",
            [(TicketKind.Request, LetterRole.Engineer)] = $"[MD-1042] {subject}",
            [(TicketKind.Complaint, LetterRole.Client)] = $"Re: [MDC-1017] {subject}",
            [(TicketKind.Complaint, LetterRole.Engineer)] = $"[MDC-1017] {subject}",
        };

        Assert.All(
            LetterSamples.All(language).Where(s => s.Letter is { Tag: not null, Ticket: not null }),
            s => Assert.Equal(expected[(s.Letter.Ticket is { IsComplaint: true } ? TicketKind.Complaint : TicketKind.Request, s.Letter.Role)], new ComposedLetter(s.Letter).Message.Subject));
    }

    [Fact]
    public void A_request_without_a_subject_has_the_tag_alone() =>
        Assert.Equal("Re: [MD-1042]", ComposedLetter.OfSample("registered", "ru", l => l with { Subject = " " }).Message.Subject);

    [Fact]
    public void Outlook_sees_one_conversation_a_request()
    {
        var index = ComposedLetter.OfSample("registered", "ru").Header("Thread-Index");

        Assert.Equal(22, Convert.FromBase64String(index).Length);
        Assert.Equal(index, ComposedLetter.OfSample("closed", "be").Header("Thread-Index"));
        Assert.NotEqual(index, ComposedLetter.OfSample("closed", "be", l => l with { Tag = "MD-1043" }).Header("Thread-Index"));
    }

    [Fact]
    public void A_long_thread_keeps_its_root_and_its_latest_references()
    {
        string[] references = [.. Enumerable.Range(0, 500).Select(i => $"{i}@client.example")];
        var letter = ComposedLetter.OfSample("answer", "ru", l => l with { References = references });

        Assert.Equal(30, letter.Message.References.Count);
        Assert.Equal("0@client.example", letter.Message.References[0]);
        Assert.Equal("499@client.example", letter.Message.References[^1]);
    }

    [Fact]
    public void Attachments_travel_with_the_words()
    {
        var letter = ComposedLetter.OfSample("answer", "ru", l => l with { Attachments = [new("журнал.txt", "text/plain", "сбой"u8.ToArray())] });

        var attachment = Assert.Single(letter.Message.Attachments);
        Assert.Equal("журнал.txt", attachment.FileName);
        Assert.Equal("сбой"u8.ToArray(), attachment.Decode());
    }
}
