using System.Net;
using System.Net.Sockets;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>
/// Stands between the desk and a server and passes on what they say, line by line, until one says what the test waits for: that line and
/// all that follows in its direction is kept back until the connection ends.
/// </summary>
internal sealed class StallingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly MailEndpoint _server;
    private readonly Task _accepting;
    private Awaited? _awaited;

    public StallingProxy(MailEndpoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public MailEndpoint Endpoint => _server with { Port = ((IPEndPoint)_listener.LocalEndpoint).Port };

    /// <summary>Ends when the desk says a line that is meant, once; <paramref name="thenStall"/> keeps that line back.</summary>
    public Task DeskSaysAsync(Func<string, bool> isMeant, bool thenStall = true) => AwaitAsync(new Awaited(true, isMeant, thenStall));

    /// <summary>The same for what the server says.</summary>
    public Task ServerSaysAsync(Func<string, bool> isMeant, bool thenStall = true) => AwaitAsync(new Awaited(false, isMeant, thenStall));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private Task AwaitAsync(Awaited awaited)
    {
        Volatile.Write(ref _awaited, awaited);
        return awaited.Reached.Task.WaitAsync(Patience.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient desk)
    {
        using var server = new TcpClient();
        using (desk)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
                var (inner, outer) = (desk.GetStream(), server.GetStream());
                await Task.WhenAny(PassAsync(inner, outer, fromDesk: true), PassAsync(outer, inner, fromDesk: false));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One side is gone: so is the other when this returns.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool fromDesk)
    {
        var buffer = new byte[64 * 1024];
        var line = new StringBuilder();
        var stalled = false;
        for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
        {
            var passed = 0;
            for (var i = 0; i < read && !stalled; i++)
            {
                line.Append((char)buffer[i]);
                if (buffer[i] != '\n') continue;
                stalled = Stalls(fromDesk, line.ToString().TrimEnd());
                line.Clear();
                if (!stalled) passed = i + 1;
            }

            if (!stalled) passed = read;
            if (passed > 0) await to.WriteAsync(buffer.AsMemory(0, passed), _stop.Token);
        }
    }

    /// <returns>True when the line is to be kept back.</returns>
    private bool Stalls(bool fromDesk, string line)
    {
        if (Volatile.Read(ref _awaited) is not { } awaited || awaited.FromDesk != fromDesk || !awaited.IsMeant(line)) return false;
        if (Interlocked.CompareExchange(ref _awaited, null, awaited) != awaited) return false;
        awaited.Reached.SetResult();
        return awaited.ThenStall;
    }

    private sealed record Awaited(bool FromDesk, Func<string, bool> IsMeant, bool ThenStall)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
