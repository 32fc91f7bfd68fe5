using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// A small, real mail server for trying the product with nothing installed, and for tests: SMTP in, IMAP4rev1 out, any mail program can
/// use it. Clear text, so for loopback only; it relays nothing.
/// <para>Invariants: a session is a task of its own and shares only the store, so no client waits for another; a session ends when its
/// client goes, is silent for <see cref="SandboxOptions.IdleTimeout"/>, or the server is disposed, and disposing waits for all of them;
/// nothing that a client sends brings the server down. Failures on demand: <see cref="SandboxRehearsal"/>.</para>
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly SandboxSite _site;
    private readonly SandboxStore _store;
    private readonly TcpListener _imap;
    private readonly TcpListener _smtp;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _sessions = [];
    private readonly Task _accepting;
    private bool _disposed;

    private SandboxServer(SandboxSite site, SandboxStore store, TcpListener imap, TcpListener smtp)
    {
        (_site, _store, _imap, _smtp) = (site, store, imap, smtp);
        _accepting = Task.WhenAll(
            AcceptAsync(imap, c => new SandboxImapSession(c, store, site).RunAsync(_stop.Token), "* BYE Too many connections\r\n"),
            AcceptAsync(smtp, c => new SandboxSmtpSession(c, store, site).RunAsync(_stop.Token), "421 4.3.2 Too many connections\r\n"));
    }

    public int ImapPort => ((IPEndPoint)_imap.LocalEndpoint).Port;

    public int SmtpPort => ((IPEndPoint)_smtp.LocalEndpoint).Port;

    /// <summary>Each message as it is delivered; completed when the server is disposed. Unread, the last 1000 are kept.</summary>
    public ChannelReader<DeliveredMessage> Deliveries => _site.Deliveries;

    /// <exception cref="SocketException">A port is taken, or the host is unknown.</exception>
    /// <exception cref="IOException">The folder cannot be used, or another server uses it.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var host = IPAddress.TryParse(options.Host, out var address) ? address : (await Dns.GetHostAddressesAsync(options.Host, cancellationToken))[0];
        var store = new SandboxStore(options, time);
        var imap = new TcpListener(host, options.ImapPort);
        var smtp = new TcpListener(host, options.SmtpPort);
        try
        {
            imap.Start();
            smtp.Start();
            return new SandboxServer(new SandboxSite(options, time), store, imap, smtp);
        }
        catch
        {
            imap.Dispose();
            smtp.Dispose();
            store.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        _imap.Dispose();
        _smtp.Dispose();
        _store.Dispose();
        _site.Close();
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, Func<SandboxConnection, Task> run, string refusal)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(_stop.Token);
                var session = ServeAsync(socket, run, _sessions.Count >= _site.Options.MaxSessions ? refusal : null);
                _sessions.TryAdd(session, 0);
                _ = session.ContinueWith(done => _sessions.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (SocketException)
            {
                // the client gave up before it was accepted
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, Func<SandboxConnection, Task> run, string? refusal)
    {
        await Task.Yield();
        try
        {
            socket.NoDelay = true;
            await using var connection = new SandboxConnection(socket, _site.Time, _site.Options.IdleTimeout);
            if (refusal is null) await run(connection);
            else await connection.Write(refusal).FlushAsync(_stop.Token);
        }
        catch (Exception)
        {
            // Whatever ended it, its client, the idle time or the server's own end: it ended this session only.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
