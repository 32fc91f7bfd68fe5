using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>
/// One connection, greeted, encrypted and logged in. After <see cref="OpenAsync"/> it is either ready for a transaction or no longer
/// <see cref="IsUsable"/>; any exception makes it unusable.
/// </summary>
internal sealed partial class SmtpSession : IAsyncDisposable
{
    /// <summary>Goodbye is a courtesy: nobody waits long for it.</summary>
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(3);

    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly MailConnection _connection;
    private readonly SmtpWire _wire;
    private SmtpFeatures _features = SmtpFeatures.None;

    private SmtpSession(SmtpOptions options, MailConnection connection, TimeProvider time)
    {
        _options = options;
        _time = time;
        _connection = connection;
        _wire = new SmtpWire(connection);
    }

    public bool IsUsable { get; private set; }

    /// <exception cref="MailConnectionException">Unreachable, or turned away.</exception>
    public static async Task<SmtpSession> OpenAsync(SmtpOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var session = new SmtpSession(options, await MailConnection.ConnectAsync(options.Endpoint, time, cancellationToken), time);
        try
        {
            var greeting = await session._wire.ReadReplyAsync(cancellationToken);
            if (greeting.Code != 220) throw new SmtpTurnedAwayException($"{options.Endpoint} does not let us in", greeting);
            await session.HelloAsync(cancellationToken);
            if (options.Endpoint.Tls == TlsMode.StartTls) await session.StartTlsAsync(cancellationToken);
            if (options.Credentials is { } credentials) await session.LoginAsync(credentials, cancellationToken);
            session.IsUsable = true;
            return session;
        }
        catch (SmtpTurnedAwayException)
        {
            await session.SayGoodbyeAsync();
            await session.DisposeAsync();
            throw;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says goodbye; failures do not matter any more.</summary>
    public async Task QuitAsync()
    {
        if (IsUsable) await SayGoodbyeAsync();
        IsUsable = false;
    }

    public async ValueTask DisposeAsync()
    {
        IsUsable = false;
        await _connection.DisposeAsync();
    }

    private async Task SayGoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(QuitTimeout, _time);
        try
        {
            await _wire.AskAsync("QUIT", limit.Token);
        }
        catch (Exception e) when (e is MailConnectionException or OperationCanceledException)
        {
            // The server has gone first.
        }
    }

    private async Task HelloAsync(CancellationToken cancellationToken)
    {
        _wire.Write($"EHLO {_options.HeloName}");
        await _wire.FlushAsync(cancellationToken);
        var (code, lines) = await _wire.ReadLinesAsync(cancellationToken);
        if (code is >= 500)
        {
            // RFC 5321 §3.2: a server older than ESMTP.
            _features = SmtpFeatures.None;
            var reply = await _wire.AskAsync($"HELO {_options.HeloName}", cancellationToken);
            if (!reply.IsSuccess) throw new SmtpTurnedAwayException($"{_options.Endpoint} does not take our greeting", reply);
            return;
        }

        if (code != 250) throw new SmtpTurnedAwayException($"{_options.Endpoint} does not take our greeting", SmtpReplyGrammar.Join(code, lines));
        _features = SmtpFeatures.Parse(lines);
    }

    /// <summary>RFC 3207. What the server said before is forgotten, since anybody may have said it (§4.2).</summary>
    private async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        if (!_features.StartTls) throw new MailConnectionException($"{_options.Endpoint} does not offer STARTTLS, and nothing is sent without it");
        var reply = await _wire.AskAsync("STARTTLS", cancellationToken);
        if (reply.Code != 220) throw new SmtpTurnedAwayException($"{_options.Endpoint} refuses STARTTLS", reply);

        using var limit = new CancellationTokenSource(_options.Endpoint.ConnectTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _connection.StartTlsAsync(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailConnectionException($"{_options.Endpoint} did not finish the TLS handshake", e);
        }

        await HelloAsync(cancellationToken);
    }
}
