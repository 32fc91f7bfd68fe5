using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>RFC 2177 asks for less than 29 minutes; many routers forget a silent connection after 10.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(9);

    /// <summary>A server that does not answer DONE within this time is gone.</summary>
    private static readonly TimeSpan DoneGrace = TimeSpan.FromSeconds(10);

    public async Task<bool> WaitForNewsAsync(TimeSpan atMost, TimeSpan pollEvery, CancellationToken cancellationToken)
    {
        var news = await AloneAsync(async () =>
        {
            RequireOpened();
            var started = _time.GetTimestamp();
            while (!HasNews && !cancellationToken.IsCancellationRequested)
            {
                var left = atMost - _time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero) break;
                if (Has("IDLE") && await IdleAsync(Shorter(left, KeepAlive), cancellationToken)) continue;
                return await PollAsync(Shorter(left, pollEvery), cancellationToken);
            }

            return HasNews;
        });
        cancellationToken.ThrowIfCancellationRequested(); // the session is in order, and the news is not forgotten
        return news;
    }

    /// <summary>
    /// RFC 2177. The read that waits for the server is never cancelled; DONE goes out beside it, unless the server has ended the
    /// command by itself.
    /// </summary>
    /// <returns>False when the server does not idle, or not for as long as it was asked to.</returns>
    private async Task<bool> IdleAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        using var gone = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Task.Delay(period, _time, over.Token);
        var tag = await SendAsync("IDLE", gone.Token);
        var (idling, done) = (false, false);
        try
        {
            while (true)
            {
                var reading = NextAsync(gone.Token, period + _connection.Endpoint.IoTimeout).AsTask();
                if (!done && !reading.IsCompleted && (HasNews || await Task.WhenAny(reading, waiting) == waiting))
                {
                    gone.CancelAfter(DoneGrace);
                    if (idling) await SendLineAsync(gone.Token, "DONE");
                    done = idling;
                }

                var response = await reading;
                if (response.Kind == ImapResponseKind.Continuation) idling = true;
                if (response.Kind == ImapResponseKind.Tagged) return done && response.Tag == tag;
            }
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new MailConnectionException($"{_connection.Endpoint} did not end IDLE within {DoneGrace.TotalSeconds:0} s", e);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    /// <summary>Waits, keeping the connection alive, and asks with NOOP at the end. A cancelled wait ends early and quietly.</summary>
    private async Task<bool> PollAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = Shorter(wait, KeepAlive);
            await Task.Delay(step, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return false;
            (await ExecuteAsync("NOOP", cancellationToken)).ThrowUnlessOk("NOOP");
            wait -= step;
            if (HasNews || wait <= TimeSpan.Zero) return HasNews;
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
