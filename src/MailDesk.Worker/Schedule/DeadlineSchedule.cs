using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;
using Quartz;

namespace MailDesk.Worker.Schedule;

/// <summary>
/// Keeps one Quartz trigger at the earliest deadline in the database. The rows are the truth and the trigger only wakes: a lost, late or
/// doubled firing finds in the rows what is due.
/// </summary>
public sealed partial class DeadlineSchedule(DeskStore store, RoundRunner rounds, ISchedulerFactory schedulers, WatcherHealth health, TimeProvider time, ILogger<DeadlineSchedule> log) : BackgroundService
{
    private static readonly TriggerKey Trigger = new("earliest-deadline");
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Without a signal, look again: <c>maildesk replay</c> writes deadlines from a process of its own.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly WakeSignal _signal = new(time);

    /// <summary>Deadlines may have changed, or the clock: look which is the earliest now.</summary>
    public void Wake() => _signal.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await health.CaughtUp.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        DateTimeOffset? scheduled = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var earliest = await EarliestAsync(stoppingToken);
                if (earliest != scheduled || earliest <= time.GetUtcNow()) await ScheduleAsync(earliest, stoppingToken);
                scheduled = earliest;
                await _signal.WaitAsync(LongestWait, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFault(e);
                await Task.Delay(PauseAfterFault, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _signal.Set();
            }
        }
    }

    internal const string Earliest = """SELECT MIN("NextDeadlineAt") FROM "Tickets" """;

    private async Task<DateTimeOffset?> EarliestAsync(CancellationToken cancellationToken)
    {
        var round = await rounds.NextAsync(cancellationToken);
        DateTimeOffset? deadline = store.Number(Earliest) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
        return round is null || deadline < round ? deadline : round;
    }

    private async Task ScheduleAsync(DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (at is null)
        {
            await scheduler.UnscheduleJob(Trigger, cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(Trigger)
            .ForJob(DeadlineJob.Key)
            .StartAt(at > now ? at.Value : now)
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        if (await scheduler.RescheduleJob(Trigger, trigger, cancellationToken) is null) await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "Deadlines cannot be scheduled; tried again after a pause")]
    private partial void LogFault(Exception e);
}
