using System.Globalization;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    public Task<bool> FetchToAsync(uint uid, Stream destination, CancellationToken cancellationToken) =>
        AloneAsync(() => FetchOneAsync(uid, destination, cancellationToken));

    private async Task<bool> FetchOneAsync(uint uid, Stream destination, CancellationToken cancellationToken)
    {
        RequireOpened();
        var set = UidSet.Of([uid]).Single();
        var reply = new FetchReply(_reader);
        var found = false;
        var status = await ExecuteAsync($"UID FETCH {set} (UID BODY.PEEK[])", cancellationToken, async response =>
        {
            if (response.Kind != ImapResponseKind.Fetch) return;

            // No other command is outstanding and no server sends bodies unasked, so the first body is the one; the UID may follow it.
            await reply.ReadAsync(long.MaxValue, found ? Stream.Null : destination, cancellationToken);
            if (reply.Body is null) return;
            if (reply.Uid != uid) throw _reader.Broken(string.Create(CultureInfo.InvariantCulture, $"message {reply.Uid} where {uid} was asked for"));
            found = true;
        });
        if (IsRefusal(status)) status.ThrowUnlessOk("UID FETCH");
        return found;
    }
}
