using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>
/// An SMTP client (RFC 5321) over one kept connection.
/// <para>Invariants: a message is handed over at most once a call, and whatever happens before the end of its data has no effect on the
/// server; what happens after it is known or <see cref="SendResult.Uncertain"/>. Credentials are sent only as the endpoint's
/// <see cref="TlsMode"/> allows. No line of an address, and no bare CR or LF of a message, reaches the wire.</para>
/// <para>A kept connection that turns out to be closed is replaced once, unseen by the caller, as long as the server has accepted nothing
/// of the transaction. Nothing else is retried here: the caller owns the schedule.</para>
/// </summary>
public sealed class SmtpClient : IMailTransport
{
    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1); // between a call and the idle timer
    private readonly ITimer _idle;
    private SmtpSession? _session;
    private bool _disposed;

    /// <exception cref="ArgumentException">The HELO name or the credentials hold characters that the protocol cannot carry.</exception>
    public SmtpClient(SmtpOptions options, TimeProvider time)
    {
        if (!SmtpPath.IsDomain(options.HeloName)) throw new ArgumentException($"not a host name: '{options.HeloName}'", nameof(options));
        if (options.Credentials is { } who && (who.UserName.Contains('\0') || who.Password.Contains('\0')))
        {
            throw new ArgumentException("a NUL in the user name or password (RFC 4616 §2)", nameof(options));
        }

        _options = options;
        _time = time;
        _idle = time.CreateTimer(_ => _ = CloseIdleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<SendResult> SendAsync(MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!SmtpLetter.TryPrepare(envelope, message, out var letter, out var refusal)) return refusal;

        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return await SendAsync(letter, cancellationToken);
        }
        finally
        {
            if (_session is { IsUsable: false }) await DropAsync();
            if (_session is not null) _idle.Change(_options.IdleTimeout, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    /// <summary>Connects, encrypts and logs in as sending would, and says goodbye: nothing is sent. One connection of its own, no retry.</summary>
    /// <exception cref="MailConnectionException">Unreachable, or turned away; the message has the server's words.</exception>
    public static async Task ProbeAsync(SmtpOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var session = await SmtpSession.OpenAsync(options, time, cancellationToken);
        await session.QuitAsync();
    }

    /// <summary>Says goodbye to the server, waiting a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        await _idle.DisposeAsync();
        await _turn.WaitAsync();
        _disposed = true;
        try
        {
            await QuitAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<SendResult> SendAsync(SmtpLetter letter, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                _session ??= await SmtpSession.OpenAsync(_options, _time, cancellationToken);
                return await _session.SendAsync(letter, cancellationToken);
            }
            catch (SmtpIdleCloseException)
            {
                await DropAsync();
                _session = await SmtpSession.OpenAsync(_options, _time, cancellationToken);
                return await _session.SendAsync(letter, cancellationToken);
            }
        }
        catch (SmtpTurnedAwayException e)
        {
            return new SendResult.Unreachable(e.Message, e.Reply);
        }
        catch (MailConnectionException e)
        {
            return new SendResult.Unreachable(e.Message);
        }
    }

    private async Task CloseIdleAsync()
    {
        if (!_turn.Wait(0)) return; // in use after all
        try
        {
            await QuitAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task QuitAsync()
    {
        if (_session is not null) await _session.QuitAsync();
        await DropAsync();
    }

    private async Task DropAsync()
    {
        var session = _session;
        _session = null;
        if (session is not null) await session.DisposeAsync();
    }
}
