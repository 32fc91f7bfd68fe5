namespace MailDesk.Worker.Configuration;

/// <summary>What the desk writes to engineers and managers by the calendar. Times are those of the desk's zone.</summary>
public sealed class ReportOptions
{
    /// <summary>Each manager gets the report of a month on the first standard working day of the next.</summary>
    public bool MonthlyReport { get; init; } = true;

    /// <summary>At what time of the day; the beginning of working time where none is said.</summary>
    public TimeOnly? MonthlyReportAt { get; init; }

    /// <summary>Each engineer gets on each standard working day what is theirs, due and not taken, where there is something.</summary>
    public bool DailyDigest { get; init; } = true;

    /// <summary>At what time of the day; the beginning of working time where none is said.</summary>
    public TimeOnly? DailyDigestAt { get; init; }
}
