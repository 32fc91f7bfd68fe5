using MailDesk.Mail.Mime;
using MailDesk.Mail.Net;
using MailDesk.Mail.Sandbox;
using MailDesk.Mail.Smtp;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Schedule;

namespace MailDesk.Worker.Demo;

/// <summary>
/// Two requests from the first mail to the end, by real mail through the sandbox: one that the client confirms, one that time closes.
/// Every letter is printed as it arrives.
/// </summary>
public sealed class DemoPlay(SandboxServer sandbox, DeskSettings settings, DeadlineSchedule deadlines, MovableClock clock, TextWriter output)
{
    private const string Anna = "anna@client.example";
    private const string Vera = "vera@other.example";
    private const string Ivan = "ivan@desk.example";

    /// <summary>A Monday morning in Minsk.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, MailMessage> _lastLetters = new(StringComparer.OrdinalIgnoreCase);
    private int _written;

    private string Support => settings.Mailboxes[0].Address;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        At(Start, "Anna, a client, writes to the desk");
        await WriteAsync(Anna, Support, "[P2] Не работает почта", "Добрый день!\nС утра никто не может войти в почту.\n\nАнна", cancellationToken);
        await LettersAsync([Anna, Ivan, "olga@desk.example"], cancellationToken);

        At(Start.AddMinutes(20), "Ivan, an engineer, takes the request");
        await ReplyAsync(Ivan, "#take", cancellationToken);
        await LettersAsync([Ivan], cancellationToken);

        At(Start.AddMinutes(30), "Ivan asks a question");
        await ReplyAsync(Ivan, "#ask\nАнна, какую ошибку показывает программа?", cancellationToken);
        await LettersAsync([Anna, Ivan], cancellationToken);

        At(Start.AddMinutes(50), "Anna answers");
        await ReplyAsync(Anna, "Пишет: «Превышено время ожидания».", cancellationToken);
        await LettersAsync([Ivan], cancellationToken);

        At(Start.AddHours(2), "Ivan has found it");
        await ReplyAsync(Ivan, "#done\nПерезапустили почтовый сервер, вход работает. Причина: закончилось место на диске.", cancellationToken);
        await LettersAsync([Anna, Ivan], cancellationToken);

        At(Start.AddHours(3), "Anna confirms: the request is closed (rule 7.2)");
        await ReplyAsync(Anna, "Подтверждаю, спасибо!", cancellationToken);
        await LettersAsync([Anna], cancellationToken);

        At(Start.AddHours(4), "Vera, a client of another company, writes in English");
        await WriteAsync(Vera, Support, "How do I add a mailbox?", "Hello,\n\nwe have a new colleague. How do I add a mailbox?\n\nVera", cancellationToken);
        await LettersAsync([Vera, Ivan, "olga@desk.example"], cancellationToken);

        At(Start.AddHours(5), "Ivan answers at once");
        await ReplyAsync(Ivan, "#done\nPlease open the control panel, Mail, New mailbox. It works within a minute.", cancellationToken);
        await LettersAsync([Vera, Ivan], cancellationToken);

        At(Start.AddDays(2).AddHours(5).AddMinutes(1), "Vera never replies: two working days later time closes the request (rule 7.2)");
        deadlines.Wake();
        await LettersAsync([Vera], cancellationToken);
    }

    private void At(DateTimeOffset now, string what)
    {
        clock.MoveTo(now);
        var minsk = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(settings.Desk.TimeZone));
        output.WriteLine($"{Environment.NewLine}════ {minsk:ddd yyyy-MM-dd HH:mm}  {what} {new string('═', Math.Max(0, 96 - what.Length))}");
    }

    private Task WriteAsync(string from, string to, string subject, string text, CancellationToken cancellationToken) =>
        SendAsync(from, to, Build(from, to, subject, text, null), cancellationToken);

    /// <summary>As a mail program replies: to Reply-To, in the thread, with the letter quoted below.</summary>
    private Task ReplyAsync(string from, string text, CancellationToken cancellationToken)
    {
        var letter = _lastLetters[from];
        var to = letter.ReplyTo[0].Address;
        var quoted = string.Join('\n', (letter.TextBody ?? "").Split('\n').Select(line => $"> {line.TrimEnd()}"));
        var subject = letter.Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? letter.Subject : $"Re: {letter.Subject}";
        return SendAsync(from, to, Build(from, to, subject, $"{text}\n\n{quoted}", letter), cancellationToken);
    }

    private MessageBuilder Build(string from, string to, string subject, string text, MailMessage? answered) => new()
    {
        From = [new MailboxAddress(null, from)],
        To = [new MailboxAddress(null, to)],
        Subject = subject,
        Date = clock.GetUtcNow(),
        MessageId = $"demo-{++_written}.{clock.GetUtcNow().ToUnixTimeMilliseconds()}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
        InReplyTo = answered?.MessageId is { } id ? [id] : [],
        References = answered is null ? [] : [.. answered.References, answered.MessageId!],
        Text = text,
    };

    private async Task SendAsync(string from, string to, MessageBuilder message, CancellationToken cancellationToken)
    {
        await using var smtp = new SmtpClient(
            new SmtpOptions
            {
                Endpoint = new MailEndpoint("127.0.0.1", sandbox.SmtpPort, TlsMode.None),
                Credentials = new MailCredentials(from, settings.Sandbox.Password),
                HeloName = "demo.example",
            },
            TimeProvider.System);
        var result = await smtp.SendAsync(new MailEnvelope(from, [to]), message.Build(), cancellationToken);
        if (result is not SendResult.Accepted) throw new InvalidOperationException($"the sandbox did not take the mail of {from}: {result}");
    }

    /// <summary>Waits for a letter to each of these people and prints it.</summary>
    private async Task LettersAsync(IReadOnlyList<string> expected, CancellationToken cancellationToken)
    {
        List<string> missing = [.. expected];
        using var limit = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        while (missing.Count > 0)
        {
            DeliveredMessage delivered;
            try
            {
                delivered = await sandbox.Deliveries.ReadAsync(both.Token);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"no letter to {string.Join(", ", missing)} within {Patience.TotalSeconds:0} s", e);
            }

            if (!delivered.From.Equals(Support, StringComparison.OrdinalIgnoreCase)) continue; // what the people of the play wrote
            var letter = MimeParser.Parse(delivered.Raw);
            _lastLetters[delivered.Recipients[0]] = letter;
            missing.Remove(delivered.Recipients[0]);
            Print(letter);
        }
    }

    private void Print(MailMessage letter)
    {
        output.WriteLine();
        output.WriteLine($"  ┌ From: {letter.From[0].Name} <{letter.From[0].Address}>");
        output.WriteLine($"  │ To: {letter.To[0].Name} <{letter.To[0].Address}>");
        output.WriteLine($"  │ Subject: {letter.Subject}");
        output.WriteLine("  │");
        foreach (var line in (letter.TextBody ?? "").TrimEnd().Split('\n')) output.WriteLine($"  │ {line.TrimEnd()}");
        output.WriteLine("  └");
    }
}
