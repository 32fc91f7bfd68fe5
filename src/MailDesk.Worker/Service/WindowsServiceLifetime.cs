using System.Runtime.Versioning;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Service;

/// <summary>The host's life as Windows shows it: start pending → running when ready → stop pending; <see cref="WindowsService"/> says the end.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsServiceLifetime : IHostLifetime, IDisposable
{
    /// <summary>Well under the time that Windows gives a pending state.</summary>
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    private readonly WindowsService _service;
    private readonly WatcherHealth _health;
    private readonly IHostApplicationLifetime _host;
    private readonly ILogger<WindowsServiceLifetime> _log;
    private readonly ITimer _progress;
    private readonly Lock _moving = new();
    private ServiceState _state = ServiceState.StartPending;

    public WindowsServiceLifetime(WindowsService service, WatcherHealth health, IHostApplicationLifetime host, TimeProvider time, ILogger<WindowsServiceLifetime> log)
    {
        (_service, _health, _host, _log) = (service, health, host, log);
        _progress = time.CreateTimer(_ => ReportProgress(), null, ProgressEvery, ProgressEvery);
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _service.OnStop = Stop;
        _host.ApplicationStopping.Register(() => Move(ServiceState.StopPending));
        _ = ReportReadyAsync();
        return Task.CompletedTask;
    }

    /// <summary>The process reports itself that it has stopped, when it has closed the database and the log as well.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _service.OnStop = null;
        _progress.Dispose();
    }

    private void Stop()
    {
        LogStopRequested();
        _host.StopApplication();
    }

    private async Task ReportReadyAsync()
    {
        await _health.Ready.WaitAsync(_host.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_host.ApplicationStopping.IsCancellationRequested) Move(ServiceState.Running);
    }

    /// <summary>States only go forward: readiness that comes while the service stops is no news.</summary>
    private void Move(ServiceState state)
    {
        lock (_moving)
        {
            if (_state == ServiceState.StopPending) return;
            _state = state;
            _service.Report(state);
        }
    }

    private void ReportProgress()
    {
        lock (_moving)
        {
            if (_state is ServiceState.StartPending or ServiceState.StopPending) _service.Report(_state);
        }
    }

    [LoggerMessage(EventId = 112, Level = LogLevel.Information, Message = "Windows asks the service to stop")]
    private partial void LogStopRequested();
}
