using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Outbox;

/// <summary>Sends due letters, one lane a connection, and waits for the next to fall due. Rows carry their next attempt; signals only wake the loop.</summary>
public sealed partial class OutboxService(
    LetterBox queue, OutboxSignal signal, Func<IMailTransport> openTransport, DeskSettings settings, TimeProvider time, ILogger<OutboxService> log)
    : BackgroundService
{
    /// <summary>The pause after a fault of the database: everything else is a result, not an exception.</summary>
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Even with nothing due and no signal, look again: a moved system clock must not stop the mail.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var uncertain = await queue.RecoverAsync(stoppingToken);
        if (uncertain > 0) LogUncertainAtStart(uncertain);
        await Task.WhenAll(Enumerable.Range(0, settings.Smtp.Connections).Select(lane => RunLaneAsync(lane, stoppingToken)));
    }

    private async Task RunLaneAsync(int lane, CancellationToken stoppingToken)
    {
        await using var transport = openTransport();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(lane, transport, stoppingToken);
                var next = queue.NextAttempt(lane) - time.GetUtcNow();
                await signal.WaitAsync(lane, Clamp(next ?? LongestWait), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFault(e, lane);
                await signal.WaitAsync(lane, PauseAfterFault, stoppingToken);
            }
        }
    }

    /// <summary>At least a second: what is due and was not sent waits for a server that cannot be reached.</summary>
    private static TimeSpan Clamp(TimeSpan wait) => wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;

    /// <summary>Sends what is due, batch after batch, until nothing is left or the server cannot be reached.</summary>
    private async Task SendDueAsync(int lane, IMailTransport transport, CancellationToken stoppingToken)
    {
        var letters = await queue.ClaimAsync(lane, stoppingToken);
        while (letters.Count > 0) letters = await SendAsync(letters, lane, transport, stoppingToken);
    }

    /// <returns>The next batch, claimed; empty when nothing is left, or the server cannot be reached.</returns>
    private async Task<IReadOnlyList<LetterRow>> SendAsync(IReadOnlyList<LetterRow> letters, int lane, IMailTransport transport, CancellationToken stoppingToken)
    {
        HashSet<(int?, string)> waiting = []; // a letter that must wait holds back the later ones of its request to the same reader
        var (reachable, last) = (true, letters[^1]);
        foreach (var letter in letters)
        {
            if (!reachable || stoppingToken.IsCancellationRequested || waiting.Contains((letter.TicketId, letter.Recipient)))
            {
                // At once: the first letter that is still claimed must be the one that is being sent.
                await queue.ReleaseAsync(letter.Id, CancellationToken.None);
                continue;
            }

            // A letter that has begun is finished: stopping in the middle would make it uncertain.
            var (result, delivery) = await SendAsync(letter, transport);
            if (letter.TicketId is not null && delivery is Delivery.RetryAt or Delivery.Uncertain) waiting.Add((letter.TicketId, letter.Recipient));
            reachable = result is not SendResult.Unreachable;
            if (letter == last && reachable && !stoppingToken.IsCancellationRequested)
            {
                var next = await queue.MarkAndClaimAsync(lane, letter, delivery, CancellationToken.None);
                Report(letter, delivery);
                return next;
            }

            await queue.MarkAsync(letter, delivery, CancellationToken.None);
            Report(letter, delivery);
        }

        return reachable && !stoppingToken.IsCancellationRequested ? await queue.ClaimAsync(lane, stoppingToken) : [];
    }

    private async Task<(SendResult Result, Delivery Delivery)> SendAsync(LetterRow letter, IMailTransport transport)
    {
        var result = await transport.SendAsync(
            new MailEnvelope(letter.Sender, [letter.Recipient]), Compression.Decompress(letter.Content!.Compressed), CancellationToken.None);
        return (result, DeliveryPolicy.After(result, letter, settings.Outbox, time.GetUtcNow()));
    }

    private void Report(LetterRow letter, Delivery delivery)
    {
        switch (delivery)
        {
            case Delivery.Delivered: LogDelivered(letter.MessageId, letter.Recipient, delivery.Reply); break;
            case Delivery.RetryAt retry: LogRetry(letter.MessageId, letter.Recipient, delivery.Reply, retry.At); break;
            case Delivery.Uncertain: LogUncertain(letter.MessageId, letter.Recipient, delivery.Reply); break;
            case Delivery.GiveUp: LogGivenUp(letter.MessageId, letter.Recipient, delivery.Reply); break;
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Letter {MessageId} to {Recipient} accepted: {Reply}")]
    private partial void LogDelivered(string messageId, string recipient, string reply);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Letter {MessageId} to {Recipient} not accepted: {Reply}; again at {At:u}")]
    private partial void LogRetry(string messageId, string recipient, string reply, DateTimeOffset at);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "Letter {MessageId} to {Recipient} may or may not have been accepted: {Reply}")]
    private partial void LogUncertain(string messageId, string recipient, string reply);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "Letter {MessageId} to {Recipient} given up: {Reply}")]
    private partial void LogGivenUp(string messageId, string recipient, string reply);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "{Count} letters were being sent when the desk was killed; sent again slowly under the same Message-ID")]
    private partial void LogUncertainAtStart(int count);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Error, Message = "Sending (lane {Lane}) failed; goes on after a pause")]
    private partial void LogFault(Exception e, int lane);
}
