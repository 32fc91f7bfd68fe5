using MailDesk.Worker.Configuration;
using MailDesk.Worker.Schedule;

namespace MailDesk.Worker.Outbox;

/// <summary>Tells the lanes that letters have been written.</summary>
public sealed class OutboxSignal(DeskSettings settings, TimeProvider time)
{
    private readonly WakeSignal[] _lanes = [.. Enumerable.Range(0, settings.Smtp.Connections).Select(_ => new WakeSignal(time))];

    /// <param name="ticketId">The request that they belong to, whose letters all go out in one lane; null when that is not known.</param>
    public void Set(int? ticketId = null)
    {
        if (ticketId is { } id) _lanes[id % _lanes.Length].Set();
        else Array.ForEach(_lanes, lane => lane.Set());
    }

    public Task WaitAsync(int lane, TimeSpan? atMost, CancellationToken cancellationToken) => _lanes[lane].WaitAsync(atMost, cancellationToken);
}
