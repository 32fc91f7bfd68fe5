using MailDesk.Mail.Imap;
using MailDesk.Mail.Tests.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>How IMAP transcripts usually begin, and the client that plays them.</summary>
internal static class ImapScript
{
    /// <summary>Greeting with these capabilities, login, capabilities again.</summary>
    public static string LoggedIn(string capabilities = "IMAP4rev1") => $"""
        S: * OK [CAPABILITY {capabilities}] ready
        C: LOGIN "u" "p"
        S: $ OK [CAPABILITY {capabilities}] welcome

        """;

    public static string Opened(int exists, string capabilities = "IMAP4rev1") => LoggedIn(capabilities) + $"""
        C: LIST "" ""
        S: * LIST (\Noselect) "/" ""
        S: $ OK done
        C: SELECT "INBOX"
        S: * {exists} EXISTS
        S: * OK [UIDVALIDITY 7] valid
        S: * OK [UIDNEXT 100] next
        S: $ OK [READ-WRITE] opened

        """;

    public static Task<ImapClient> ConnectAsync(this ScriptedServer server, TimeProvider? time = null) =>
        ImapClient.ConnectAsync(server.Endpoint, new("u", "p"), time ?? TimeProvider.System, CancellationToken.None);

    public static async Task<ImapClient> OpenInboxAsync(this ScriptedServer server, TimeProvider? time = null)
    {
        var client = await server.ConnectAsync(time);
        try
        {
            await client.OpenAsync("INBOX", CancellationToken.None);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }
}
