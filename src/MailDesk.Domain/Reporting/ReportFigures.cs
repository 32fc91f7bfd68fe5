namespace MailDesk.Domain.Reporting;

/// <summary>The figures of a reporting period. Made by <see cref="FigureCount"/>; docs/reports.md says what each counts.</summary>
public sealed record ReportFigures
{
    public required ReportPeriod Period { get; init; }

    /// <summary>UTC: up to when it was counted. The period's end, or the moment of asking while the period runs.</summary>
    public required DateTimeOffset CountedTo { get; init; }

    /// <summary>The one client that it is about; null for all.</summary>
    public string? Client { get; init; }

    /// <summary>Requests.</summary>
    public required Volume Requests { get; init; }

    public required IReadOnlyList<VolumeRow<Category>> ByCategory { get; init; }

    public required IReadOnlyList<VolumeRow<Priority>> ByPriority { get; init; }

    /// <summary>The busiest first.</summary>
    public required IReadOnlyList<VolumeRow<string>> ByClient { get; init; }

    /// <summary>Requests whose completion falls into the period and still stood at its end.</summary>
    public required IReadOnlyList<(Outcome Outcome, int Count)> ByOutcome { get; init; }

    /// <summary>Objections in the period that put a completed request back to work (rule 7.1).</summary>
    public required int Reopened { get; init; }

    /// <summary>Requests and complaints that joined another in the period (rule 5.5): neither completed nor open.</summary>
    public required int Merged { get; init; }

    /// <summary>Rule 4.2 by priority, without requests in planned unavailability.</summary>
    public required IReadOnlyList<LevelRow> Levels { get; init; }

    /// <summary>The sum of <see cref="Levels"/> for requests registered in the period.</summary>
    public required LevelTally OfNew { get; init; }

    /// <summary>The sum of <see cref="Levels"/> for requests registered before it.</summary>
    public required LevelTally OfCarriedOver { get; init; }

    public required TimesRow ReactionTimes { get; init; }

    public required TimesRow ExecutionTimes { get; init; }

    /// <summary>Requests registered in the period that concern a service in planned unavailability.</summary>
    public required int InPlannedWork { get; init; }

    /// <summary>Rule 4.2 for requests in planned unavailability.</summary>
    public required LevelTally OfPlannedWork { get; init; }

    /// <summary>Mail of people who are not authorised (rule 5.7) that came in the period.</summary>
    public required HeldMail Held { get; init; }

    /// <summary>Changes of clients' persons that were asked for by mail in the period (rule 5.7); in no other figure.</summary>
    public required HeldMail PersonChanges { get; init; }

    public required Volume Complaints { get; init; }

    /// <summary>The term of complaints (rule 8.2).</summary>
    public required Tally ComplaintTerms { get; init; }

    /// <summary>The oldest number first, requests before complaints.</summary>
    public required IReadOnlyList<Miss> Misses { get; init; }

    /// <summary>Every request and complaint that was open at some moment of the period, or was registered or completed in it.</summary>
    public required IReadOnlyList<ReportedLine> Lines { get; init; }

    /// <summary>Nothing came, nothing was open, nothing was completed.</summary>
    public bool IsEmpty => Lines.Count == 0 && Held.Came == 0 && PersonChanges.Came == 0;
}

/// <param name="CarriedOver">Registered before the period and open at its beginning.</param>
/// <param name="Registered">In the period.</param>
/// <param name="Completed">In the period, and still so at its end.</param>
/// <param name="Open">At the end of the period.</param>
public sealed record Volume(int CarriedOver, int Registered, int Completed, int Open);

public sealed record VolumeRow<T>(T Key, Volume Volume);

/// <param name="Running">Not done at the end of the period, and the deadline lay ahead.</param>
public sealed record Tally(int Met, int Missed, int Running)
{
    /// <summary>Share of what was decided that was met, 0 to 1; null where nothing was decided.</summary>
    public double? MetShare => Met + Missed == 0 ? null : (double)Met / (Met + Missed);

    public static Tally operator +(Tally left, Tally right) => new(left.Met + right.Met, left.Missed + right.Missed, left.Running + right.Running);
}

public sealed record LevelTally(Tally Reaction, Tally Execution);

public sealed record LevelRow(Priority Priority, LevelTally Tally);

/// <summary>Times on the calendar of each request's level.</summary>
/// <param name="Median">The middle one, or the mean of the two in the middle; null where there is none.</param>
/// <param name="Percentile95">Nearest rank: the shortest time that at least 95 % of all do not exceed.</param>
public sealed record TimesRow(int Count, TimeSpan? Median, TimeSpan? Percentile95);

/// <param name="Waiting">Neither accepted nor rejected at the end of the period.</param>
public sealed record HeldMail(int Came, int Accepted, int Rejected, int Waiting);

public enum MissedTerm
{
    Reaction,
    Execution,

    /// <summary>The term of a complaint (rule 8.2).</summary>
    Complaint,
}

/// <param name="Due">UTC.</param>
/// <param name="DoneAt">UTC; null where it was not done at the end of the period.</param>
public sealed record Miss(
    TicketKind Kind, int Number, string Subject, string? Client, Priority Priority, string? Engineer, MissedTerm Term, DateTimeOffset Due, DateTimeOffset? DoneAt, bool DuringPlannedWork);

/// <summary>A request or complaint as it stood at the end of the period. Times are UTC.</summary>
public sealed record ReportedLine
{
    public required TicketKind Kind { get; init; }

    public required int Number { get; init; }

    public required string Subject { get; init; }

    public string? Client { get; init; }

    public required Category Category { get; init; }

    public required Priority Priority { get; init; }

    public required TicketState State { get; init; }

    public string? Engineer { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? ReactedAt { get; init; }

    public DateTimeOffset? ReactionDue { get; init; }

    public LevelVerdict Reaction { get; init; }

    public TimeSpan? ReactionTime { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>A complaint's: its term.</summary>
    public DateTimeOffset? ExecutionDue { get; init; }

    public LevelVerdict Execution { get; init; }

    public TimeSpan? ExecutionTime { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary>Null while it is not closed.</summary>
    public ClosingReason? Closing { get; init; }

    /// <summary>How often in the period.</summary>
    public int Reopened { get; init; }

    public bool DuringPlannedWork { get; init; }
}
