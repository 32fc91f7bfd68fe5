using MailDesk.Mail.Net;
using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Imap;

[Trait("Peer", "Dovecot")]
public sealed class DovecotTests(MailServersFixture fixture) : ImapServerTests, IClassFixture<MailServersFixture>
{
    protected override bool ServesExpunged => false;

    protected override MailEndpoint Endpoint(TlsMode tls = TlsMode.None) =>
        tls == TlsMode.Implicit ? fixture.Servers.Imaps : fixture.Servers.Imap with { Tls = tls };

    protected override MailCredentials NewUser() => MailServers.NewUser();
}
