namespace MailDesk.Worker.Tests.Month;

/// <summary>
/// One request as somebody would write it into a paper book who sees nothing but the mail that goes to and fro. Knows nothing of the desk's
/// code: its own table of priorities and service levels, its own arithmetic of time.
/// </summary>
internal sealed class MonthCase
{
    /// <summary>Rule 8.2: ten working days of nine hours.</summary>
    private const int ComplaintMinutes = 10 * 9 * 60;

    private readonly List<(DateTimeOffset From, DateTimeOffset? To)> _pauses = [];
    private DateTimeOffset? _reopenedAt;

    /// <summary>Stands in every subject, so that letters can be told apart.</summary>
    public required string Mark { get; init; }

    public required MonthPerson Person { get; init; }

    public required string Category { get; set; }

    public required int Priority { get; set; }

    /// <summary>When the mail came in; when it was accepted, if it was held.</summary>
    public required DateTimeOffset RegisteredAt { get; set; }

    public bool IsComplaint { get; init; }

    /// <summary>An incident while its service was down by plan.</summary>
    public bool DuringPlannedWork { get; init; }

    /// <summary>As letters show it; null until the first one came.</summary>
    public string? Number { get; set; }

    /// <summary>Who works on it; null until somebody was chosen.</summary>
    public string? Engineer { get; set; }

    /// <summary>Whose request it is; empty for a stranger's, until somebody says whose.</summary>
    public string Client { get; set; } = "";

    public bool IsHeld { get; set; }

    public bool CameHeld { get; init; }

    public bool IsRejected { get; set; }

    public DateTimeOffset? ReactedAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? Outcome { get; private set; }

    public int Reopened { get; private set; }

    public bool IsWaiting { get; private set; }

    /// <summary>The matrix of rule 4.1 as it is printed, and the decision that only an incident can be 1 or 2.</summary>
    public static int PriorityOf(string category, int impact, int urgency)
    {
        int[][] matrix = [[1, 2, 3], [2, 3, 4], [3, 4, 5], [4, 5, 5]];
        return category == "Incident" ? matrix[impact][urgency] : Math.Max(3, matrix[impact][urgency]);
    }

    /// <summary>The table of rule 4.2 as it is printed.</summary>
    public static TimeSpan ReactionOf(int priority) => priority switch
    {
        1 => TimeSpan.FromMinutes(10),
        2 => TimeSpan.FromHours(1),
        3 => TimeSpan.FromHours(2),
        4 => TimeSpan.FromHours(4),
        _ => TimeSpan.FromHours(8),
    };

    /// <inheritdoc cref="ReactionOf"/>
    public static TimeSpan? ExecutionOf(int priority) => priority switch
    {
        1 => TimeSpan.FromHours(1),
        2 => TimeSpan.FromHours(4),
        3 => TimeSpan.FromHours(12),
        4 => TimeSpan.FromHours(72),
        _ => null,
    };

    public void React(DateTimeOffset at) => ReactedAt ??= at;

    public void Ask(DateTimeOffset at)
    {
        React(at);
        IsWaiting = true;
        Pause(at);
    }

    public void Answer(DateTimeOffset at)
    {
        IsWaiting = false;
        Resume(at);
    }

    public void Complete(DateTimeOffset at, string outcome)
    {
        React(at);
        (CompletedAt, Outcome, IsWaiting) = (at, outcome, false);
        Pause(at);
    }

    public void Reopen(DateTimeOffset at)
    {
        (CompletedAt, Outcome) = (null, null);
        (Reopened, _reopenedAt) = (Reopened + 1, at);
        Resume(at);
    }

    public TimeSpan? ReactionTime => ReactedAt - RegisteredAt;

    /// <summary>From registration to <paramref name="until"/> without the time in which the execution stood still.</summary>
    public TimeSpan Worked(DateTimeOffset until) =>
        until - RegisteredAt - _pauses.Where(p => p.From < until).Aggregate(TimeSpan.Zero, (sum, p) => sum + ((p.To is { } to && to < until ? to : until) - p.From));

    /// <summary>Whether more than the term of a complaint lies between its registration, or the objection, and that moment. October has no holidays.</summary>
    public bool TermPassed(DateTimeOffset moment)
    {
        var minutes = 0;
        for (var at = _reopenedAt ?? RegisteredAt; at < moment; at = at.AddMinutes(1))
        {
            var local = at.AddHours(3);
            if (local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= 9 and < 18) minutes++;
        }

        return minutes > ComplaintMinutes;
    }

    private void Pause(DateTimeOffset at)
    {
        if (_pauses is not [.., (_, null)]) _pauses.Add((at, null));
    }

    private void Resume(DateTimeOffset at)
    {
        if (_pauses is [.., (var from, null)]) _pauses[^1] = (from, at);
    }
}
