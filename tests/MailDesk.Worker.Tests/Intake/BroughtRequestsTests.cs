using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Intake;

/// <summary>What the conversations cannot tell: messages attached whole, parts of a text, and two who merge at the same moment.</summary>
public sealed class BroughtRequestsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private const string Inner = """
        --B
        Content-Type: message/rfc822

        From: Anna <anna@client.example>
        To: ivan@desk.example, boris@client.example
        Subject: [P1] Mail is down
        Message-ID: <inner@client.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=C

        --C
        Content-Type: text/plain; charset=utf-8

        Nobody can log in.
        --C
        Content-Type: image/png
        Content-Disposition: attachment; filename=screen.png

        x
        --C--

        """;

    private static SampleMail Forward(string text, string messages) => SampleMail.OfEngineer() with
    {
        Subject = "For the desk",
        ContentType = "multipart/mixed; boundary=B",
        Text = $"--B\nContent-Type: text/plain; charset=utf-8\n\n{text}\n{messages}--B--\n",
    };

    [Fact]
    public async Task An_attached_message_is_registered_with_its_own_subject_text_and_files()
    {
        await using var desk = new TestDesk(Monday);

        await desk.DeliverAsync("support@desk.example", Forward("Have a look.", Inner).Raw());

        await using var db = await desk.OpenAsync();
        var ticket = TicketLedger.Find(db, new TicketNumber(TicketKind.Request, 1001));
        Assert.NotNull(ticket);
        Assert.Equal(("anna@client.example", Priority.Critical, RequestOrigin.Forwarded), (ticket.RequesterAddress, ticket.Priority, ticket.Origin));
        Assert.Equal(["boris@client.example"], ticket.Participants.Select(p => p.Address));
        Assert.Equal("inner@client.example", ticket.Thread[0]);
        var told = await LetterAsync(db, LetterKind.NewRequest);
        Assert.Contains("Nobody can log in.", told.TextBody, StringComparison.Ordinal);
        Assert.Contains("Have a look.", told.TextBody, StringComparison.Ordinal);
        Assert.Equal("screen.png", Assert.Single(told.Attachments).FileName);
        Assert.Empty((await LetterAsync(db, LetterKind.Registered)).Attachments);
    }

    [Fact]
    public async Task Several_attached_messages_are_refused()
    {
        await using var desk = new TestDesk(Monday);

        await desk.DeliverAsync("support@desk.example", Forward("Have a look.", $"{Inner}\n{Inner}").Raw());

        await using var db = await desk.OpenAsync();
        Assert.Empty(await db.Tickets.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains("вложено несколько писем", (await LetterAsync(db, LetterKind.Transcript)).TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attached_message_that_has_come_itself_is_not_registered_twice()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", (new SampleMail() with { MessageId = "inner@client.example" }).Raw());

        await desk.DeliverAsync("support@desk.example", Forward("Have a look.", Inner).Raw());

        await using var db = await desk.OpenAsync();
        Assert.Single(await db.Tickets.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains("уже зарегистрировано: MD-1001", (await LetterAsync(db, LetterKind.Transcript)).TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_forged_in_an_engineers_name_registers_nothing_for_a_client()
    {
        await using var desk = new TestDesk(Monday);

        await desk.DeliverAsync("support@desk.example", (Forward("Have a look.", Inner) with { Headers = [] }).Raw());

        await using var db = await desk.OpenAsync();
        var held = Assert.Single(await db.Tickets.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((TicketState.Held, "ivan@desk.example"), (held.State, held.RequesterAddress));
        Assert.False(await db.Letters.AnyAsync(l => l.Recipient == "anna@client.example", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_two_requests_that_are_merged_into_each_other_at_the_same_moment_one_goes_on()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", new SampleMail().Raw());
        await desk.DeliverAsync("support@desk.example", (new SampleMail() with { MessageId = "2@client.example", From = "boris@client.example" }).Raw());

        await Task.WhenAll(
            desk.DeliverAsync("support@desk.example", (SampleMail.OfEngineer() with { Subject = "[MD-1001]", Text = "#merge 1002" }).Raw()),
            desk.DeliverAsync("support@desk.example", (SampleMail.OfEngineer("olga") with { Subject = "[MD-1002]", Text = "#merge 1001" }).Raw()));

        await using var db = await desk.OpenAsync();
        var tickets = await db.Tickets.Include(t => t.Participants).OrderBy(t => t.Number).ToListAsync(TestContext.Current.CancellationToken);
        var merged = Assert.Single(tickets, ticket => ticket.State == TicketState.Closed);
        var goesOn = Assert.Single(tickets, ticket => ticket.State == TicketState.Registered);
        Assert.Same(goesOn, merged.MergedInto);
        Assert.Null(goesOn.MergedInto);
        Assert.Contains(goesOn.Participants, p => p.Address == merged.RequesterAddress);
        Assert.Single(await db.Letters.Where(l => l.Kind == LetterKind.Merged).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("One", "One|One")]
    [InlineData("One\n\ntext of one\nmore", "One|text of one\nmore")]
    [InlineData("One\n---\nTwo\ntext", "One|One", "Two|text")]
    [InlineData("One\n-----\nTwo\n—\nThree", "One|One", "Two|Two", "Three|Three")]
    [InlineData("One -- and\n-- two", "One -- and|-- two")]
    public void A_text_is_parted_by_lines_of_dashes(string text, params string[] parts)
    {
        var read = RequestSplitter.Parts(text, out var error);
        Assert.Null(error);
        Assert.Equal(parts, read.Select(part => $"{part.Subject}|{part.Text}"));
    }

    [Theory]
    [InlineData("---\nOne", TranscriptMeaning.EmptyPart)]
    [InlineData("One\n---\n\n---\nTwo", TranscriptMeaning.EmptyPart)]
    [InlineData("1\n---\n2\n---\n3\n---\n4\n---\n5\n---\n6\n---\n7\n---\n8\n---\n9\n---\n10\n---\n11", TranscriptMeaning.TooManyParts)]
    public void Parts_that_cannot_be_requests_are_refused(string text, TranscriptMeaning meaning)
    {
        RequestSplitter.Parts(text, out var error);
        Assert.Equal(meaning, error?.Meaning);
    }

    [Fact]
    public void A_long_line_alone_is_cut_for_the_subject_and_kept_in_the_text()
    {
        var line = new string('x', 5_000);
        var (subject, text) = Assert.Single(RequestSplitter.Parts($"{line}\nmore", out _));
        Assert.Equal(201, subject.Length);
        Assert.Equal($"{line}\nmore", text);
    }

    [Fact]
    public void A_directory_without_persons_suggests_nobody()
    {
        var parser = new CommandParser(new([], TestDesk.People.Engineers), new());
        Assert.Equal(TranscriptMeaning.UnknownPerson, Assert.Single(parser.Parse("#from anna").Lines).Error?.Meaning);
    }

    private static async Task<MailMessage> LetterAsync(DeskContext db, LetterKind kind)
    {
        var row = await db.Letters.Include(l => l.Content).Where(l => l.Kind == kind).OrderByDescending(l => l.Id).FirstAsync(TestContext.Current.CancellationToken);
        return MimeParser.Parse(Compression.Decompress(row.Content!.Compressed));
    }
}
