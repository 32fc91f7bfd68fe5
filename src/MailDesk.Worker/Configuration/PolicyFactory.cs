using System.Collections.Immutable;
using MailDesk.Domain;

namespace MailDesk.Worker.Configuration;

/// <summary>Turns settings into the rules that the decider works by.</summary>
public static class PolicyFactory
{
    /// <exception cref="SettingsException">The settings contradict themselves.</exception>
    public static SupportPolicy Create(DeskSettings settings)
    {
        var rules = settings.Rules;
        var time = new WorkingTime
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(settings.Desk.TimeZone),
            Hours = [new WorkingHours(rules.WorkingTime.From, rules.WorkingTime.To)],
            DaysOff = [.. rules.WorkingTime.Holidays],
            WorkingDates = [.. rules.WorkingTime.WorkingDays],
            BelarusHolidays = rules.WorkingTime.BelarusianHolidays,
        };
        var faults = time.Faults().Select(fault => $"{SettingsLoader.Section}:Rules:WorkingTime: {fault}").ToList();
        if (faults.Count > 0) throw new SettingsException(faults);

        var policy = new SupportPolicy
        {
            Levels = new ServiceLevels(
                Level(Priority.Critical), Level(Priority.High), Level(Priority.Medium), Level(Priority.Low), Level(Priority.Planned)),
            StandardTime = new WorkingCalendar(time),
            ThirdPartyPauses = rules.ThirdPartyPausesExecution,
            ClientAnswerDays = rules.ClientAnswerDays,
            ConfirmationDays = rules.ConfirmationDays,
            ReactionWarnings = Shares(rules.ReactionWarnings) ?? [0.5],
            ExecutionWarnings = Shares(rules.ExecutionWarnings) ?? [0.75],
            ComplaintDays = rules.ComplaintDays,
            ThirdPartyReminderDays = rules.ThirdPartyReminderDays,
        };
        faults.AddRange(policy.Faults().Select(fault => $"{SettingsLoader.Section}:Rules: {fault}"));
        return faults.Count == 0 ? policy : throw new SettingsException(faults);

        static ImmutableArray<double>? Shares(List<double>? shares) => shares is null ? null : shares is [0] ? [] : [.. shares];

        ServiceLevel Level(Priority priority) =>
            rules.Levels.TryGetValue(priority, out var level) ? new ServiceLevel(level.Reaction, level.Execution) : ServiceLevels.Standard[priority];
    }
}
