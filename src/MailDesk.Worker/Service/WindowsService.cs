using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MailDesk.Worker.Service;

/// <summary>
/// The connection of this process to the Windows service control manager, which allows one in a process's life.
/// <para>Invariants: after <see cref="ServiceState.Stopped"/> nothing is reported any more, since the service's handle is no longer valid; the manager's
/// two calls into the program do no work of their own, so that its control thread is never held up.</para>
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsService
{
    /// <summary>Windows ignores it for a service with a process of its own, and takes the name that it was installed under.</summary>
    private const string Name = "maildesk";

    /// <summary>How long the manager believes in a pending state that is not reported anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<bool> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _reporting = new();

    // Fields, so that the collector leaves them while Windows holds their addresses.
    private readonly ServiceControl.Main _main;
    private readonly ServiceControl.Handler _handler;
    private nint _handle;
    private uint _checkPoint;

    private WindowsService() => (_main, _handler) = (Main, Handle);

    /// <summary>Called when an administrator stops the service or the machine goes down, on the manager's thread.</summary>
    public Action? OnStop { get; set; }

    /// <returns>Null where the manager did not start this process.</returns>
    /// <exception cref="Win32Exception">The manager started it and does not answer.</exception>
    public static WindowsService? Connect()
    {
        var service = new WindowsService();
        // The dispatcher keeps its thread until the service has stopped.
        new Thread(service.Dispatch) { IsBackground = true, Name = "service control" }.Start();
        if (!service._connected.Task.GetAwaiter().GetResult()) return null;
        // However the program ends, short of a crash: after a crash Windows starts it again, after an end with an exit code it does not.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => service.Report(ServiceState.Stopped, Environment.ExitCode);
        return service;
    }

    /// <param name="exitCode">Told with <see cref="ServiceState.Stopped"/>; 0 when all is well.</param>
    public void Report(ServiceState state, int exitCode = 0)
    {
        lock (_reporting)
        {
            if (_stopped.Task.IsCompleted) return;
            var isPending = state is ServiceState.StartPending or ServiceState.StopPending;
            ServiceControl.SetServiceStatus(_handle, new ServiceControl.Status(
                ServiceControl.OwnProcess,
                state,
                state == ServiceState.Running ? ServiceControl.AcceptStop | ServiceControl.AcceptShutdown : 0,
                exitCode == 0 ? 0u : ServiceControl.ErrorServiceSpecificError,
                (uint)exitCode,
                isPending ? ++_checkPoint : 0,
                isPending ? (uint)Patience.TotalMilliseconds : 0));
            if (state == ServiceState.Stopped) _stopped.SetResult();
        }
    }

    private void Dispatch()
    {
        var name = Marshal.StringToHGlobalUni(Name);
        try
        {
            if (ServiceControl.StartServiceCtrlDispatcherW([new(name, Marshal.GetFunctionPointerForDelegate(_main)), default])) return;
            var error = Marshal.GetLastPInvokeError();
            if (error == ServiceControl.ErrorFailedServiceControllerConnect) _connected.TrySetResult(false);
            else _connected.TrySetException(new Win32Exception(error));
        }
        finally
        {
            Marshal.FreeHGlobal(name);
        }
    }

    /// <summary>ServiceMain: its thread belongs to the service until that has stopped.</summary>
    private void Main(uint count, nint arguments)
    {
        _handle = ServiceControl.RegisterServiceCtrlHandlerExW(Name, Marshal.GetFunctionPointerForDelegate(_handler), 0);
        if (_handle == 0)
        {
            _connected.TrySetException(new Win32Exception(Marshal.GetLastPInvokeError()));
            return;
        }

        Report(ServiceState.StartPending);
        _connected.TrySetResult(true);
        _stopped.Task.GetAwaiter().GetResult();
    }

    private uint Handle(uint control, uint eventType, nint eventData, nint context)
    {
        switch ((int)control)
        {
            case ServiceControl.Stop or ServiceControl.Shutdown:
                OnStop?.Invoke();
                return 0;
            case ServiceControl.Interrogate:
                return 0;
            default:
                return ServiceControl.ErrorCallNotImplemented;
        }
    }
}
