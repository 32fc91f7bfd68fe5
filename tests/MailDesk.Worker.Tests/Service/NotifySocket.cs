using System.Net.Sockets;
using System.Text;

namespace MailDesk.Worker.Tests.Service;

/// <summary>systemd's end of the notification socket: a datagram socket that reads what a service says.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="path">As in NOTIFY_SOCKET: <c>@</c> begins a name of the abstract namespace.</param>
    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
    }

    public string Path { get; }

    public async Task<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, cancellationToken));
    }

    /// <returns>The first line that says <paramref name="key"/>, whatever comes before it.</returns>
    public async Task<string> ReceiveAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lines = (await ReceiveAsync(cancellationToken)).Split('\n');
            if (lines.FirstOrDefault(line => line.StartsWith($"{key}=", StringComparison.Ordinal)) is { } found) return found;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (Path[0] != '@') File.Delete(Path);
    }
}
