using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Sandbox;
using MailDesk.Mail.Smtp;
using MailDesk.TestServers;

namespace MailDesk.Bench;

/// <summary>How fast the clients move mail, beside the barest that can be written for the same server. In turns; the median counts.</summary>
internal sealed class ProtocolTimes(TextWriter output, CancellationToken cancellationToken)
{
    private const int Rounds = 5;
    private const int FetchedMessages = 10_000;
    private const int Letters = 2_000;
    private const int LetterBytes = 5 * 1024;

    /// <summary>One UID FETCH for all, as fast as Python's library takes the answers.</summary>
    private const string PythonFetch = """
        import imaplib, sys, time
        imap = imaplib.IMAP4('127.0.0.1', int(sys.argv[1]))
        imap.login(sys.argv[2], sys.argv[3])
        imap.select('INBOX', readonly=True)
        start = time.monotonic()
        status, answers = imap.uid('FETCH', '1:*', '(UID BODY.PEEK[])')
        seconds = time.monotonic() - start
        print(seconds, sum(len(a[1]) for a in answers if isinstance(a, tuple)))
        """;

    private readonly List<byte[]> _letters = [.. Enumerable.Range(0, FetchedMessages).Select(i => Mixture.Everyday(i, LetterBytes))];

    public async Task RunAsync()
    {
        if (MailServers.Missing is { } missing) throw new InvalidOperationException($"Dovecot and Postfix are needed, missing: {missing}");
        await FetchAsync();
        await SendToSandboxAsync();
        await SendToPostfixAsync();
    }

    private async Task FetchAsync()
    {
        await using var servers = await MailServers.StartAsync();
        await Fill.DeliverAsync(servers, [.. _letters.Select(raw => ("anna@client.example", raw))], cancellationToken);
        await using var session = await ImapClient.ConnectAsync(servers.Imap, MailServers.User(Fill.Mailbox), TimeProvider.System, cancellationToken);
        await session.OpenAsync("INBOX", cancellationToken);
        var messages = await session.ListAsync(1, cancellationToken);
        await CompareAsync("IMAP: UID FETCH from Dovecot", FetchedMessages, ("MailDesk", OwnAsync), ("Python's imaplib, one FETCH", PythonAsync));

        async Task<double> OwnAsync()
        {
            var start = Stopwatch.GetTimestamp();
            var octets = 0L;
            await foreach (var message in session.FetchAsync(messages, cancellationToken)) octets += message.Raw.Length;
            return octets < (long)LetterBytes * FetchedMessages * 9 / 10 ? throw new InvalidOperationException($"only {octets} octets came") : Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        async Task<double> PythonAsync()
        {
            var start = new ProcessStartInfo("python3", ["-c", PythonFetch, $"{servers.Imap.Port}", Fill.Mailbox, MailServers.Password]) { UseShellExecute = false, RedirectStandardOutput = true };
            using var python = Process.Start(start)!;
            var words = (await python.StandardOutput.ReadToEndAsync(cancellationToken)).Split();
            await python.WaitForExitAsync(cancellationToken);
            return double.Parse(words[0], CultureInfo.InvariantCulture);
        }
    }

    private async Task SendToSandboxAsync()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { ImapPort = 0, SmtpPort = 0, Accounts = [new SandboxAccount(Fill.Mailbox, MailServers.Password)] }, TimeProvider.System, cancellationToken);
        var endpoint = new MailEndpoint("127.0.0.1", sandbox.SmtpPort, TlsMode.None);
        await CompareAsync("SMTP: one connection into the sandbox", Letters, ("MailDesk", () => SendAsync(endpoint)));
    }

    private async Task SendToPostfixAsync()
    {
        await using var servers = await MailServers.StartAsync();
        await servers.HoldAsync();
        await CompareAsync("SMTP: one connection into Postfix", Letters, ("MailDesk", () => SendAsync(servers.Smtp)), ("bare pipelining client", () => SendBareAsync(servers.Smtp.Port)));
    }

    private async Task<double> SendAsync(MailEndpoint endpoint)
    {
        await using var transport = new SmtpClient(new SmtpOptions { Endpoint = endpoint, HeloName = "localhost" }, TimeProvider.System);
        var start = Stopwatch.GetTimestamp();
        foreach (var letter in _letters.Take(Letters))
        {
            var result = await transport.SendAsync(new MailEnvelope("anna@client.example", [Fill.Mailbox]), letter, cancellationToken);
            if (result is not SendResult.Accepted) throw new InvalidOperationException($"not accepted: {result}");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The least that PIPELINING allows (RFC 2920): two exchanges a letter. The letters need no dot-stuffing.</summary>
    private async Task<double> SendBareAsync(int port)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await ExpectAsync(reader, "220");
        await client.GetStream().WriteAsync("EHLO localhost\r\n"u8.ToArray(), cancellationToken);
        await ExpectAsync(reader, "250");
        var envelope = Encoding.ASCII.GetBytes($"MAIL FROM:<anna@client.example>\r\nRCPT TO:<{Fill.Mailbox}>\r\nDATA\r\n");
        var start = Stopwatch.GetTimestamp();
        foreach (var letter in _letters.Take(Letters))
        {
            await client.GetStream().WriteAsync(envelope, cancellationToken);
            await ExpectAsync(reader, "250");
            await ExpectAsync(reader, "250");
            await ExpectAsync(reader, "354");
            await client.GetStream().WriteAsync((byte[])[.. letter, .. "\r\n.\r\n"u8], cancellationToken);
            await ExpectAsync(reader, "250");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task ExpectAsync(StreamReader reader, string code)
    {
        string line;
        do line = await reader.ReadLineAsync(cancellationToken) ?? "";
        while (line.StartsWith($"{code}-", StringComparison.Ordinal));
        if (!line.StartsWith(code, StringComparison.Ordinal)) throw new InvalidOperationException($"expected {code}, got: {line}");
    }

    private async Task CompareAsync(string what, int count, params (string Name, Func<Task<double>> Run)[] contestants)
    {
        var seconds = contestants.ToDictionary(c => c.Name, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, run) in contestants) seconds[name].Add(await run());
        }

        foreach (var (name, _) in contestants)
        {
            var rates = seconds[name].Select(s => count / s).Order().ToList();
            var ratio = seconds[contestants[0].Name].Zip(seconds[name], (own, other) => other / own).Order().ToList()[Rounds / 2];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what}, {name}: {rates[Rounds / 2]:F0}/s (min {rates[0]:F0}, max {rates[^1]:F0}); MailDesk's rate to this one {ratio:F2}"));
        }
    }
}
