namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    public Task MoveAsync(IReadOnlyList<uint> uids, string mailbox, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            RequireOpened();
            var destination = (await NeedNamesAsync(cancellationToken)).ToServer(mailbox);
            foreach (var set in UidSet.Of(uids)) await MoveAsync(set, destination, cancellationToken);
            return true;
        });

    private async Task MoveAsync(string set, string destination, CancellationToken cancellationToken)
    {
        if (Has("MOVE")) // RFC 6851
        {
            await TransferAsync("MOVE", set, destination, cancellationToken);
            return;
        }

        await TransferAsync("COPY", set, destination, cancellationToken);
        if (Has("UIDPLUS")) // RFC 4315 §2.1
        {
            await StoreAsync(set, "\\Deleted", cancellationToken);
            (await ExecuteAsync($"UID EXPUNGE {set}", cancellationToken)).ThrowUnlessOk("UID EXPUNGE");
        }
        else
        {
            await StoreAsync(set, "\\Deleted \\Seen", cancellationToken);
        }
    }

    // RFC 9051 §6.4.7: TRYCREATE says that only the mailbox is missing.
    private async Task TransferAsync(string verb, string set, string destination, CancellationToken cancellationToken)
    {
        var status = await ExecuteAsync(Mailbox(Command($"UID {verb} {set}"), destination), cancellationToken);
        if (status is { IsOk: false, Code: "TRYCREATE" })
        {
            await CreateAsync(destination, cancellationToken);
            status = await ExecuteAsync(Mailbox(Command($"UID {verb} {set}"), destination), cancellationToken);
        }

        status.ThrowUnlessOk($"UID {verb} to {destination}");
    }
}
