using System.Diagnostics;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Hosting;

/// <summary>Says in the log when every mailbox is watched, or at least tried.</summary>
public sealed partial class ReadyReport(WatcherHealth health, TimeProvider time, ILogger<ReadyReport> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await health.Ready.WaitAsync(stoppingToken);
        var age = time.GetUtcNow().UtcDateTime - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        LogReady((int)age.TotalMilliseconds);
    }

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Ready, {Milliseconds} ms after the process began")]
    private partial void LogReady(int milliseconds);
}
