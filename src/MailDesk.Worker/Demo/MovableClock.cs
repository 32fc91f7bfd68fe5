namespace MailDesk.Worker.Demo;

/// <summary>A clock that runs as the given one does and can be put forward. Its timers run in real time: they only wake loops.</summary>
public sealed class MovableClock(TimeProvider real) : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);

    public void MoveTo(DateTimeOffset now) => Interlocked.Exchange(ref _offset, (now - real.GetUtcNow()).Ticks);
}
