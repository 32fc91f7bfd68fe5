using System.CommandLine;
using MailDesk.Worker.CommandLine;
using MailDesk.Worker.Hosting;

return await DeskCommandLine.Create().Parse(args).InvokeAsync(new InvocationConfiguration
{
    // Longer than the host takes at most: what has begun is finished before the process ends.
    ProcessTerminationTimeout = DeskHost.ShutdownTimeout + TimeSpan.FromSeconds(5),
});
