using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests.Intake;

public sealed class AutomaticMailTests
{
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
