namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    public Task<IReadOnlyList<MessageSummary>> ListAsync(uint fromUid, CancellationToken cancellationToken) =>
        AloneAsync(() => ListMessagesAsync(Math.Max(1, fromUid), cancellationToken));

    // RFC 9051 §6.4.9: "n:*" always takes in the last message, also one below n.
    private async Task<IReadOnlyList<MessageSummary>> ListMessagesAsync(uint fromUid, CancellationToken cancellationToken)
    {
        RequireOpened();
        if (_exists == 0)
        {
            // QUIRK: several servers answer BAD to any set in an empty mailbox (Exchange: "The specified message set is invalid").
            (await ExecuteAsync("NOOP", cancellationToken)).ThrowUnlessOk("NOOP");
            if (_exists == 0) return [];
        }

        // QUIRK: Mail.ru writes large numbers of a BODYSTRUCTURE as 9.3736e+06, Yandex and Gmail leave parts of it out: it is never asked for.
        var summaries = new SortedList<uint, MessageSummary>();
        var reply = new FetchReply(_reader);
        _listed = _exists; // the server answers for all of these; what it tells of meanwhile stays news unless it is listed, too
        var status = await ExecuteAsync($"UID FETCH {fromUid}:* (UID FLAGS INTERNALDATE RFC822.SIZE)", cancellationToken, async response =>
        {
            if (response.Kind != ImapResponseKind.Fetch) return;
            await reply.ReadAsync(0, null, cancellationToken);
            if (reply is not { Uid: var uid, Size: { } size }) return; // someone else's change of flags
            _listed = Math.Min(_exists, Math.Max(_listed, response.Number));
            if (uid >= fromUid) summaries[uid] = new(uid, reply.InternalDate ?? _time.GetUtcNow(), size, reply.Flags);
        });
        if (!status.IsOk) _listed = 0;
        status.ThrowUnlessOk("UID FETCH");
        return [.. summaries.Values];
    }
}
