using MailDesk.Worker.Service;

namespace MailDesk.Worker.Tests.Service;

public sealed class SystemdSocketTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("vsock:2:1234")]
    [InlineData("relative/path")]
    public void Without_a_socket_that_a_service_can_speak_to_nothing_is_said(string? path) =>
        Assert.Null(Find(path));

    [Fact]
    public void The_watchdog_is_fed_only_by_the_process_that_it_watches()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), Find("/run/notify", microseconds: "30000000")?.WatchdogLimit);
        Assert.Equal(TimeSpan.FromSeconds(30), Find("/run/notify", microseconds: "30000000", watched: "42")?.WatchdogLimit);
        Assert.Equal(new SystemdSocket("/run/notify", null), Find("/run/notify", microseconds: "30000000", watched: "41"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public void A_watchdog_limit_that_makes_no_sense_is_none(string microseconds) =>
        Assert.Equal(new SystemdSocket("@notify", null), Find("@notify", microseconds));

    private static SystemdSocket? Find(string? path, string? microseconds = null, string? watched = null)
    {
        Dictionary<string, string?> variables = new(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = microseconds, ["WATCHDOG_PID"] = watched };
        return SystemdSocket.Find(variables.GetValueOrDefault, processId: 42);
    }
}
