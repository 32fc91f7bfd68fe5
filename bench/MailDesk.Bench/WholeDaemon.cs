using System.Diagnostics;
using System.Globalization;
using MailDesk.TestServers;
using MailDesk.Worker.Letters;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Bench;

/// <summary>
/// Measures the daemon (A) and the bare pipeline (B) in turn, on the same messages and with the same letters to send, each with fresh
/// servers; then the daemon at rest.
/// Times run from the opened inbox, in which all messages wait, to the moment when Postfix has accepted the last letter. Postfix keeps the
/// letters: their delivery is not measured, and would weigh on A, which takes longer, but end after B.
/// </summary>
internal sealed class WholeDaemon(string maildesk, int count, CancellationToken cancellationToken)
{
    private const int RestMails = 20;

    private readonly string _root = Directory.CreateTempSubdirectory("maildesk-bench-").FullName;

    private sealed record Measured(double Seconds, int Letters, TimeSpan Processor)
    {
        public string Told(int count) => $"{count / Seconds:F1} messages/s ({Letters} letters, {Letters / Seconds:F1}/s, {Processor.TotalSeconds:F1} s of processor)";
    }

    public async Task RunAsync(int pairs, TimeSpan idle)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (MailServers.Missing is { } missing) throw new InvalidOperationException($"Dovecot and Postfix are needed, missing: {missing}");
        try
        {
            var seeded = Directory.CreateDirectory(Path.Combine(_root, "seeded")).FullName;
            var known = await SeedAsync(seeded);
            var messages = Mixture.Messages(count, known, TimeProvider.System.GetUtcNow());
            var sizes = messages.Select(m => m.Raw.Length).Order().ToList();
            Console.WriteLine($"{count} messages, median {sizes[count / 2]} octets, {sizes.Sum() / 1048576.0:F1} MiB in all; {messages.Count(m => m.Raw.AsSpan().IndexOf("In-Reply-To"u8) >= 0)} are replies");

            List<double> ratios = [], ratiosToOne = [];
            for (var pair = 1; pair <= pairs; pair++)
            {
                var folder = Path.Combine(_root, $"desk-{pair}");
                var (desk, opened, peak) = await MeasureDeskAsync(seeded, messages, folder);
                var bare = await MeasureBareAsync(messages, folder, opened, "all");
                var one = await MeasureBareAsync(messages, folder, opened, "one");
                ratios.Add(bare.Seconds / desk.Seconds);
                ratiosToOne.Add(one.Seconds / desk.Seconds);
                Console.WriteLine($"""
                    pair {pair}: daemon              {desk.Told(count)}, peak {peak:F0} MiB
                            bare, same letters  {bare.Told(count)}: ratio {ratios[^1]:F2}
                            bare, one a message {one.Told(count)}: ratio {ratiosToOne[^1]:F2}
                    """);
            }

            Tell("with the same letters", ratios);
            Tell("with one letter a message", ratiosToOne);
            if (idle > TimeSpan.Zero) await MeasureRestAsync(seeded, known, idle);
        }
        finally
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    /// <summary>Has the daemon register the requests to which the messages will reply.</summary>
    private async Task<List<Known>> SeedAsync(string folder)
    {
        await using var servers = await MailServers.StartAsync();
        await Fill.DeliverAsync(servers, Mixture.Seeds(TimeProvider.System.GetUtcNow()), cancellationToken);
        using var desk = DeskRun.Start(maildesk, folder, servers);
        await desk.DoneAsync(Mixture.Senders, cancellationToken);
        await using var db = desk.Open();
        var confirmations = await db.Letters.AsNoTracking().Include(l => l.Ticket).Where(l => l.Role == LetterRole.Client).ToListAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        return [.. confirmations.Select(l => new Known(l.Recipient, l.MessageId, $"[MD-{l.Ticket!.Number}] {l.Ticket.Subject}"))];
    }

    private async Task<(Measured Desk, DateTimeOffset Opened, double PeakMiB)> MeasureDeskAsync(string seeded, List<(string Sender, byte[] Raw)> messages, string folder)
    {
        await using var servers = await MailServers.StartAsync();
        await Fill.DeliverAsync(servers, messages, cancellationToken);
        await servers.HoldAsync();
        CopyDatabase(seeded, folder);
        using var desk = DeskRun.Start(maildesk, folder, servers);
        await desk.DoneAsync(Mixture.Senders + count, cancellationToken);
        var opened = desk.OpenedAt();
        await using var db = desk.Open();
        var sent = await db.Letters.Where(l => l.SentAt > opened).Select(l => l.SentAt!.Value).ToListAsync(cancellationToken);
        return (new Measured((sent.Max() - opened).TotalSeconds, sent.Count, desk.ProcessorTime()), opened, desk.Memory("VmHWM"));
    }

    private async Task<Measured> MeasureBareAsync(List<(string Sender, byte[] Raw)> messages, string deskFolder, DateTimeOffset opened, string letters)
    {
        await using var servers = await MailServers.StartAsync();
        await Fill.DeliverAsync(servers, messages, cancellationToken);
        await servers.HoldAsync();
        string[] arguments =
        [
            typeof(WholeDaemon).Assembly.Location, "bare", $"{servers.Imap.Port}", $"{servers.Smtp.Port}", Path.Combine(deskFolder, $"{letters}.db"),
            DeskRun.DatabaseIn(deskFolder), $"{opened.ToUnixTimeMilliseconds()}", letters,
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split();
        await process.WaitForExitAsync(cancellationToken);
        return new Measured(double.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(words[2], CultureInfo.InvariantCulture)));
    }

    private async Task MeasureRestAsync(string seeded, List<Known> known, TimeSpan idle)
    {
        await using var servers = await MailServers.StartAsync();
        List<int> starts = [];
        for (var i = 0; i < 5; i++)
        {
            var once = Path.Combine(_root, $"start-{i}");
            CopyDatabase(seeded, once);
            using var daemon = DeskRun.Start(maildesk, once, servers);
            starts.Add(await daemon.ReadyAsync(cancellationToken));
        }

        starts.Sort();
        Console.WriteLine($"start to ready: min {starts[0]} ms, median {starts[2]} ms, max {starts[^1]} ms");

        var folder = Path.Combine(_root, "rest");
        CopyDatabase(seeded, folder);
        using var desk = DeskRun.Start(maildesk, folder, servers);
        await desk.ReadyAsync(cancellationToken);
        await TellRestAsync("after the start", desk, idle);
        await Fill.DeliverAsync(servers, Mixture.Messages(RestMails, known, TimeProvider.System.GetUtcNow()), cancellationToken, wait: false);
        await desk.DoneAsync(Mixture.Senders + RestMails, cancellationToken);
        await TellRestAsync($"after {RestMails} mails", desk, idle);
    }

    private async Task TellRestAsync(string when, DeskRun desk, TimeSpan idle)
    {
        await Task.Delay(idle, TimeProvider.System, cancellationToken);
        var before = desk.ProcessorTime();
        await Task.Delay(idle, TimeProvider.System, cancellationToken);
        Console.WriteLine($"idle {when}, two mailboxes watched: {desk.Memory("VmRSS"):F0} MiB resident, {(desk.ProcessorTime() - before).TotalMilliseconds:F0} ms of processor time in {idle.TotalSeconds:F0} s");
    }

    private static void Tell(string what, List<double> ratios)
    {
        if (ratios.Count == 0) return;
        ratios.Sort();
        var median = (ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2;
        Console.WriteLine($"ratio to the bare pipeline {what}: min {ratios[0]:F2}, median {median:F2}, max {ratios[^1]:F2}");
    }

    private static void CopyDatabase(string from, string to)
    {
        Directory.CreateDirectory(to);
        File.Copy(DeskRun.DatabaseIn(from), DeskRun.DatabaseIn(to));
    }
}
