using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Intake;

public sealed class MailLimitsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private static readonly IntakeOptions Limits = new() { MaxMessageBytes = 50_000, MaxDepth = 4, MaxParts = 5, MaxHeaderLines = 100, MaxRecipients = 3 };

    [Theory]
    [InlineData(MailLimit.Depth, 4)]
    [InlineData(MailLimit.Parts, 5)]
    [InlineData(MailLimit.HeaderLines, 100)]
    [InlineData(MailLimit.Recipients, 3)]
    public void What_is_at_a_limit_is_read_and_what_is_over_it_is_not(MailLimit limit, int most)
    {
        Assert.Null(Read(Sample(limit, most).Raw()).Exceeded);
        Assert.Equal((limit, most), Read(Sample(limit, most + 1).Raw()).Exceeded is { } exceeded ? (exceeded.Limit, exceeded.Allowed) : default);
    }

    [Fact]
    public void A_size_counts_to_the_octet()
    {
        var raw = new SampleMail { Text = new string('x', 1000) }.Raw();

        Assert.Null(IncomingMail.Read(new MailboxOptions(), 1, Fetched(raw), new IntakeOptions { MaxMessageBytes = raw.Length }).Exceeded);
        Assert.Equal(
            new ExceededLimit(MailLimit.Size, raw.Length - 1, raw.Length),
            IncomingMail.Read(new MailboxOptions(), 1, Fetched(raw), new IntakeOptions { MaxMessageBytes = raw.Length - 1 }).Exceeded);
    }

    [Fact]
    public void A_limit_may_be_raised_beyond_the_one_of_the_page() =>
        Assert.Null(IncomingMail.Read(new MailboxOptions(), 1, Fetched(Sample(MailLimit.Parts, 1500).Raw()), new IntakeOptions { MaxParts = 2000 }).Exceeded);

    [Fact]
    public void A_header_field_that_is_cut_is_no_limit() =>
        Assert.Null(Read(new SampleMail { Headers = [$"X-Long: {new string('x', 300_000)}"] }.Raw(), new IntakeOptions()).Exceeded);

    [Fact]
    public async Task The_whole_of_a_mail_with_too_many_parts_is_kept_and_can_be_replayed_when_the_limit_is_raised()
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxParts", "5"));
        var raw = Sample(MailLimit.Parts, 6).Raw();

        Assert.Equal(MailKind.TooLarge, await desk.DeliverAsync("support@desk.example", raw));

        await using var db = await desk.OpenAsync();
        var content = await db.MailContents.SingleAsync(TestContext.Current.CancellationToken);
        Assert.False(content.IsBeginning);
        Assert.Equal(raw, Compression.Decompress(content.Compressed));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("List-Id: <all.client.example>")]
    [InlineData("Precedence: bulk")]
    public async Task A_program_gets_no_explanation(string header)
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxParts", "5"));

        await desk.DeliverAsync("support@desk.example", (Sample(MailLimit.Parts, 6) with { Headers = [header] }).Raw());

        await using var db = await desk.OpenAsync();
        Assert.All(await db.Letters.ToListAsync(TestContext.Current.CancellationToken), letter => Assert.Equal(Domain.LetterKind.OverLimit, letter.Kind));
    }

    [Theory]
    [InlineData("multipart/report; report-type=delivery-status; boundary=b", MailKind.DeliveryReport)]
    [InlineData("multipart/report; report-type=disposition-notification; boundary=b", MailKind.Automatic)]
    public async Task A_report_over_a_limit_tells_nobody(string type, MailKind kind)
    {
        await using var desk = new TestDesk(Monday, ("Intake:MaxParts", "5"));
        var report = Sample(MailLimit.Parts, 6) with { ContentType = type, From = "mailer-daemon@client.example", Headers = ["Return-Path: <>"] };
        report = report with { Text = report.Text.Replace("--b\n\nx\n--b\n\nx\n", "--b\n\nx\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n", StringComparison.Ordinal) };
        if (kind == MailKind.Automatic) report = report with { Text = Sample(MailLimit.Parts, 6).Text, From = "anna@client.example" };

        Assert.Equal(kind, await desk.DeliverAsync("support@desk.example", report.Raw()));

        await using var db = await desk.OpenAsync();
        Assert.Empty(await db.Letters.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("From: ")]
    [InlineData("From: <>")]
    [InlineData("From: nobody")]
    [InlineData("From: a@-ü-.example")]
    [InlineData("X-From: nobody@client.example")]
    public async Task Mail_from_nobody_is_held_and_answered_to_nobody(string from)
    {
        await using var desk = new TestDesk(Monday);
        var raw = Encoding.UTF8.GetBytes($"{from}\r\nTo: support@desk.example\r\nSubject: Вопрос\r\n\r\nКак?\r\n");

        Assert.Equal(MailKind.Held, await desk.DeliverAsync("support@desk.example", raw));

        await using var db = await desk.OpenAsync();
        Assert.Equal(
            ["ivan@desk.example", "olga@desk.example"], await db.Letters.OrderBy(l => l.Id).Select(l => l.Recipient).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static SampleMail Sample(MailLimit limit, int count) => limit switch
    {
        MailLimit.Depth => Nested(count),
        MailLimit.Parts => new SampleMail { ContentType = "multipart/mixed; boundary=b", Text = string.Concat(Enumerable.Repeat("--b\n\nx\n", count)) + "--b--\n" },
        // The sample has eight header lines of its own.
        MailLimit.HeaderLines => new SampleMail { Headers = [.. Enumerable.Range(0, count - 8).Select(i => $"X-{i}: x")] },
        _ => new SampleMail { To = string.Join(", ", Enumerable.Range(0, count).Select(i => $"p{i}@client.example")) },
    };

    private static SampleMail Nested(int depth)
    {
        var text = new StringBuilder();
        for (var i = 1; i < depth; i++) text.Append($"--b{i - 1}\nContent-Type: multipart/mixed; boundary=b{i}\n\n");
        return new SampleMail { ContentType = "multipart/mixed; boundary=b0", Text = text.Append($"--b{depth - 1}\n\nx\n").ToString() };
    }

    private static IncomingMail Read(byte[] raw, IntakeOptions? limits = null) => IncomingMail.Read(new MailboxOptions(), 1, Fetched(raw), limits ?? Limits);

    private static FetchedMessage Fetched(byte[] raw) => new(new MessageSummary(1, Monday, raw.Length, []), raw);
}
