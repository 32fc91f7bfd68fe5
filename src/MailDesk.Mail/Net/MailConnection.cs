using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailDesk.Mail.Net;

/// <summary>
/// A client's connection to a mail server: lines and counted octets over TCP or TLS. Knows no protocol.
/// <para>Invariants: one reader and one writer at a time; every wait ends by <see cref="MailEndpoint.IoTimeout"/> unless the
/// caller asks for a longer one; any failure is a <see cref="MailConnectionException"/> and leaves the connection unusable;
/// nothing secret leaves this machine in clear text; nothing received in clear text survives <see cref="StartTlsAsync"/> (CVE-2011-0411).</para>
/// </summary>
public sealed class MailConnection : IAsyncDisposable
{
    /// <summary>Longer lines end the connection: nobody's protocol line is this long, and memory is bounded by it.</summary>
    private const int MaxLineLength = 1024 * 1024;

    private readonly MailEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly bool _isLoopback;
    private Stream _stream;
    private byte[] _input = new byte[64 * 1024];
    private int _start;
    private int _end;
    private readonly ArrayBufferWriter<byte> _output = new(4096);

    private MailConnection(MailEndpoint endpoint, NetworkStream stream, TimeProvider time)
    {
        _endpoint = endpoint;
        _stream = stream;
        _isLoopback = stream.Socket.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);
        _time = time;
    }

    public MailEndpoint Endpoint => _endpoint;

    public bool IsEncrypted => _stream is SslStream;

    /// <summary>To be called before anything secret is sent.</summary>
    /// <exception cref="MailConnectionException">Clear text beyond this machine, which the endpoint does not allow (RFC 8314 §3).</exception>
    public void RequireSecrecy()
    {
        if (IsEncrypted || _isLoopback || _endpoint.AllowClearTextLogin) return;
        throw new MailConnectionException($"no login in clear text: the connection with {_endpoint} needs TLS");
    }

    /// <summary>True when bytes have been received that no read has consumed yet.</summary>
    public bool HasBufferedInput => _end > _start;

    /// <exception cref="MailConnectionException">Unreachable, refused, or the TLS handshake failed.</exception>
    public static async Task<MailConnection> ConnectAsync(MailEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(endpoint.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var client = new TcpClient { NoDelay = true };
        try
        {
            client.Client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await client.ConnectAsync(endpoint.Host, endpoint.Port, both.Token);
            var connection = new MailConnection(endpoint, client.GetStream(), time);
            if (endpoint.Tls == TlsMode.Implicit) await connection.StartTlsAsync(both.Token);
            return connection;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw e as MailConnectionException ?? new MailConnectionException(e is OperationCanceledException
                ? $"{endpoint} did not answer within {endpoint.ConnectTimeout.TotalSeconds:0} s"
                : $"cannot connect to {endpoint}: {e.Message}", e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Upgrades to TLS. The certificate must be the host's own unless the endpoint says otherwise.</summary>
    /// <exception cref="MailConnectionException">The handshake failed, or the server sent data ahead of it.</exception>
    public async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        if (HasBufferedInput) throw new MailConnectionException($"{_endpoint} sent data ahead of the TLS handshake");
        using var limit = new CancellationTokenSource(_endpoint.ConnectTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = _endpoint.Host,
                    RemoteCertificateValidationCallback = _endpoint.CertificateCheck,
                },
                both.Token);
            _stream = tls;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailConnectionException($"{_endpoint} did not finish the TLS handshake within {_endpoint.ConnectTimeout.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new MailConnectionException($"no TLS with {_endpoint}: {e.Message}", e);
        }
    }

    /// <summary>Reads up to the next LF. The line comes without its CRLF (or bare LF) and is valid until the next read.</summary>
    /// <param name="timeout">The longest silence; null for the endpoint's own.</param>
    public async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        var scanned = 0;
        while (true)
        {
            var newline = _input.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = scanned + newline;
                var line = _input.AsMemory(_start, length);
                _start += length + 1;
                return line.Span.EndsWith((byte)'\r') ? line[..^1] : line;
            }

            scanned = _end - _start;
            if (scanned > MaxLineLength) throw new MailConnectionException($"{_endpoint} sent a line of more than {MaxLineLength} octets");
            await FillAsync(timeout, cancellationToken);
        }
    }

    /// <summary>Reads exactly as many octets as <paramref name="destination"/> holds.</summary>
    public async ValueTask ReadExactlyAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (destination.Length > 0)
        {
            if (!HasBufferedInput && destination.Length >= _input.Length)
            {
                var read = await ReadAsync(destination, null, cancellationToken); // what is big bypasses the buffer
                destination = destination[read..];
                continue;
            }

            if (!HasBufferedInput) await FillAsync(null, cancellationToken);
            var take = Math.Min(destination.Length, _end - _start);
            _input.AsMemory(_start, take).CopyTo(destination);
            _start += take;
            destination = destination[take..];
        }
    }

    /// <summary>Copies exactly <paramref name="count"/> octets to <paramref name="destination"/> through the input buffer.</summary>
    public async ValueTask CopyExactlyAsync(Stream destination, long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (!HasBufferedInput) await FillAsync(null, cancellationToken);
            var take = (int)Math.Min(count, _end - _start);
            await destination.WriteAsync(_input.AsMemory(_start, take), cancellationToken);
            _start += take;
            count -= take;
        }
    }

    /// <summary>Adds to what the next <see cref="FlushAsync"/> sends.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    /// <summary>Sends what <see cref="Write"/> has gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await WriteThroughAsync(_output.WrittenMemory, cancellationToken);
        _output.ResetWrittenCount();
    }

    /// <summary>Sends the gathered octets and then <paramref name="bytes"/> without copying them.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_output.WrittenCount > 0) await FlushAsync(cancellationToken);
        await WriteThroughAsync(bytes, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private async ValueTask FillAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _input.Length)
        {
            if (_start > 0) _input.AsSpan(_start, _end - _start).CopyTo(_input);
            else Array.Resize(ref _input, _input.Length * 2);
            _end -= _start;
            _start = 0;
        }

        _end += await ReadAsync(_input.AsMemory(_end), timeout, cancellationToken);
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var read = await WithinAsync(
            timeout ?? _endpoint.IoTimeout,
            static (stream, memory, token) => stream.ReadAsync(memory, token),
            buffer,
            cancellationToken);
        return read > 0 ? read : throw new MailConnectionException($"{_endpoint} closed the connection");
    }

    private async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await WithinAsync(
            _endpoint.IoTimeout,
            static async (stream, memory, token) =>
            {
                await stream.WriteAsync(memory, token);
                await stream.FlushAsync(token);
                return 0;
            },
            bytes,
            cancellationToken);

    private async ValueTask<int> WithinAsync<T>(
        TimeSpan timeout, Func<Stream, T, CancellationToken, ValueTask<int>> io, T memory, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await io(_stream, memory, both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailConnectionException($"{_endpoint} was silent for {timeout.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new MailConnectionException($"lost the connection to {_endpoint}: {e.Message}", e);
        }
    }
}
