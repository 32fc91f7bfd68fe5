using MailDesk.Worker.Schedule;

namespace MailDesk.Worker.People;

/// <summary>
/// Keeps the directory up to date while the daemon runs. Events of the file system only wake the loop: they get lost, come twice, or do not
/// come at all (network shares, mounted secrets), so that it looks every few seconds as well.
/// </summary>
public sealed partial class DirectoryWatch(DirectoryReload reload, PersonRegister register, TimeProvider time, ILogger<DirectoryWatch> log) : BackgroundService
{
    private readonly WakeSignal _wake = new(time);

    /// <summary>Before any mail is read: the changes that clients have made by mail count from the first one on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await register.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var events = Listen();
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

            await _wake.WaitAsync(next, stoppingToken);
        }
    }

    private FileSystemWatcher? Listen()
    {
        try
        {
            // The folder, not the file: most editors write another file and rename it.
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(reload.FilePath)!, Path.GetFileName(reload.FilePath));
            watcher.Changed += (_, _) => _wake.Set();
            watcher.Created += (_, _) => _wake.Set();
            watcher.Renamed += (_, _) => _wake.Set();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            LogNoEvents(reload.FilePath, DirectoryReload.Interval, e.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 405, Level = LogLevel.Warning, Message = "Directory {Path}: the system does not tell of changes, so the desk looks every {Interval}: {Reason}")]
    private partial void LogNoEvents(string path, TimeSpan interval, string reason);

    [LoggerMessage(EventId = 406, Level = LogLevel.Error, Message = "Directory {Path}: cannot be brought up to date; tried again")]
    private partial void LogFailed(Exception e, string path);
}
