namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>Closing is no moment to wait: the server cleans up by itself when the connection goes.</summary>
    private static readonly TimeSpan LogoutGrace = TimeSpan.FromSeconds(2);

    /// <summary>Says LOGOUT when no call is running, waits shortly for the answer, and closes. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended && Interlocked.Exchange(ref _busy, 1) == 0)
        {
            _ended = true;
            using var grace = new CancellationTokenSource(LogoutGrace, _time);
            try
            {
                await ExecuteAsync("LOGOUT", grace.Token); // RFC 9051 §6.1.3
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Best effort: the connection is closed either way.
            }
            finally
            {
                Leave();
            }
        }

        _ended = true;
        await _connection.DisposeAsync();
    }
}
