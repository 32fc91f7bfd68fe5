using MailDesk.Mail.Imap;
using MailDesk.Mail.Smtp;
using MailDesk.TestServers;

namespace MailDesk.Bench;

/// <summary>Puts mail into the desk's mailbox.</summary>
internal static class Fill
{
    public const string Mailbox = "support@desk.example";

    /// <summary>Delivers by SMTP, as from outside.</summary>
    /// <param name="wait">Until all lie in the inbox, where nobody takes them away.</param>
    public static async Task DeliverAsync(
        MailServers servers, IReadOnlyList<(string Sender, byte[] Raw)> messages, CancellationToken cancellationToken, bool wait = true)
    {
        var smtp = new SmtpOptions { Endpoint = servers.Smtp, HeloName = "localhost" };
        await Task.WhenAll(messages.Chunk((messages.Count / 4) + 1).Select(async part =>
        {
            await using var transport = new SmtpClient(smtp, TimeProvider.System);
            foreach (var (sender, raw) in part)
            {
                var result = await transport.SendAsync(new MailEnvelope(sender, [Mailbox]), raw, cancellationToken);
                if (result is not SendResult.Accepted) throw new InvalidOperationException($"not accepted: {result}");
            }
        }));
        if (!wait) return;
        await using var session = await ImapClient.ConnectAsync(servers.Imap, MailServers.User(Mailbox), TimeProvider.System, cancellationToken);
        while ((await session.OpenAsync("INBOX", cancellationToken)).Exists < messages.Count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }
}
