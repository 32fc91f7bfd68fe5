using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailDesk.Worker.Tests.Service;

public sealed class SystemdNotifierTests
{
    private static readonly DeskSettings Settings = new()
    {
        Mailboxes = [new() { Address = "support@desk.example" }, new() { Address = "info@desk.example" }],
    };

    private readonly HandTime _time = new();

    [Theory]
    [InlineData("/tmp/maildesk-test-")]
    [InlineData("@maildesk-test-")]
    public async Task Systemd_hears_that_the_desk_is_ready_when_every_mailbox_is_and_then_that_it_stops(string prefix)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        using var systemd = NewSocket(prefix);
        using var host = CreateHost(new SystemdSocket(systemd.Path, null));
        var health = host.Services.GetRequiredService<WatcherHealth>();
        await host.StartAsync(Limit);
        Assert.Equal("STATUS=Opening the mailboxes", await systemd.ReceiveAsync(Limit));

        health.Opened("support@desk.example");
        health.Lost("info@desk.example");
        Assert.Equal("READY=1\nSTATUS=Watching support@desk.example, info@desk.example", await systemd.ReceiveAsync(Limit));

        await host.StopAsync(Limit);
        Assert.Equal("STOPPING=1\nSTATUS=Finishing what has begun", await systemd.ReceiveAsync(Limit));
        Assert.Empty(_time.Timers);
    }

    [Fact]
    public async Task A_desk_that_stops_before_it_is_ready_never_says_that_it_is()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        using var systemd = NewSocket();
        using var host = CreateHost(new SystemdSocket(systemd.Path, null));
        await host.StartAsync(Limit);
        await host.StopAsync(Limit);

        Assert.Equal("STATUS=Opening the mailboxes", await systemd.ReceiveAsync(Limit));
        Assert.Equal("STOPPING=1\nSTATUS=Finishing what has begun", await systemd.ReceiveAsync(Limit));
    }

    [Fact]
    public async Task The_watchdog_is_fed_at_once_and_every_half_of_its_limit_until_the_very_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's");
        using var systemd = NewSocket();
        var host = CreateHost(new SystemdSocket(systemd.Path, TimeSpan.FromSeconds(60)));
        await host.StartAsync(Limit);
        var timer = Assert.Single(_time.Timers);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(30)), (timer.DueTime, timer.Period));

        timer.Fire();
        Assert.Equal("WATCHDOG=1", await systemd.ReceiveAsync("WATCHDOG", Limit));
        await host.StopAsync(Limit);
        Assert.False(timer.IsDisposed);
        host.Dispose();
        Assert.True(timer.IsDisposed);
    }

    [Fact]
    public async Task A_desk_runs_on_when_nobody_listens_at_the_socket()
    {
        using var host = CreateHost(new SystemdSocket("/nowhere/notify", TimeSpan.FromSeconds(60)));
        await host.StartAsync(Limit);
        Assert.Single(_time.Timers).Fire();
        await host.StopAsync(Limit);
        Assert.All(host.Services.GetServices<IHostedService>().OfType<BackgroundService>(), service => Assert.NotEqual(TaskStatus.Faulted, service.ExecuteTask?.Status));
    }

    /// <summary>Ends a test that would wait for ever.</summary>
    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private static NotifySocket NewSocket(string prefix = "/tmp/maildesk-test-") => new(prefix + Path.GetRandomFileName());

    private IHost CreateHost(SystemdSocket socket)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(Settings).AddSingleton<TimeProvider>(_time).AddSingleton<WatcherHealth>().AddSingleton(socket).AddHostedService<SystemdNotifier>();
        return builder.Build();
    }
}
