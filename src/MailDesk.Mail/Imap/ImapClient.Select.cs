namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    private uint? _uidValidity;
    private uint _exists;

    /// <summary>
    /// How many messages, from the first, the caller knows from <see cref="ListAsync"/>. What lies beyond is news, whenever it was told.
    /// </summary>
    private uint _listed;

    private bool HasNews => _exists > _listed;

    public Task<OpenedMailbox> OpenAsync(string mailbox, CancellationToken cancellationToken) =>
        AloneAsync(() => SelectAsync(mailbox, cancellationToken));

    // RFC 9051 §6.3.2
    private async Task<OpenedMailbox> SelectAsync(string mailbox, CancellationToken cancellationToken)
    {
        var names = await NeedNamesAsync(cancellationToken);
        var command = Mailbox(Command("SELECT"), names.ToServer(mailbox));
        _uidValidity = null; // a SELECT that fails leaves nothing selected
        _exists = _listed = 0;
        _permanentFlags = null;
        uint? validity = null;
        uint next = 0;
        var status = await ExecuteAsync(command, cancellationToken, response =>
        {
            validity = response.Status?.NumberOf("UIDVALIDITY") ?? validity;
            next = response.Status?.NumberOf("UIDNEXT") ?? next;
            if (response.Status is { } told && told.Is("PERMANENTFLAGS")) TakePermanentFlags(told.Arguments);
            return ValueTask.CompletedTask;
        });
        status.ThrowUnlessOk($"SELECT {mailbox}");
        if (status.Is("READ-ONLY")) throw new MailboxException($"SELECT {mailbox}: the server allows reading only");
        _uidValidity = validity ?? throw new MailboxException($"SELECT {mailbox}: the server gives no UIDVALIDITY, so nothing has a lasting name");
        return new(mailbox, validity.Value, next, (int)_exists) { KeepsKeywords = Keeps("a-keyword") };
    }

    private ImapWriter Mailbox(ImapWriter command, string spelt) => command.String(_utf8Names ? spelt : ModifiedUtf7.Encode(spelt));

    private void RequireOpened()
    {
        if (_uidValidity is null) throw new MailboxException("no mailbox is opened");
    }

    private void TakeExists(uint count)
    {
        _exists = Math.Min(count, int.MaxValue);
        _listed = Math.Min(_listed, _exists); // QUIRK: some servers let the count fall without EXPUNGE
    }

    // RFC 9051 §7.5.1: the numbers of all later messages go down by one.
    private void TakeExpunge(uint number)
    {
        if (number <= _exists) _exists--;
        if (number <= _listed) _listed--;
    }
}
