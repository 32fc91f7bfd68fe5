using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.Intake;

/// <summary>Runs a watcher for each mailbox.</summary>
public sealed class IntakeService(DeskSettings settings, Func<MailboxOptions, MailboxWatcher> createWatcher) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Mailboxes.Select(mailbox => createWatcher(mailbox).RunAsync(stoppingToken)));
}
