namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>What an IMAP4rev2 server need not list, RFC 9051 appendix E.</summary>
    private static readonly HashSet<string> PartOfRev2 =
        new(["NAMESPACE", "UNSELECT", "UIDPLUS", "MOVE", "IDLE", "SASL-IR", "LITERAL-"], StringComparer.OrdinalIgnoreCase);

    private HashSet<string>? _capabilities;

    /// <summary>False while a login is under way that the server has not followed with a new list.</summary>
    private bool _capabilitiesAreNew;

    /// <summary>What the server says it can do, upper or lower case as it likes.</summary>
    public IReadOnlySet<string> Capabilities => _capabilities!;

    private bool Has(string capability) =>
        _capabilities is not null && (_capabilities.Contains(capability) || (_capabilities.Contains("IMAP4rev2") && PartOfRev2.Contains(capability)));

    private void TakeCapabilities(string list)
    {
        _capabilities = new(list.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
        _capabilitiesAreNew = true;
    }

    // RFC 9051 §6.2.1: what was said in clear text must be forgotten; §7.1: login changes the list, too.
    private void ForgetCapabilities() => _capabilities = null;

    private async Task NeedCapabilitiesAsync(CancellationToken cancellationToken)
    {
        if (_capabilities is not null) return;
        await ExecuteAsync("CAPABILITY", cancellationToken);
        if (_capabilities is null) throw _reader.Broken("nothing about what it can do");
    }
}
