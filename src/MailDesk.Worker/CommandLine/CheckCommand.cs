using MailDesk.Mail.Imap;
using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Hosting;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.CommandLine;

/// <summary>Tries everything that the daemon needs, one line each, and goes on after a failure so that one run shows all of them.</summary>
internal static class CheckCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> InvokeAsync(string? config, CancellationToken cancellationToken)
    {
        var (configuration, settings) = Startup.Load(config);
        using var host = DeskHost.CreateBuilder(settings, configuration, TimeProvider.System).Build();
        await using var sandbox = settings.Sandbox.Enabled ? new SandboxHost(settings, DeskHost.LoadDirectory(settings), TimeProvider.System) : null;
        var failed = 0;
        Console.WriteLine("ok      settings, directory, rules");
        await TryAsync("letters", () => Task.FromResult(RenderAll(host.Services.GetRequiredService<LetterComposer>())));
        await TryAsync($"database {settings.Storage.Path}", () => DatabaseAsync(host.Services, cancellationToken));
        if (sandbox is not null) await TryAsync("sandbox", () => SandboxAsync(sandbox, cancellationToken));
        foreach (var mailbox in settings.Mailboxes) await TryAsync($"IMAP {mailbox.Address} at {mailbox.Imap.Endpoint}", () => ImapAsync(mailbox, cancellationToken));
        await TryAsync($"SMTP at {settings.Smtp.Endpoint}", () => SmtpAsync(settings, cancellationToken));
        return failed == 0 ? 0 : 1;

        async Task TryAsync(string what, Func<Task<string>> attempt)
        {
            try
            {
                Console.WriteLine($"ok      {what}: {await attempt()}");
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failed++;
                Console.WriteLine($"FAILED  {what}: {e.Message}");
            }
        }
    }

    private static string RenderAll(LetterComposer composer)
    {
        var letters = LetterSamples.Languages.SelectMany(LetterSamples.All).ToList();
        foreach (var (_, letter) in letters) composer.Compose(letter);
        return $"{letters.Count} rendered";
    }

    private static async Task<string> DatabaseAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<DeskContext>>().CreateDbContextAsync(cancellationToken);
        if (!File.Exists(db.Database.GetDbConnection().DataSource)) return "not there yet, the first start makes it";
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        return pending == 0 ? $"{await db.Tickets.CountAsync(cancellationToken)} tickets" : $"{pending} migrations due, the next start applies them";
    }

    private static async Task<string> SandboxAsync(SandboxHost sandbox, CancellationToken cancellationToken)
    {
        await sandbox.StartAsync(cancellationToken);
        return "started for this check";
    }

    private static async Task<string> ImapAsync(MailboxOptions mailbox, CancellationToken cancellationToken)
    {
        await using var session = await ImapClient.ConnectAsync(
            mailbox.Imap.Endpoint with { ConnectTimeout = Patience, IoTimeout = Patience }, mailbox.Imap.Credentials!, TimeProvider.System, cancellationToken);
        var inbox = await session.OpenAsync(mailbox.Inbox, cancellationToken);
        return $"{inbox.Exists} messages in {inbox.Name}";
    }

    private static async Task<string> SmtpAsync(DeskSettings settings, CancellationToken cancellationToken)
    {
        // As the outbox does it, to the point at which a letter would go: greeting, TLS, EHLO, AUTH.
        if (settings.Smtp.Credentials?.Tokens is { } tokens) await tokens.GetTokenAsync(refused: null, cancellationToken);
        var options = DeskHost.SmtpOptionsOf(settings);
        await SmtpClient.ProbeAsync(
            options with { Endpoint = options.Endpoint with { ConnectTimeout = Patience, IoTimeout = Patience } }, TimeProvider.System, cancellationToken);
        return options.Credentials is { } who ? $"logged in as {who.UserName}" : "greeted; no user is set, so without a login";
    }
}
