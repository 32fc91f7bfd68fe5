using System.Text;
using MailDesk.Worker.Intake;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Intake;

public sealed class AutomaticMailTests
{
    private static byte[] ReportOf(string type, string part) => Encoding.ASCII.GetBytes($"""
        From: anna@client.example
        To: support@desk.example
        Subject: Report
        Message-ID: <r1@client.example>
        Content-Type: multipart/report; report-type={type}; boundary=b

        --b

        This is a report about a letter.
        --b
        Content-Type: message/{part}

        Feedback-Type: abuse
        Disposition: manual-action/MDN-sent-manually; displayed
        --b
        Content-Type: message/rfc822

        Message-ID: <1@client.example>
        Subject: returned

        text
        --b--

        """.ReplaceLineEndings("\r\n"));

    [Theory]
    [InlineData("feedback-report", "feedback-report", "complaint report: abuse")]
    [InlineData("disposition-notification", "disposition-notification", "report: disposition-notification")]
    public async Task A_complaint_report_or_a_receipt_makes_no_request_and_no_letter(string type, string part, string remark)
    {
        await using var desk = new TestDesk(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

        Assert.Equal(MailKind.Automatic, await desk.DeliverAsync("support@desk.example", ReportOf(type, part)));

        await using var db = await desk.OpenAsync();
        Assert.Equal(remark, (await db.Mails.SingleAsync(TestContext.Current.CancellationToken)).Remark);
        Assert.False(await db.Tickets.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.Letters.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_who_forwards_a_bounce_makes_a_request()
    {
        await using var desk = new TestDesk(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));
        var mail = new SampleMail
        {
            Subject = "Fwd: Undelivered Mail Returned to Sender",
            Text = "Что это?\n\n> From: MAILER-DAEMON@mx.example\n> <ivan@client.example>: 550 5.1.1 User unknown",
        };
        Assert.Equal(MailKind.NewRequest, await desk.DeliverAsync("support@desk.example", mail.Raw()));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated; type=x")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: Auto_Reply")]
    [InlineData("List-Id: <news.example>")]
    [InlineData("List-Unsubscribe: <mailto:leave@news.example>")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: away")]
    public void A_header_of_programs_is_a_sign(string header) => Assert.NotNull(AutomaticMail.Sign(new SampleMail { Headers = [header] }.Read().Message));

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("Auto-Submitted: No (a person)")]
    [InlineData("X-Auto-Response-Suppress: All")]
    [InlineData("Precedence: normal")]
    public void What_people_send_is_no_sign(string header) => Assert.Null(AutomaticMail.Sign(new SampleMail { Headers = [header] }.Read().Message));

    [Theory]
    [InlineData("Автоответ: отпуск")]
    [InlineData("Automatic reply: your letter")]
    [InlineData("Out of Office")]
    [InlineData("Аўтаадказ: адпачынак")]
    public void A_subject_is_a_sign_together_with_another_only(string subject)
    {
        Assert.Null(AutomaticMail.Sign(new SampleMail { Subject = subject }.Read().Message));
        Assert.NotNull(AutomaticMail.Sign(new SampleMail { Subject = subject, Headers = ["X-Auto-Response-Suppress: All"] }.Read().Message));
        Assert.NotNull(AutomaticMail.Sign(new SampleMail { Subject = subject, From = "no-reply@client.example" }.Read().Message));
        Assert.NotNull(AutomaticMail.Sign(new SampleMail { Subject = subject, Headers = ["Return-Path: <>"] }.Read().Message));
    }
}
