using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

/// <summary>
/// An IMAP4rev1 client (RFC 3501, RFC 9051) for one account; one protocol command a file.
/// <para>Invariants: between two calls no command is outstanding and no literal half read. A call that breaks off in the middle
/// (lost connection, silence, nonsense, BYE, cancellation) leaves the session ended, and every later call says so; only a cancelled
/// <see cref="WaitForNewsAsync"/> leaves it alive. NO and BAD are a <see cref="MailboxException"/> with the server's words. Whatever
/// the server tells unasked is taken in by <see cref="NextAsync"/> at any moment, so that no news is lost. No credentials travel
/// before the protection that the endpoint asks for. Memory never depends on a length that the server merely claims.</para>
/// </summary>
public sealed partial class ImapClient : IMailboxSession
{
    private readonly MailConnection _connection;
    private readonly ImapReader _reader;
    private readonly TimeProvider _time;
    private int _lastTag;
    private int _busy;
    private bool _ended;

    private ImapClient(MailConnection connection, TimeProvider time)
    {
        _connection = connection;
        _reader = new ImapReader(connection);
        _time = time;
    }

    /// <summary>Runs one call of the interface, alone; a failure other than the server's NO ends the session.</summary>
    private async Task<T> AloneAsync<T>(Func<Task<T>> call)
    {
        Enter();
        try
        {
            return await call();
        }
        catch (Exception e) when (e is not MailboxException and not ArgumentException)
        {
            _ended = true;
            throw;
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1) throw new InvalidOperationException("another call of this session is still running");
        if (!_ended) return;
        Leave();
        throw new MailConnectionException($"the session with {_connection.Endpoint} has ended");
    }

    private void Leave() => Volatile.Write(ref _busy, 0);

    private ImapWriter Command(string text) => new ImapWriter(
        Has("LITERAL+") ? ImapLiterals.Unasked : Has("LITERAL-") ? ImapLiterals.UnaskedWhenSmall : ImapLiterals.Asked).Text(text);

    /// <summary>Sends a command without waiting for its end.</summary>
    /// <returns>Its tag.</returns>
    private async ValueTask<int> SendAsync(string command, CancellationToken cancellationToken)
    {
        var tag = WriteTag();
        await SendLineAsync(cancellationToken, command);
        return tag;
    }

    private Task<ImapStatus> ExecuteAsync(string command, CancellationToken cancellationToken, Func<ImapResponse, ValueTask>? onData = null) =>
        ExecuteAsync(Command(command), cancellationToken, onData);

    /// <summary>Sends a command and reads until it is finished.</summary>
    /// <param name="onData">Sees the untagged responses on the way; what it leaves unread is skipped.</param>
    private async Task<ImapStatus> ExecuteAsync(
        ImapWriter command, CancellationToken cancellationToken, Func<ImapResponse, ValueTask>? onData = null)
    {
        var tag = WriteTag();
        var first = true;
        foreach (var piece in command.Pieces)
        {
            if (!first)
            {
                await _connection.FlushAsync(cancellationToken);
                if (await ReadUntilAsync(tag, ImapResponseKind.Continuation, onData, cancellationToken) is { } refusal) return refusal;
            }

            _connection.Write(piece.Span);
            first = false;
        }

        await SendLineAsync(cancellationToken);
        return await FinishAsync(tag, onData, cancellationToken);
    }

    private async Task<ImapStatus> FinishAsync(int tag, Func<ImapResponse, ValueTask>? onData, CancellationToken cancellationToken) =>
        await ReadUntilAsync(tag, ImapResponseKind.Tagged, onData, cancellationToken) ?? throw _reader.Broken("no end of a command");

    /// <summary>Reads up to a <c>+</c> or the end of the command.</summary>
    /// <returns>How the command ended, or null when the <c>+</c> came that was waited for.</returns>
    private async Task<ImapStatus?> ReadUntilAsync(
        int tag, ImapResponseKind kind, Func<ImapResponse, ValueTask>? onData, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await NextAsync(cancellationToken);
            switch (response.Kind)
            {
                case ImapResponseKind.Tagged:
                    return response.Tag == tag ? response.Status : throw _reader.Broken("the end of another command");
                case ImapResponseKind.Continuation:
                    if (kind == ImapResponseKind.Continuation) return null;
                    throw _reader.Broken("a request for more where the command was complete");
                default:
                    if (onData is not null) await onData(response);
                    break;
            }
        }
    }

    private int WriteTag()
    {
        _connection.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"A{++_lastTag} ")));
        return _lastTag;
    }

    private async ValueTask SendLineAsync(CancellationToken cancellationToken, string text = "")
    {
        _connection.Write(Encoding.ASCII.GetBytes(text + "\r\n"));
        await _connection.FlushAsync(cancellationToken);
    }
}
