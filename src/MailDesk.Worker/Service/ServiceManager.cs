using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailDesk.Worker.Service;

/// <summary>
/// Talks to whatever started the daemon: systemd, the Windows service control manager, or nobody (a console, a container).
/// <para>Invariants: the daemon does the same work under each; it is called ready when <see cref="Intake.WatcherHealth.Ready"/> has ended, not before;
/// a service manager that cannot be reached is logged and never stops the desk.</para>
/// </summary>
internal static class ServiceManager
{
    /// <summary>
    /// Answers the service control manager, which waits for that only half a minute, and moves a service out of the system folder that Windows starts it in.
    /// To be called before a relative path is used.
    /// </summary>
    /// <returns>Null where the program is no Windows service.</returns>
    public static WindowsService? Connect()
    {
        if (!OperatingSystem.IsWindows() || WindowsService.Connect() is not { } service) return null;
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        return service;
    }

    public static void AddServiceManager(this IServiceCollection services, WindowsService? service)
    {
        if (SystemdSocket.Find() is { } socket)
        {
            services.AddSingleton(socket);
            services.AddHostedService<SystemdNotifier>();
        }

        if (service is null || !OperatingSystem.IsWindows()) return;
        services.AddSingleton(service);
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, WindowsServiceLifetime>());
    }
}
