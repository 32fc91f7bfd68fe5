namespace MailDesk.Worker.Tests.Service;

/// <summary>A clock whose timers go off when the test says so.</summary>
internal sealed class HandTime : TimeProvider
{
    public List<HandTimer> Timers { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(() => callback(state), dueTime, period);
        Timers.Add(timer);
        return timer;
    }

    internal sealed record HandTimer(Action Fire, TimeSpan DueTime, TimeSpan Period) : ITimer
    {
        public bool IsDisposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
