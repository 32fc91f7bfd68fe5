using System.Diagnostics;
using System.Globalization;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Smtp;
using MailDesk.TestServers;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Bench;

/// <summary>
/// Measures the daemon (A) and the bare pipeline (B) in turn, on the same messages, each with fresh servers; then the daemon at rest.
/// Times run from the opened inbox, in which all messages wait, to the moment when Postfix has accepted the last letter.
/// </summary>
internal sealed class WholeDaemon(string maildesk, int count, CancellationToken cancellationToken)
{
    private const string Support = "support@desk.example";

    private readonly string _root = Directory.CreateTempSubdirectory("maildesk-bench-").FullName;

    private sealed record Measured(double Seconds, int Letters, TimeSpan Processor, double PeakMiB);

    public async Task RunAsync(int pairs, TimeSpan idle)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (MailServers.Missing is { } missing) throw new InvalidOperationException($"Dovecot and Postfix are needed, missing: {missing}");
        try
        {
            var seeded = Directory.CreateDirectory(Path.Combine(_root, "seeded")).FullName;
            var (known, letter) = await SeedAsync(seeded);
            var messages = Mixture.Messages(count, known, TimeProvider.System.GetUtcNow());
            var sizes = messages.Select(m => m.Raw.Length).Order().ToList();
            Console.WriteLine($"{count} messages, median {sizes[count / 2]} octets, {sizes.Sum() / 1048576.0:F1} MiB in all; {messages.Count(m => m.Raw.AsSpan().IndexOf("In-Reply-To"u8) >= 0)} are replies");
            Console.WriteLine($"the bare pipeline sends one letter of {new FileInfo(letter).Length} octets a message");

            List<double> ratios = [];
            for (var pair = 1; pair <= pairs; pair++)
            {
                var desk = await MeasureDeskAsync(seeded, messages, Path.Combine(_root, $"desk-{pair}"));
                var bare = await MeasureBareAsync(messages, letter, Path.Combine(_root, $"bare-{pair}.db"));
                ratios.Add(bare.Seconds / desk.Seconds);
                Console.WriteLine($"pair {pair}: daemon {count / desk.Seconds:F1} messages/s ({desk.Letters} letters, {desk.Letters / desk.Seconds:F1}/s, {desk.Processor.TotalSeconds:F1} s of processor, peak {desk.PeakMiB:F0} MiB); "
                    + $"bare {count / bare.Seconds:F1} messages/s ({bare.Letters} letters, {bare.Processor.TotalSeconds:F1} s of processor); ratio {ratios[^1]:F2}");
            }

            ratios.Sort();
            if (ratios.Count > 0) Console.WriteLine($"ratio: min {ratios[0]:F2}, median {ratios[ratios.Count / 2]:F2}, max {ratios[^1]:F2}");
            if (idle > TimeSpan.Zero) await MeasureRestAsync(seeded, idle);
        }
        finally
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    /// <summary>Has the daemon register the requests to which the messages will reply.</summary>
    /// <returns>The requests, and a file with one of the daemon's letters.</returns>
    private async Task<(List<Known> Known, string Letter)> SeedAsync(string folder)
    {
        await using var servers = await MailServers.StartAsync();
        await FillAsync(servers, Mixture.Seeds(TimeProvider.System.GetUtcNow()));
        using var desk = DeskRun.Start(maildesk, folder, servers);
        await desk.DoneAsync(Mixture.Senders, cancellationToken);
        await using var db = desk.Open();
        var confirmations = await db.Letters.AsNoTracking().Include(l => l.Ticket).Include(l => l.Content).Where(l => l.Role == LetterRole.Client).ToListAsync(cancellationToken);
        var letter = Path.Combine(_root, "letter.eml");
        await File.WriteAllBytesAsync(letter, Compression.Decompress(confirmations[0].Content!.Compressed), cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        return ([.. confirmations.Select(l => new Known(l.Recipient, l.MessageId, $"[MD-{l.Ticket!.Number}] {l.Ticket.Subject}"))], letter);
    }

    private async Task<Measured> MeasureDeskAsync(string seeded, List<(string Sender, byte[] Raw)> messages, string folder)
    {
        await using var servers = await MailServers.StartAsync();
        await FillAsync(servers, messages);
        CopyDatabase(seeded, folder);
        using var desk = DeskRun.Start(maildesk, folder, servers);
        await desk.DoneAsync(Mixture.Senders + count, cancellationToken);
        var opened = desk.OpenedAt();
        await using var db = desk.Open();
        var sent = await db.Letters.Where(l => l.SentAt > opened).Select(l => l.SentAt!.Value).ToListAsync(cancellationToken);
        return new Measured((sent.Max() - opened).TotalSeconds, sent.Count, desk.ProcessorTime(), desk.Memory("VmHWM"));
    }

    private async Task<Measured> MeasureBareAsync(List<(string Sender, byte[] Raw)> messages, string letter, string database)
    {
        await using var servers = await MailServers.StartAsync();
        await FillAsync(servers, messages);
        var start = new ProcessStartInfo(
            "dotnet", [typeof(WholeDaemon).Assembly.Location, "bare", $"{servers.Imap.Port}", $"{servers.Smtp.Port}", database, letter])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split();
        await process.WaitForExitAsync(cancellationToken);
        return new Measured(double.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(words[2], CultureInfo.InvariantCulture)), 0);
    }

    private async Task MeasureRestAsync(string seeded, TimeSpan idle)
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
        await Task.Delay(idle, TimeProvider.System, cancellationToken);
        var before = desk.ProcessorTime();
        await Task.Delay(idle, TimeProvider.System, cancellationToken);
        Console.WriteLine($"idle, two mailboxes watched: {desk.Memory("VmRSS"):F0} MiB resident, {(desk.ProcessorTime() - before).TotalMilliseconds:F0} ms of processor time in {idle.TotalSeconds:F0} s");
    }

    private static void CopyDatabase(string from, string to)
    {
        Directory.CreateDirectory(to);
        File.Copy(DeskRun.DatabaseIn(from), DeskRun.DatabaseIn(to));
    }

    /// <summary>Delivers by SMTP, as from outside, and waits until all lie in the inbox.</summary>
    private async Task FillAsync(MailServers servers, List<(string Sender, byte[] Raw)> messages)
    {
        var smtp = new SmtpOptions { Endpoint = servers.Smtp, HeloName = "localhost" };
        await Task.WhenAll(messages.Chunk((messages.Count / 4) + 1).Select(async part =>
        {
            await using var transport = new SmtpClient(smtp, TimeProvider.System);
            foreach (var (sender, raw) in part)
            {
                var result = await transport.SendAsync(new MailEnvelope(sender, [Support]), raw, cancellationToken);
                if (result is not SendResult.Accepted) throw new InvalidOperationException($"not accepted: {result}");
            }
        }));
        await using var session = await ImapClient.ConnectAsync(servers.Imap, MailServers.User(Support), TimeProvider.System, cancellationToken);
        while ((await session.OpenAsync("INBOX", cancellationToken)).Exists < messages.Count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }
}
