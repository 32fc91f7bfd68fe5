using MailDesk.Domain.Reporting;
using MailDesk.Worker.Reports;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Letters;

/// <summary>What templates know of a report and of tables of requests; see <see cref="LetterModel"/>.</summary>
internal static class ReportModel
{
    /// <summary>More rows stand in the attached tables only.</summary>
    private const int MaxRows = 50;

    public static Dictionary<string, object?> Of(ReportFigures figures, Letter letter, LetterLanguage language, SpelledDates dates)
    {
        var busiest = figures.ByClient.Count == 0 ? 0 : figures.ByClient.Max(row => row.Volume.Registered);
        return new(StringComparer.Ordinal)
        {
            ["month"] = figures.Period.Month.ToString("MMMM yyyy", language.Culture),
            ["name"] = figures.Period.Name,
            ["client"] = figures.Client,
            ["counted_to"] = figures.CountedTo < figures.Period.To ? dates.Full(figures.CountedTo) : null,
            ["empty"] = figures.IsEmpty,
            ["requests"] = Of(figures.Requests),
            ["reopened"] = figures.Reopened,
            ["merged"] = figures.Merged,
            ["categories"] = figures.ByCategory.Select(row => Of((int)row.Key, row.Volume, figures.Requests.Registered)).ToList(),
            ["priorities"] = figures.ByPriority.Select(row => Of((int)row.Key, row.Volume, figures.Requests.Registered)).ToList(),
            ["clients"] = figures.ByClient.Take(MaxRows).Select(row => Of(row.Key.Length == 0 ? "?" : row.Key, row.Volume, busiest)).ToList(),
            ["clients_more"] = Math.Max(0, figures.ByClient.Count - MaxRows),
            ["outcomes"] = figures.ByOutcome.Where(row => row.Count > 0).Select(row => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["name"] = ReportWords.Of(language.Code).OutcomeOf(row.Outcome),
                ["count"] = row.Count,
                ["share"] = Percent(row.Count, figures.Requests.Completed),
            }).ToList(),
            ["reaction"] = figures.Levels.Select(row => Of((int)row.Priority, row.Tally.Reaction)).ToList(),
            ["execution"] = figures.Levels.Where(row => Count(row.Tally.Execution) > 0).Select(row => Of((int)row.Priority, row.Tally.Execution)).ToList(),
            ["new_reaction"] = Of(0, figures.OfNew.Reaction),
            ["new_execution"] = Of(0, figures.OfNew.Execution),
            ["carried_reaction"] = Of(0, figures.OfCarriedOver.Reaction),
            ["carried_execution"] = Of(0, figures.OfCarriedOver.Execution),
            ["reaction_times"] = Of(figures.ReactionTimes),
            ["execution_times"] = Of(figures.ExecutionTimes),
            ["planned"] = figures.InPlannedWork,
            ["planned_reaction"] = Of(0, figures.OfPlannedWork.Reaction),
            ["planned_execution"] = Of(0, figures.OfPlannedWork.Execution),
            ["held"] = Of(figures.Held),
            ["person_changes"] = Of(figures.PersonChanges),
            ["complaints"] = Of(figures.Complaints),
            ["complaint_terms"] = Of(0, figures.ComplaintTerms),
            ["misses"] = figures.Misses.Take(MaxRows).Select(miss => Of(miss, letter.NumberPrefix, dates)).ToList(),
            ["misses_more"] = Math.Max(0, figures.Misses.Count - MaxRows),
        };
    }

    public static Dictionary<string, object?> Of(TicketSection section, SpelledDates dates) => new(StringComparer.Ordinal)
    {
        ["kind"] = (int)section.Kind,
        ["count"] = section.Lines.Count + section.More,
        ["more"] = section.More,
        ["lines"] = section.Lines.Select(line => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["number"] = line.Number,
            ["subject"] = HeaderWords.Of(line.Subject, 120),
            ["client"] = line.Client,
            ["priority"] = (int?)line.Priority,
            ["state"] = (int)line.State,
            ["engineer"] = line.Engineer,
            ["due"] = line.DueAt is { } due ? dates.Short(due) : null,
            ["overdue"] = line.Overdue,
        }).ToList(),
    };

    private static Dictionary<string, object?> Of(HeldMail held) => new(StringComparer.Ordinal)
    {
        ["came"] = held.Came,
        ["accepted"] = held.Accepted,
        ["rejected"] = held.Rejected,
        ["waiting"] = held.Waiting,
    };

    private static Dictionary<string, object?> Of(Volume volume) => new(StringComparer.Ordinal)
    {
        ["carried"] = volume.CarriedOver,
        ["registered"] = volume.Registered,
        ["completed"] = volume.Completed,
        ["open"] = volume.Open,
    };

    private static Dictionary<string, object?> Of(object key, Volume volume, int whole)
    {
        var row = Of(volume);
        row["key"] = key;
        row["share"] = Percent(volume.Registered, whole);
        return row;
    }

    private static Dictionary<string, object?> Of(int priority, Tally tally) => new(StringComparer.Ordinal)
    {
        ["key"] = priority,
        ["count"] = Count(tally),
        ["met"] = tally.Met,
        ["missed"] = tally.Missed,
        ["running"] = tally.Running,
        ["share"] = tally.MetShare is { } share ? (int)Math.Floor(share * 100) : null,
    };

    private static Dictionary<string, object?> Of(TimesRow times) => new(StringComparer.Ordinal)
    {
        ["count"] = times.Count,
        ["median"] = Of(times.Median),
        ["percentile"] = Of(times.Percentile95),
    };

    private static Dictionary<string, object?>? Of(TimeSpan? time) => time is not { } t
        ? null
        : new(StringComparer.Ordinal) { ["hours"] = (int)t.TotalHours, ["minutes"] = t.Minutes };

    private static Dictionary<string, object?> Of(Miss miss, string prefix, SpelledDates dates) => new(StringComparer.Ordinal)
    {
        ["number"] = new TicketNumber(miss.Kind, miss.Number).Display(prefix),
        ["subject"] = HeaderWords.Of(miss.Subject, 120),
        ["client"] = miss.Client,
        ["term"] = (int)miss.Term,
        ["due"] = dates.Short(miss.Due),
        ["done"] = miss.DoneAt is { } done ? dates.Short(done) : null,
        ["planned"] = miss.DuringPlannedWork,
    };

    private static int Count(Tally tally) => tally.Met + tally.Missed + tally.Running;

    private static int Percent(int part, int whole) => whole == 0 ? 0 : Math.Min(100, part * 100 / whole);
}
