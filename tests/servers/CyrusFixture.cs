namespace MailDesk.TestServers;

/// <summary>Cyrus for the tests of a class (<c>IClassFixture</c>), started before the first one.</summary>
public sealed class CyrusFixture : IAsyncLifetime
{
    private CyrusServer? _server;

    /// <summary>The running server; skips the calling test where the machine has none.</summary>
    public CyrusServer Server
    {
        get
        {
            Assert.SkipUnless(CyrusServer.Missing is null, $"no Cyrus IMAP here, missing: {CyrusServer.Missing}");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (CyrusServer.Missing is null) _server = await CyrusServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
