using System.Net.Sockets;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Service;

/// <summary>Tells systemd when the desk is ready and when it stops, and that it lives at twice the pace that the watchdog asks for.</summary>
internal sealed partial class SystemdNotifier(
    SystemdSocket socket, WatcherHealth health, DeskSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SystemdNotifier> log)
    : BackgroundService
{
    private ITimer? _watchdog;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (socket.WatchdogLimit is { } limit) _watchdog = time.CreateTimer(_ => Send("WATCHDOG=1"), null, TimeSpan.Zero, limit / 2);
        lifetime.ApplicationStopping.Register(() => Send("STOPPING=1\nSTATUS=Finishing what has begun"));
        Send("STATUS=Opening the mailboxes");
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        // Not at the stop: systemd watches until the process has ended.
        _watchdog?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await health.Ready.WaitAsync(stoppingToken);
        Send($"READY=1\nSTATUS=Watching {string.Join(", ", settings.Mailboxes.Select(mailbox => mailbox.Address))}");
    }

    private void Send(string state)
    {
        try
        {
            socket.Send(state);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            LogUnheard(state, socket.Path, e.Message);
        }
    }

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "systemd did not hear {State} at {Socket}: {Reason}")]
    private partial void LogUnheard(string state, string socket, string reason);
}
