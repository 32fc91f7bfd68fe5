using MailDesk.Worker.Hosting;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.CommandLine;

/// <summary>Reads the database while the daemon runs or not: changes nothing.</summary>
internal static class StatusCommand
{
    public static async Task<int> InvokeAsync(string? config, CancellationToken cancellationToken)
    {
        var (configuration, settings) = Startup.Load(config);
        if (!File.Exists(settings.Storage.Path))
        {
            await Console.Error.WriteLineAsync($"There is no database at {Path.GetFullPath(settings.Storage.Path)} yet; the first start makes it.");
            return 1;
        }

        using var host = DeskHost.CreateBuilder(settings, configuration, TimeProvider.System).Build();
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<DeskContext>>().CreateDbContextAsync(cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        Console.WriteLine("Tickets");
        foreach (var group in await db.Tickets.GroupBy(t => t.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken))
            Console.WriteLine($"  {group.Key,-22}{group.Count,8}");
        Console.WriteLine("Letters");
        foreach (var group in await db.Letters.GroupBy(l => l.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken))
            Console.WriteLine($"  {group.Key,-22}{group.Count,8}");

        var oldest = await db.Letters.Where(l => l.NextAttemptAt != null).OrderBy(l => l.Id).FirstOrDefaultAsync(cancellationToken);
        Console.WriteLine(oldest is null
            ? "No letter waits."
            : $"Oldest letter that waits: since {oldest.CreatedAt:u} ({Ago(now - oldest.CreatedAt)}), to {oldest.Recipient}, {oldest.Attempts} attempts, last reply: {oldest.LastReply ?? "none"}");
        var last = await db.Mails.OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancellationToken);
        Console.WriteLine(last is null ? "No mail has come yet." : $"Last mail: {last.RecordedAt:u} ({Ago(now - last.RecordedAt)}), from {last.Sender ?? "nobody"}, {last.Kind}");
        await ShowPutAsideAsync(db, cancellationToken);
        var next = await db.Tickets.MinAsync(t => t.NextDeadlineAt, cancellationToken);
        Console.WriteLine(next is null ? "No deadline is set." : $"Next deadline: {next:u}");
        foreach (var failure in await db.Failures.ToListAsync(cancellationToken))
            Console.WriteLine($"Fails: {failure.Mailbox}/{failure.UidValidity}/{failure.Uid}, {failure.Attempts} attempts: {failure.Error}");
        return 0;
    }

    /// <summary>What waits for <c>maildesk replay</c>, the latest first.</summary>
    private static async Task ShowPutAsideAsync(DeskContext db, CancellationToken cancellationToken)
    {
        const int Shown = 20;
        foreach (var group in await db.Mails.Where(m => m.Kind == MailKind.Unprocessable || m.Kind == MailKind.TooLarge)
            .GroupBy(m => m.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken))
            Console.WriteLine($"Put aside as {group.Key}: {group.Count}");
        var failed = await db.Mails.AsNoTracking().Where(m => m.Kind == MailKind.Unprocessable).OrderByDescending(m => m.Id).Take(Shown).ToListAsync(cancellationToken);
        foreach (var mail in failed)
            Console.WriteLine($"  maildesk replay {mail.Mailbox}/{mail.UidValidity}/{mail.Uid}   {mail.ReceivedAt:u}, from {mail.Sender ?? "nobody"}: {mail.Remark}");
        var held = await db.Letters.CountAsync(l => l.NextAttemptAt != null && l.HeldBack, cancellationToken);
        if (held > 0) Console.WriteLine($"Letters held back by the limits for an address: {held}");
    }

    private static string Ago(TimeSpan time) => time.TotalDays >= 1 ? $"{time.TotalDays:0.0} days ago" : time.TotalHours >= 1 ? $"{time.TotalHours:0.0} h ago" : $"{time.TotalMinutes:0} min ago";
}
