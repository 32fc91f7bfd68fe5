using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace MailDesk.Mail.Sandbox;

internal enum LineEnd
{
    CrLf,

    /// <summary>A bare LF.</summary>
    Lf,

    /// <summary>No end yet: the line is longer than the limit and goes on in the next read.</summary>
    None,
}

/// <param name="Bytes">Without the line end; valid until the next read.</param>
internal readonly record struct WireLine(ReadOnlyMemory<byte> Bytes, LineEnd End);

/// <summary>
/// The server's side of a connection: lines and octets over TCP. Knows no protocol.
/// <para>Invariants: one reader and one writer at a time; memory is bounded by the callers' limits; every wait for the client, for its
/// octets or for room in its window, ends after the idle time with a <see cref="TimeoutException"/>, so a dead client holds nothing
/// for ever; the client's going away is an <see cref="EndOfStreamException"/> or another <see cref="IOException"/>.</para>
/// </summary>
internal sealed class SandboxConnection(Socket socket, TimeProvider time, TimeSpan idleTimeout) : IAsyncDisposable
{
    /// <summary>Gathered output is sent when it grows past this.</summary>
    private const int OutputThreshold = 64 * 1024;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private byte[] _input = new byte[8 * 1024];
    private int _start;
    private int _end;

    public string RemoteAddress { get; } = (socket.RemoteEndPoint as System.Net.IPEndPoint)?.Address.ToString() ?? "unknown";

    public bool HasBufferedInput => _end > _start;

    /// <summary>Reads up to the next LF, or <paramref name="limit"/> octets of a longer line. A CR and its LF are never parted.</summary>
    public async ValueTask<WireLine> ReadLineAsync(int limit, CancellationToken cancellationToken)
    {
        var scanned = 0;
        while (true)
        {
            var newline = _input.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (newline >= 0 && scanned + newline <= limit + 1)
            {
                var line = _input.AsMemory(_start, scanned + newline);
                _start += line.Length + 1;
                return line.Span.EndsWith((byte)'\r') ? new(line[..^1], LineEnd.CrLf) : new(line, LineEnd.Lf);
            }

            scanned = _end - _start;
            if (scanned > limit + 1)
            {
                var piece = _input.AsMemory(_start, _input[_start + limit - 1] == '\r' ? limit - 1 : limit);
                _start += piece.Length;
                return new(piece, LineEnd.None);
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>Appends exactly <paramref name="count"/> octets to <paramref name="destination"/>, which grows as they arrive.</summary>
    public async ValueTask ReadToAsync(ArrayBufferWriter<byte> destination, long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (!HasBufferedInput) await FillAsync(cancellationToken);
            var take = (int)Math.Min(count, _end - _start);
            destination.Write(_input.AsSpan(_start, take));
            _start += take;
            count -= take;
        }
    }

    /// <summary>Says nothing and listens to nothing until the client goes away or the idle time is over.</summary>
    public async Task FallSilentAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(idleTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            while (await _stream.ReadAsync(_input, both.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // the idle time is over
        }

        throw new EndOfStreamException("The silence is over.");
    }

    /// <summary>Reads past <paramref name="count"/> octets.</summary>
    public async ValueTask SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (!HasBufferedInput) await FillAsync(cancellationToken);
            var take = (int)Math.Min(count, _end - _start);
            _start += take;
            count -= take;
        }
    }

    public SandboxConnection Write(string text)
    {
        Encoding.UTF8.GetBytes(text, _output);
        return this;
    }

    public SandboxConnection Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        return this;
    }

    /// <summary>Sends what has been gathered when it has become much.</summary>
    public ValueTask FlushIfLargeAsync(CancellationToken cancellationToken) =>
        _output.WrittenCount >= OutputThreshold ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_output.WrittenCount == 0) return;
        await SendAsync(_output.WrittenMemory, cancellationToken);
        _output.ResetWrittenCount();
    }

    /// <summary>Writes a large block without copying it.</summary>
    public async ValueTask WriteThroughAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length < OutputThreshold)
        {
            Write(bytes.Span);
            await FlushIfLargeAsync(cancellationToken);
            return;
        }

        await FlushAsync(cancellationToken);
        await SendAsync(bytes, cancellationToken);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask FillAsync(CancellationToken cancellationToken)
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

        var read = await WithinIdleTimeAsync(token => _stream.ReadAsync(_input.AsMemory(_end), token), cancellationToken);
        if (read == 0) throw new EndOfStreamException("The client closed the connection.");
        _end += read;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await WithinIdleTimeAsync(
            async token =>
            {
                await _stream.WriteAsync(bytes, token);
                return 0;
            },
            cancellationToken);

    private async ValueTask<int> WithinIdleTimeAsync(Func<CancellationToken, ValueTask<int>> io, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(idleTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await io(both.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The client was silent for too long.", e);
        }
    }
}
