using MailDesk.Worker.Configuration;
using MailDesk.Worker.Schedule;

namespace MailDesk.Worker.Outbox;

/// <summary>Tells the lanes that letters have been written.</summary>
public sealed class OutboxSignal(DeskSettings settings, TimeProvider time)
{
    private readonly WakeSignal[] _lanes = [.. Enumerable.Range(0, settings.Smtp.Connections).Select(_ => new WakeSignal(time))];

    public void Set()
    {
        foreach (var lane in _lanes) lane.Set();
    }

    public Task WaitAsync(int lane, TimeSpan? atMost, CancellationToken cancellationToken) => _lanes[lane].WaitAsync(atMost, cancellationToken);
}
