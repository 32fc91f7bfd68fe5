using System.Text;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Reports;
using MailDesk.Mail.Tests.Mime;

namespace MailDesk.Mail.Tests.Reports;

/// <summary>What mail systems say in words of their own: one sample for each way of saying it.</summary>
public sealed class FreeTextReportTests
{
    private const string Copy = "\n\nMessage-ID: <1042.k7@desk.example>\nFrom: support@desk.example\nTo: ivan@client.example\n\nPlease ask ivan.other@client.example.\n";

    public static TheoryData<string, string> Samples => new()
    {
        {
            "Hi. This is the qmail-send program at mx.example.\nThis is a permanent error; I've given up.\n\n<ivan@client.example>:\n192.0.2.1 does not like recipient.\n"
            + "Remote host said: 550 5.1.1 User unknown\nGiving up.\n\n--- Below this line is a copy of the message." + Copy,
            "ivan@client.example Failed 5.1.1"
        },
        {
            "I'm sorry. For further assistance, please contact <postmaster@mx.example>\n\n\t\tThe Postfix program\n\n<ivan@client.example>: host mx said: 552\n    Mailbox full\n"
            + "<anna@client.example>: Name service error" + "\n\n------ This is a copy of the message ------" + Copy,
            "ivan@client.example Failed 5.0.0|anna@client.example Failed "
        },
        {
            "The original message was received at noon\n\n   ----- The following addresses had permanent fatal errors -----\n<ivan@client.example>\n\n"
            + "   ----- Transcript of session follows -----\n>>> RCPT To:<ivan@client.example>\n<<< 550 5.7.1 Denied\n550 5.1.1 <ivan@client.example>... User unknown\n\n   ----- Unsent message follows -----" + Copy,
            "ivan@client.example Failed 5.7.1"
        },
        {
            "   ----- Transcript of session follows -----\n554 <ivan@client.example>... 550 Host unknown\n421 4.4.2 <anna@client.example>... Deferred\n\n   ----- Unsent message follows -----" + Copy,
            "ivan@client.example Failed 5.0.0|anna@client.example Failed 4.4.2"
        },
        {
            "Your message\n\n  To:      support@desk.example\n  Subject: x\n\ndid not reach the following recipient(s):\n\nivan@client.example on Thu, 29 Apr 2010 00:00:00 -0000\n"
            + "    The recipient name is not recognized\n" + "\nOriginal message headers:" + Copy,
            "ivan@client.example Failed "
        },
        {
            "Delivery has failed to these recipients or groups:\n\nivan@client.example<mailto:ivan@client.example>\nThe address wasn’t found.\n\nDSN 5.1.0 Errors\n\n"
            + "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n\nOriginal message headers:" + Copy,
            "ivan@client.example Failed 5.1.10"
        },
        {
            "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  ivan@client.example\n\nbecause:\n\n  User ivan (ivan@client.example) not listed in Domino Directory\n\nOriginal message follows." + Copy,
            "ivan@client.example Failed "
        },
        {
            "THIS IS A WARNING MESSAGE ONLY.\n\nDelivery to the following recipient has been delayed:\n\n     ivan@client.example\n\nMessage will be retried for 2 more day(s)\n\n----- Original message -----" + Copy,
            "ivan@client.example Delayed "
        },
        {
            "Это письмо создано автоматически. Не удалось доставить письмо получателю ivan@client.example.\nОтвет сервера: 550 5.1.1 No such user\n\n--- Исходное сообщение ---" + Copy,
            "ivan@client.example Failed 5.1.1"
        },
        {
            "Technical report:\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ivan@client.example\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: smtp; 451 later\n" + Copy,
            "ivan@client.example Delayed 4.4.1"
        },
        { "Your mail was returned.\n\n--- Original message follows." + Copy, "ivan@client.example Failed " },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Recipients_and_class_are_read_from_words_and_the_copy_below_is_not(string text, string expected)
    {
        var raw = $"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: support@desk.example\nSubject: failure notice\nContent-Type: text/plain; charset=utf-8\n\n{text}";
        foreach (var lines in new[] { raw, raw.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var report = DeliveryReport.Read(MimeParser.Parse(Encoding.UTF8.GetBytes(lines)));
            Assert.Equal(expected, string.Join('|', report!.Recipients.Select(r => $"{r.Address} {r.Action} {r.Status}")));
            Assert.Equal("1042.k7@desk.example", report.OriginalMessageId);
        }
    }

    [Fact]
    public void Words_without_a_code_about_an_end_are_permanent() =>
        Assert.True(DeliveryReport.Read(Corpus.Parse("From: MAILER-DAEMON@mx\nSubject: failure notice\n\n<a@b.example>:\nno such user\n"))!.Recipients.Single().IsPermanent);

    [Fact]
    public void The_header_that_names_the_recipients_is_completed_by_the_text()
    {
        var report = DeliveryReport.Read(Corpus.Parse("X-Failed-Recipients: a@b.example\nFrom: Mailer-Daemon@mx\nSubject: x\n\n  a@b.example\n    host mx [192.0.2.1]: 552 5.2.2 full\n"));
        Assert.Equal([new RecipientReport("a@b.example", DeliveryAction.Failed, "5.2.2", "host mx [192.0.2.1]: 552 5.2.2 full")], report!.Recipients);
    }

    [Fact]
    public void An_address_of_a_network_is_no_code() =>
        Assert.Null(DeliveryReport.Read(Corpus.Parse("From: MAILER-DAEMON@mx\nSubject: failure notice\n\n<a@b.example>:\nhost 5.1.1.7 and 4.2.2.1 refused, v4.85.2020\n"))!.Recipients.Single().Status);

    [Fact]
    public void A_hostile_report_is_bounded()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<a{i}@b.example>: 550 5.1.1 no\n"));
        var report = DeliveryReport.Read(Corpus.Parse("From: MAILER-DAEMON@mx\nSubject: failure notice\n\n" + text))!;
        Assert.Equal(200, report.Recipients.Count);
        Assert.Equal("a0@b.example", report.Recipients[0].Address);
    }
}
