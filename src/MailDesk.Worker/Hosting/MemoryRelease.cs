using System.Runtime;
using System.Runtime.InteropServices;

namespace MailDesk.Worker.Hosting;

/// <summary>
/// Gives back the memory that a spell of work has left, once it is quiet. By itself the collector runs only when something is allocated, and
/// so a daemon that waits would keep for days what its start or a burst of mail had needed.
/// </summary>
internal sealed class MemoryRelease(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>In bytes: what watching the mailboxes needs in one interval is less, and what a message needs is more.</summary>
    private const long Quiet = 256 * 1024;

    /// <summary>
    /// Intervals for which the native heap is looked after: ten seconds after the last work the runtime takes stock of what to compile anew (the project's
    /// CallCountingDelayMs), and what it needs for that is free only then.
    /// </summary>
    private const int NativeIntervals = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var (allocated, compiled, calm) = (0L, 0L, 0);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var (allocatedBefore, compiledBefore) = (allocated, compiled);
            (allocated, compiled) = (GC.GetTotalAllocatedBytes(), JitInfo.GetCompiledMethodCount());
            calm = allocated - allocatedBefore > Quiet || compiled > compiledBefore ? 0 : calm + 1;
            if (calm == 1) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            if (calm is > 0 and <= NativeIntervals) TrimNativeHeap();
        }
    }

    /// <summary>
    /// What native code, such as the compiler, SQLite and Brotli, has freed stays with the C library until it is asked for it: malloc_trim(3) of the GNU C
    /// library. Others have no such call.
    /// </summary>
    private static unsafe void TrimNativeHeap()
    {
        if (NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc_trim", out var trim)) _ = ((delegate* unmanaged<nuint, int>)trim)(0);
    }
}
