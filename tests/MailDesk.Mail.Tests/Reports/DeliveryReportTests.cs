using MailDesk.Mail.Mime;
using MailDesk.Mail.Reports;
using MailDesk.Mail.Tests.Mime;

namespace MailDesk.Mail.Tests.Reports;

public sealed class DeliveryReportTests
{
    private static string Standard(string status, string returned = "Content-Type: message/rfc822\n\nMessage-ID: <1042.k7@desk.example>\nSubject: x\n\nbody") => $"""
        From: MAILER-DAEMON@mx.example
        Subject: Undelivered Mail Returned to Sender
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b

        Sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        {status}
        --b
        {returned}
        --b--
        """;

    [Fact]
    public void A_standard_report_names_recipients_status_words_and_the_letter()
    {
        var report = DeliveryReport.Read(Corpus.Parse(Standard("""
            Original-Recipient: rfc822;Ivan@Client.Example
            Final-Recipient: rfc822; ivan@inner.client.example
            Action: failed
            Status: 5.1.1 (no such user)
            Diagnostic-Code: smtp; 550 5.1.1
             User unknown

            Final-Recipient: rfc822;<two@client.example>
            Action: delayed
            Status: 4.4.1
            """)));
        Assert.NotNull(report);
        Assert.True(report.IsStandard);
        Assert.Equal("1042.k7@desk.example", report.OriginalMessageId);
        Assert.Equal(
            [
                new RecipientReport("Ivan@client.example", DeliveryAction.Failed, "5.1.1", "550 5.1.1 User unknown"),
                new RecipientReport("two@client.example", DeliveryAction.Delayed, "4.4.1", null),
            ],
            report.Recipients);
        Assert.Equal([true, false], report.Recipients.Select(r => r.IsPermanent));
    }

    [Fact]
    public void Returned_headers_are_enough_to_know_the_letter() =>
        Assert.Equal("a@b", DeliveryReport.Read(Corpus.Parse(Standard("", "Content-Type: text/rfc822-headers\n\nMessage-ID: <a@b>\n")))?.OriginalMessageId);

    [Fact]
    public void The_exact_code_in_the_servers_words_is_better_than_a_general_one()
    {
        var report = DeliveryReport.Read(Corpus.Parse(Standard("Final-Recipient: rfc822;a@b.c\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp;552 5.2.2 full")));
        Assert.Equal("5.2.2", Assert.Single(report!.Recipients).Status);
    }

    [Fact]
    public void Exims_report_is_known_by_its_header()
    {
        var report = DeliveryReport.Read(Corpus.Parse("""
            From: Mail Delivery System <Mailer-Daemon@mx.example>
            X-Failed-Recipients: a@client.example, b@client.example
            Subject: Mail delivery failed: returning message to sender

            This is a copy of the message:

            Message-ID: <1042.k7@desk.example>
            """));
        Assert.NotNull(report);
        Assert.False(report.IsStandard);
        Assert.Equal(["a@client.example", "b@client.example"], report.Recipients.Select(r => r.Address));
        Assert.Equal("1042.k7@desk.example", report.OriginalMessageId);
    }

    [Theory]
    [InlineData("Return-Path: <>\nFrom: postmaster@mx.example\nSubject: failure notice\n\nHi.", true)]
    [InlineData("From: MAILER-DAEMON@mx.example\nSubject: Undeliverable: x\n\nHi.", true)]
    [InlineData("Return-Path: <>\nFrom: ivan@client.example\nSubject: Out of office\n\nI am away.", false)]
    [InlineData("From: ivan@client.example\nSubject: Undelivered mail, please help\n\nMy mail comes back.", false)]
    [InlineData("From: postmaster@client.example\nSubject: The printer is on fire\n\nPlease help.", false)]
    [InlineData("", false)]
    public void A_report_is_known_by_a_sender_that_only_mail_systems_have(string message, bool isReport) =>
        Assert.Equal(isReport, DeliveryReport.Read(Corpus.Parse(message)) is not null);

    [Fact]
    public void The_standard_reports_of_the_corpus_name_their_recipients_and_the_letter()
    {
        int standard = 0, withRecipient = 0, withId = 0;
        foreach (var raw in Corpus.Messages())
        {
            if (DeliveryReport.Read(MimeParser.Parse(raw)) is not { IsStandard: true } report) continue;
            standard++;
            if (report.Recipients.Count > 0) withRecipient++;
            if (report.OriginalMessageId is not null) withId++;
            Assert.All(report.Recipients, r => Assert.Contains('@', r.Address));
        }

        Assert.True(standard >= 190, $"{standard} standard reports only");
        Assert.True(withRecipient >= standard * 95 / 100, $"{withRecipient} of {standard} name a recipient");
        Assert.True(withId >= 179, $"{withId} of {standard} name the letter"); // the others return nothing that has an identifier
    }
}
