using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailDesk.Worker.Service;

/// <summary>The datagram socket on which systemd hears of a service. Source: sd_notify(3), sd_watchdog_enabled(3).</summary>
/// <param name="Path">A path, or a name in Linux's abstract namespace where it begins with <c>@</c>.</param>
/// <param name="WatchdogLimit">systemd kills a service that is silent for so long; null where it does not watch.</param>
internal sealed record SystemdSocket(string Path, TimeSpan? WatchdogLimit)
{
    /// <returns>Null where systemd did not start this process, or wants to hear nothing.</returns>
    public static SystemdSocket? Find() => Find(Environment.GetEnvironmentVariable, Environment.ProcessId);

    public static SystemdSocket? Find(Func<string, string?> variable, int processId)
    {
        // Other address families (vsock:…) are meant for virtual machines, not for services.
        if (variable("NOTIFY_SOCKET") is not ['/' or '@', _, ..] path) return null;
        var isOurs = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid.Equals(processId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var limit = isOurs && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds is > 0 and < long.MaxValue / 10
            ? TimeSpan.FromMicroseconds(microseconds)
            : (TimeSpan?)null;
        return new SystemdSocket(path, limit);
    }

    /// <param name="state">Lines of <c>KEY=value</c>.</param>
    /// <exception cref="SocketException">Nobody listens, or nobody reads.</exception>
    public void Send(string state)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTimeout = (int)TimeSpan.FromSeconds(5).TotalMilliseconds;
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(Path[0] == '@' ? $"\0{Path[1..]}" : Path));
    }
}
