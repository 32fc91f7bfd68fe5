using Quartz;

namespace MailDesk.Worker.Schedule;

/// <summary>Fires at the earliest deadline: lets what is due act, and asks for the next.</summary>
[DisallowConcurrentExecution]
public sealed partial class DeadlineJob(DeadlineRunner runner, RoundRunner rounds, DeadlineSchedule schedule, TimeProvider time, ILogger<DeadlineJob> log) : IJob
{
    public static readonly JobKey Key = new("deadlines");

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await runner.RunDueAsync(cancellationToken);
            await rounds.RunDueAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFault(e);
            await Task.Delay(PauseAfterFault, time, cancellationToken);
        }
        finally
        {
            schedule.Wake();
        }
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "Deadlines could not act; tried again after a pause")]
    private partial void LogFault(Exception e);
}
