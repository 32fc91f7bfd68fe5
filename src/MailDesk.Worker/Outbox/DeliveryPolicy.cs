using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Outbox;

/// <summary>What becomes of a letter after an attempt. A closed set.</summary>
public abstract record Delivery(string Reply)
{
    public sealed record Delivered(string Reply) : Delivery(Reply);

    public sealed record RetryAt(DateTimeOffset At, string Reply) : Delivery(Reply);

    /// <summary>Nobody knows whether the server took it: slowly again, under the same Message-ID.</summary>
    public sealed record Uncertain(DateTimeOffset At, string Reply) : Delivery(Reply);

    public sealed record GiveUp(string Reply) : Delivery(Reply);
}

/// <summary>Decides about retries (MAIL.md §9, RFC 5321 §4.5.4.1). Pure.</summary>
public static class DeliveryPolicy
{
    public static Delivery After(SendResult result, LetterRow letter, OutboxOptions options, DateTimeOffset now) => result switch
    {
        SendResult.Accepted { RefusedRecipients: [var refused, ..] } => After(new SendResult.Refused(refused.Reply), letter, options, now),
        SendResult.Accepted accepted => new Delivery.Delivered(accepted.Reply.ToString()),
        SendResult.Refused { Reply.IsPermanent: true } refused => new Delivery.GiveUp(refused.Reply.ToString()),
        SendResult.Refused refused => Again(refused.Reply.ToString(), letter, options, now),
        SendResult.Unreachable unreachable => Again(unreachable.Reason, letter, options, now),
        SendResult.Uncertain uncertain when IsOver(letter, options, now) => new Delivery.GiveUp(uncertain.Reason),
        SendResult.Uncertain uncertain => new Delivery.Uncertain(now + options.UncertainPause, uncertain.Reason),
        _ => throw new InvalidOperationException($"unknown result {result.GetType().Name}"),
    };

    private static Delivery Again(string reply, LetterRow letter, OutboxOptions options, DateTimeOffset now) =>
        IsOver(letter, options, now)
            ? new Delivery.GiveUp(reply)
            : new Delivery.RetryAt(now + Backoff.Pause(options.FirstPause, options.LongestPause, letter.Attempts), reply);

    private static bool IsOver(LetterRow letter, OutboxOptions options, DateTimeOffset now) => now - letter.CreatedAt >= options.GiveUpAfter;
}
