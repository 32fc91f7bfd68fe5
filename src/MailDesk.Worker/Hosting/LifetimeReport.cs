using System.Diagnostics;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Hosting;

/// <summary>Says in the log when every mailbox is watched, or at least tried, and when the desk has been asked to stop and has stopped: a log that ends without it tells of a kill.</summary>
public sealed partial class LifetimeReport(WatcherHealth health, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LifetimeReport> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lifetime.ApplicationStopping.Register(LogStopping);
        lifetime.ApplicationStopped.Register(LogStopped);
        await health.Ready.WaitAsync(stoppingToken);
        var age = time.GetUtcNow().UtcDateTime - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        LogReady((int)age.TotalMilliseconds);
    }

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Ready, {Milliseconds} ms after the process began")]
    private partial void LogReady(int milliseconds);

    [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "Stopping: what has begun is finished first")]
    private partial void LogStopping();

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "Stopped")]
    private partial void LogStopped();
}
