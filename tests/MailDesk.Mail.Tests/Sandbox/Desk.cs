using MailDesk.Mail.Sandbox;

namespace MailDesk.Mail.Tests.Sandbox;

internal static class Desk
{
    public const string Password = "secret";

    public static SandboxOptions Options { get; } = new()
    {
        ImapPort = 0,
        SmtpPort = 0,
        Accounts =
        [
            new("support@desk.example", Password), new("info@desk.example", Password), new("anna@client.example", Password),
        ],
    };

    public static Task<SandboxServer> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null, TimeProvider? time = null) =>
        SandboxServer.StartAsync(change?.Invoke(Options) ?? Options, time ?? TimeProvider.System, CancellationToken.None);

    /// <summary>The newest message of an account as its server holds it.</summary>
    public static async Task<string> NewestAsync(this SandboxServer server, string account = "support@desk.example")
    {
        using var imap = await RawClient.ImapAsync(server.ImapPort, account);
        return string.Join('\n', await imap.OkAsync("FETCH * BODY.PEEK[]"));
    }

    public static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
