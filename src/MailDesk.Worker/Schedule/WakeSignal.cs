using System.Threading.Channels;

namespace MailDesk.Worker.Schedule;

/// <summary>Wakes one waiting loop. A signal given while nobody waits is kept; many of them count as one.</summary>
public sealed class WakeSignal(TimeProvider time)
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Returns at a signal, or after <paramref name="atMost"/> (null: only at a signal).</summary>
    public async Task WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        using var limit = atMost is { } pause ? new CancellationTokenSource(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time) : null;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit?.Token ?? CancellationToken.None);
        try
        {
            await _signals.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up: look again.
        }
    }
}
