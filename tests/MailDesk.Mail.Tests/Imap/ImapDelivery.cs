using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>Puts messages into an INBOX with a few words of IMAP, so that what is tested stands on no other client.</summary>
internal static class ImapDelivery
{
    /// <param name="received">When the server is to have received them; null for now.</param>
    public static async Task DeliverAsync(
        MailEndpoint endpoint, MailCredentials user, IEnumerable<byte[]> messages, DateTimeOffset? received = null)
    {
        await using var imap = await MailConnection.ConnectAsync(endpoint, TimeProvider.System, CancellationToken.None);
        await imap.ReadLineAsync(CancellationToken.None);
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user.UserName}\0{user.Password}"));
        await AskAsync(imap, $"AUTHENTICATE PLAIN {plain}", default);
        var date = received is { } time ? $"\"{time.ToUniversalTime().ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000\" " : "";
        foreach (var message in messages)
            await AskAsync(imap, string.Create(CultureInfo.InvariantCulture, $"APPEND INBOX {date}{{{message.Length}+}}"), message);
    }

    private static async Task AskAsync(MailConnection imap, string command, ReadOnlyMemory<byte> literal)
    {
        imap.Write(Encoding.ASCII.GetBytes($"a {command}\r\n"));
        await imap.WriteAsync(literal, CancellationToken.None);
        if (!literal.IsEmpty) imap.Write("\r\n"u8);
        await imap.FlushAsync(CancellationToken.None);
        string line;
        do line = Encoding.UTF8.GetString((await imap.ReadLineAsync(CancellationToken.None)).Span);
        while (!line.StartsWith("a ", StringComparison.Ordinal));
        Assert.StartsWith("a OK", line);
    }
}
