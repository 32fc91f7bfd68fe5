using MailDesk.Mail.Net;
using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>Folders below INBOX, a dot between the levels, IDLE by polling, MOVE of nothing answered with OK.</summary>
[Trait("Peer", "Cyrus")]
public sealed class CyrusTests(CyrusFixture fixture) : ImapServerTests, IClassFixture<CyrusFixture>
{
    protected override bool ServesExpunged => true;

    protected override string WorkMailbox => "INBOX.Work";

    protected override MailEndpoint Endpoint(TlsMode tls = TlsMode.None) =>
        tls == TlsMode.Implicit ? fixture.Server.Imaps : fixture.Server.Imap with { Tls = tls };

    protected override MailCredentials NewUser() => fixture.Server.NewUser();
}
