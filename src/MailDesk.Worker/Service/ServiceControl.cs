using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MailDesk.Worker.Service;

/// <summary>The part of winsvc.h that a service of one process needs.</summary>
[SupportedOSPlatform("windows")]
internal static partial class ServiceControl
{
    public const int ErrorCallNotImplemented = 120;
    public const int ErrorFailedServiceControllerConnect = 1063;
    public const int ErrorServiceSpecificError = 1066;

    public const uint OwnProcess = 0x10;

    public const uint AcceptStop = 0x1;
    public const uint AcceptShutdown = 0x4;

    public const int Stop = 1;
    public const int Interrogate = 4;
    public const int Shutdown = 5;

    /// <summary>Ends when the service has stopped; calls the entry's main function on a thread of its own.</summary>
    [LibraryImport("advapi32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool StartServiceCtrlDispatcherW([In] Entry[] table);

    [LibraryImport("advapi32.dll", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial nint RegisterServiceCtrlHandlerExW(string name, nint handler, nint context);

    [LibraryImport("advapi32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetServiceStatus(nint service, in Status status);

    /// <summary>LPSERVICE_MAIN_FUNCTIONW.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    public delegate void Main(uint count, nint arguments);

    /// <summary>LPHANDLER_FUNCTION_EX.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    public delegate uint Handler(uint control, uint eventType, nint eventData, nint context);

    /// <summary>SERVICE_TABLE_ENTRYW; a table ends with an empty one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Entry(nint Name, nint Main);

    /// <summary>SERVICE_STATUS.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Status(uint Type, ServiceState State, uint Accepts, uint Win32ExitCode, uint ServiceExitCode, uint CheckPoint, uint WaitMilliseconds);
}

/// <summary>Values of SERVICE_STATUS.dwCurrentState.</summary>
internal enum ServiceState : uint
{
    Stopped = 1,
    StartPending = 2,
    StopPending = 3,
    Running = 4,
}
