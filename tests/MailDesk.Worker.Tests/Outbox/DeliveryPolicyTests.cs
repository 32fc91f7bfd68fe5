using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Tests.Outbox;

public sealed class DeliveryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);
    private static readonly OutboxOptions Options = new();
    private static readonly SmtpReply Busy = new(451, "4.3.2", "try later"), NoSuchUser = new(550, "5.1.1", "no such user");

    [Fact]
    public void What_the_server_took_is_delivered() =>
        Assert.Equal(new Delivery.Delivered("250 2.0.0 queued"), After(new SendResult.Accepted(new SmtpReply(250, "2.0.0", "queued"), [])));

    [Fact]
    public void A_refused_recipient_counts_though_the_server_took_the_letter() =>
        Assert.IsType<Delivery.GiveUp>(After(new SendResult.Accepted(new SmtpReply(250, null, "ok"), [new RefusedRecipient("x@y.example", NoSuchUser)])));

    [Fact]
    public void A_permanent_refusal_is_the_end() => Assert.Equal(new Delivery.GiveUp("550 5.1.1 no such user"), After(new SendResult.Refused(NoSuchUser)));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(50, 7200)]
    public void A_temporary_refusal_is_tried_again_with_growing_pauses(int attempts, int seconds)
    {
        Assert.Equal(new Delivery.RetryAt(Now.AddSeconds(seconds), "451 4.3.2 try later"), After(new SendResult.Refused(Busy), attempts));
        Assert.Equal(new Delivery.RetryAt(Now.AddSeconds(seconds), "no route"), After(new SendResult.Unreachable("no route"), attempts));
    }

    [Fact]
    public void A_refused_login_says_nothing_against_the_letter() =>
        Assert.IsType<Delivery.RetryAt>(After(new SendResult.Unreachable("login refused", new SmtpReply(535, "5.7.8", "bad password"))));

    [Fact]
    public void Nobody_knows_is_tried_again_slowly() =>
        Assert.Equal(new Delivery.Uncertain(Now + Options.UncertainPause, "broken"), After(new SendResult.Uncertain("broken")));

    [Fact]
    public void After_five_days_a_letter_is_given_up()
    {
        var old = Now - Options.GiveUpAfter;

        Assert.IsType<Delivery.RetryAt>(After(new SendResult.Refused(Busy), 40, old.AddSeconds(1)));
        Assert.IsType<Delivery.GiveUp>(After(new SendResult.Refused(Busy), 40, old));
        Assert.IsType<Delivery.GiveUp>(After(new SendResult.Unreachable("no route"), 40, old));
        Assert.IsType<Delivery.GiveUp>(After(new SendResult.Uncertain("broken"), 40, old));
    }

    private static Delivery After(SendResult result, int attempts = 0, DateTimeOffset? createdAt = null) =>
        DeliveryPolicy.After(result, new LetterRow { Sender = "", Recipient = "", MessageId = "", Attempts = attempts, CreatedAt = createdAt ?? Now }, Options, Now);
}
