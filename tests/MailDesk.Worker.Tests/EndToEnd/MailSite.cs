using MailDesk.Mail.Net;
using MailDesk.Mail.Sandbox;
using MailDesk.TestServers;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>Which mail servers a test talks to.</summary>
public enum SiteKind
{
    Sandbox,
    DovecotAndPostfix,
}

/// <summary>Running mail servers with mailboxes for the desk, its engineers and its clients; gone after disposal.</summary>
internal sealed class MailSite : IAsyncDisposable
{
    public const string Password = "secret";

    private readonly IAsyncDisposable _servers;

    private MailSite(IAsyncDisposable servers, MailEndpoint imap, MailEndpoint smtp, string authservId) =>
        (_servers, Imap, Smtp, AuthservId) = (servers, imap, smtp, authservId);

    public MailEndpoint Imap { get; }

    public MailEndpoint Smtp { get; }

    /// <summary>The name under which the servers write Authentication-Results.</summary>
    public string AuthservId { get; }

    /// <summary>Skips the calling test where the machine lacks the servers.</summary>
    public static Task<MailSite> StartAsync(SiteKind kind) => kind == SiteKind.Sandbox ? StartSandboxAsync([]) : StartRealAsync();

    /// <param name="further">Addresses that have an account, beside the usual ones.</param>
    /// <param name="token">What every account may show instead of its password.</param>
    public static async Task<MailSite> StartSandboxAsync(IEnumerable<string> further, string? token = null)
    {
        string[] usual =
        [
            "support@desk.example", "info@desk.example", "ivan@desk.example", "olga@desk.example", "maria@desk.example",
            "anna@client.example", "boris@client.example", "vera@other.example",
        ];
        var options = new SandboxOptions
        {
            ImapPort = 0,
            SmtpPort = 0,
            Token = token,
            Accounts = [.. usual.Concat(further).Select(address => new SandboxAccount(address, Password))],
        };
        var server = await SandboxServer.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        return new MailSite(server, Local(server.ImapPort), Local(server.SmtpPort), options.AuthservId);
    }

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    private static async Task<MailSite> StartRealAsync()
    {
        Assert.SkipUnless(MailServers.Missing is null, $"no Dovecot and Postfix here, missing: {MailServers.Missing}");
        var servers = await MailServers.StartAsync();
        return new MailSite(servers, servers.Imap, servers.Smtp, "mx.desk.example");
    }

    private static MailEndpoint Local(int port) => new("127.0.0.1", port, TlsMode.None);
}
