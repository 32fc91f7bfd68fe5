namespace MailDesk.Worker.Storage;

/// <summary>What the desk writes by the calendar.</summary>
public enum RoundKind
{
    Digest,
    MonthlyReport,
}

/// <summary>Which day or month of a kind comes next: those before are done.</summary>
public sealed class RoundRow
{
    public RoundKind Kind { get; set; }

    /// <summary>The day of a digest; the first day of a report's month. In the desk's time zone.</summary>
    public DateOnly Next { get; set; }
}
