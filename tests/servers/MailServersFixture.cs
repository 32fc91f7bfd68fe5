namespace MailDesk.TestServers;

/// <summary>
/// The servers for the tests of a class (<c>IClassFixture</c>) or an assembly (<c>AssemblyFixture</c>), started before the first one.
/// </summary>
public sealed class MailServersFixture : IAsyncLifetime
{
    private MailServers? _servers;

    /// <summary>The running servers; skips the calling test where the machine has none.</summary>
    public MailServers Servers
    {
        get
        {
            Assert.SkipUnless(MailServers.Missing is null, $"no Dovecot and Postfix here, missing: {MailServers.Missing}");
            return _servers!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (MailServers.Missing is null) _servers = await MailServers.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null) await _servers.DisposeAsync();
    }
}
