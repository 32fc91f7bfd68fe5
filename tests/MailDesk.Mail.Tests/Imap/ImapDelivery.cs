using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>A few words of IMAP, so that what is tested stands on no other client.</summary>
internal static class ImapDelivery
{
    /// <summary>Puts messages into an INBOX.</summary>
    /// <param name="received">When the server is to have received them; null for now.</param>
    public static async Task DeliverAsync(
        MailEndpoint endpoint, MailCredentials user, IEnumerable<byte[]> messages, DateTimeOffset? received = null)
    {
        await using var imap = await LogInAsync(endpoint, user);
        var date = received is { } time ? $"\"{time.ToUniversalTime().ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000\" " : "";
        foreach (var message in messages)
            await AskAsync(imap, string.Create(CultureInfo.InvariantCulture, $"APPEND INBOX {date}{{{message.Length}+}}"), message);
    }

    /// <summary>Puts a message of so many times this piece into an INBOX.</summary>
    public static async Task DeliverHugeAsync(MailEndpoint endpoint, MailCredentials user, ReadOnlyMemory<byte> piece, int times)
    {
        await using var imap = await LogInAsync(endpoint, user);
        imap.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a APPEND INBOX {{{(long)piece.Length * times}+}}\r\n")));
        for (var i = 0; i < times; i++) await imap.WriteAsync(piece, CancellationToken.None);
        imap.Write("\r\n"u8);
        await FinishAsync(imap);
    }

    public static async Task RunAsync(MailEndpoint endpoint, MailCredentials user, params string[] commands)
    {
        await using var imap = await LogInAsync(endpoint, user);
        foreach (var command in commands) await AskAsync(imap, command, default);
    }

    private static async Task<MailConnection> LogInAsync(MailEndpoint endpoint, MailCredentials user)
    {
        var imap = await MailConnection.ConnectAsync(endpoint, TimeProvider.System, CancellationToken.None);
        await imap.ReadLineAsync(CancellationToken.None);
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user.UserName}\0{user.Password}"));
        await AskAsync(imap, $"AUTHENTICATE PLAIN {plain}", default);
        return imap;
    }

    private static async Task AskAsync(MailConnection imap, string command, ReadOnlyMemory<byte> literal)
    {
        imap.Write(Encoding.ASCII.GetBytes($"a {command}\r\n"));
        if (!literal.IsEmpty)
        {
            await imap.WriteAsync(literal, CancellationToken.None);
            imap.Write("\r\n"u8);
        }

        await FinishAsync(imap);
    }

    private static async Task FinishAsync(MailConnection imap)
    {
        await imap.FlushAsync(CancellationToken.None);
        string line;
        do line = Encoding.UTF8.GetString((await imap.ReadLineAsync(CancellationToken.None)).Span);
        while (!line.StartsWith("a ", StringComparison.Ordinal));
        Assert.StartsWith("a OK", line);
    }
}
