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

    [Fact]
    public void A_person_who_forwards_a_report_with_its_parts_writes_a_request() => Assert.Null(DeliveryReport.Read(Corpus.Parse(
        "From: ivan@client.example\nSubject: Fwd: failure\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWhat is this?\n--b\n"
        + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822;a@b.c\nAction: failed\n--b--\n")));

    [Theory]
    [InlineData("abuse@isp.example", "multipart/report; report-type=feedback-report", "message/feedback-report", "abuse")]
    [InlineData("staff@outlook.example", "multipart/mixed", "message/rfc822", null)]
    public void A_complaint_report_is_no_delivery_report(string from, string type, string part, string? feedback)
    {
        var message = Corpus.Parse($"From: {from}\nReturn-Path: <>\nSubject: complaint about message from 192.0.2.1\nContent-Type: {type}; boundary=b\n\n"
            + $"--b\n\nThis is a report.\n--b\nContent-Type: {part}\n\nFeedback-Type: abuse\nMessage-ID: <x@y>\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <x@y>\n\nHi.\n--b--\n");
        Assert.Null(DeliveryReport.Read(message));
        Assert.Equal(new ComplaintReport(feedback, "x@y"), ComplaintReport.Read(message));
    }

    [Theory]
    [InlineData("failed", "4.4.7", true)] // RFC 3464 §2.3.3: given up, though each attempt might have gone better
    [InlineData("failed", "5.1.1", true)]
    [InlineData("delayed", "4.4.1", false)]
    [InlineData("delayed", "5.4.0", false)] // still trying
    [InlineData("relayed", "2.0.0", false)]
    [InlineData("unheard-of", "5.1.1", true)]
    [InlineData("unheard-of", "4.1.1", false)]
    public void Failed_is_the_last_word_whatever_the_code(string action, string status, bool permanent) => Assert.Equal(
        permanent,
        DeliveryReport.Read(Corpus.Parse(Standard($"Final-Recipient: rfc822;a@b.c\nAction: {action}\nStatus: {status}")))!.Recipients.Single().IsPermanent);

    [Theory]
    [InlineData(@"utf-8; \x{438}\x{432}\x{430}\x{43D}@client.example", "иван@client.example")]
    [InlineData(@"UTF-8;a\x{2B}b@client.example", "a+b@client.example")]
    [InlineData(@"rfc822;a\x{2B}b@client.example", @"a\x{2B}b@client.example")]
    public void Addresses_outside_ascii_are_read(string field, string address) => Assert.Equal(
        address, DeliveryReport.Read(Corpus.Parse(Standard($"Final-Recipient: {field}\nAction: failed\nStatus: 5.1.1")))!.Recipients.Single().Address);

    [Fact]
    public void A_report_about_success_stays_one()
    {
        var report = DeliveryReport.Read(Corpus.Parse(Standard("Final-Recipient: rfc822;a@b.c\nAction: delivered\nStatus: 2.0.0")));
        Assert.Equal([new RecipientReport("a@b.c", DeliveryAction.Delivered, "2.0.0", null)], report!.Recipients);
        Assert.False(report.Recipients[0].IsPermanent);
    }

    [Theory]
    [InlineData("Return-Path: <>\nFrom: postmaster@mx.example\nSubject: failure notice\n\nHi.", true)]
    [InlineData("From: MAILER-DAEMON@mx.example\nSubject: Undeliverable: x\n\nHi.", true)]
    [InlineData("Return-Path: <>\nFrom: ivan@client.example\nSubject: Out of office\n\nI am away.", false)]
    [InlineData("From: ivan@client.example\nSubject: Undelivered mail, please help\n\nMy mail comes back.", false)]
    [InlineData("From: postmaster@client.example\nSubject: The printer is on fire\n\nPlease help.", false)]
    [InlineData("From: MAILER-DAEMON <>\nSubject: Mail delivery failed\n\nThere was an error delivering your mail to <a@b.example>.", true)]
    [InlineData("From: postmaster@client.example\nSubject: Почта\n\nSent <<< RCPT TO:<a@b.example>\nReceived >>> 550 5.1.1 unknown", true)]
    [InlineData("From: postmaster@client.example\nSubject: Fwd: Undelivered Mail\n\nWhat is this?\n\n550 5.1.1 unknown", false)]
    [InlineData("From: postmaster@client.example\nUser-Agent: Thunderbird\nSubject: Undelivered Mail\n\nMail could not be delivered to us.", false)]
    [InlineData("From: postmaster@client.example\nSubject: Help\n\nWhat is this?\n\n> 550 5.1.1 unknown", false)]
    [InlineData("From: no-reply@shop.example\nSubject: Your parcel\n\nYour parcel could not be delivered to you.", false)]
    [InlineData("Return-Path: <ivan@client.example>\nFrom: ivan@client.example\nSubject: Fwd: failure notice\n\n> From: MAILER-DAEMON@mx\n> <a@b.example>:\n> 550 5.1.1 no", false)]
    [InlineData("", false)]
    public void A_report_is_known_by_a_sender_that_only_mail_systems_have(string message, bool isReport) =>
        Assert.Equal(isReport, DeliveryReport.Read(Corpus.Parse(message)) is not null);
}
