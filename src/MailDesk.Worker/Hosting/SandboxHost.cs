using MailDesk.Mail.Sandbox;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Hosting;

/// <summary>Runs the sandbox mail server inside the process, with an account for each mailbox and everybody in the directory.</summary>
public sealed class SandboxHost(DeskSettings settings, DeskDirectory directory, TimeProvider time) : IHostedService, IAsyncDisposable
{
    /// <summary>Set once started.</summary>
    public SandboxServer? Server { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken) => Server = await SandboxServer.StartAsync(Options(settings, directory), time, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await Server.DisposeAsync();
        Server = null;
    }

    public static SandboxOptions Options(DeskSettings settings, DeskDirectory directory) => new()
    {
        ImapPort = settings.Sandbox.ImapPort,
        SmtpPort = settings.Sandbox.SmtpPort,
        Accounts = [.. Addresses(settings, directory).Distinct(StringComparer.OrdinalIgnoreCase).Select(address => new SandboxAccount(address, settings.Sandbox.Password))],
        AuthservId = settings.Security.AuthservId,
        Folder = settings.Sandbox.Folder.Length > 0 ? settings.Sandbox.Folder : null,
    };

    private static IEnumerable<string> Addresses(DeskSettings settings, DeskDirectory directory) =>
    [
        .. settings.Mailboxes.Select(mailbox => mailbox.Address),
        .. directory.Clients.SelectMany(client => client.Persons).SelectMany(person => person.Addresses),
        .. directory.Engineers.SelectMany(engineer => engineer.Addresses),
        .. settings.Sandbox.Accounts,
    ];
}
