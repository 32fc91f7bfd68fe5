namespace MailDesk.Worker.People;

/// <summary>
/// Keeps the directory up to date while the daemon runs. It looks every few seconds: events of the file system get lost, come twice, or do not come
/// at all (network shares, mounted secrets), and where the database lies in the same folder every mail would cause some.
/// </summary>
public sealed partial class DirectoryWatch(DirectoryReload reload, PersonRegister register, TimeProvider time, ILogger<DirectoryWatch> log) : BackgroundService
{
    /// <summary>Before any mail is read: the changes that clients have made by mail count from the first one on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        reload.Look();
        await register.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = DirectoryReload.Interval;
            try
            {
                (var changed, next) = reload.Look();
                if (changed) await register.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e, reload.FilePath);
            }

            await Task.Delay(next, time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 406, Level = LogLevel.Error, Message = "Directory {Path}: cannot be brought up to date; tried again")]
    private partial void LogFailed(Exception e, string path);
}
