using MailDesk.Domain;

namespace MailDesk.Worker.Reports;

/// <summary>What a table of requests shows; the templates have a heading for each.</summary>
public enum SectionKind
{
    Open,
    Mine,
    Overdue,
    Waiting,
    Held,
    DueToday,
    NotTaken,
    Found,
}

/// <param name="Number">As people write it, such as "MD-1042".</param>
/// <param name="Client">The organisation; the address of a stranger.</param>
/// <param name="Priority">Null for a complaint (rule 8.2).</param>
/// <param name="Engineer">Name of the engineer in charge; null while nobody is.</param>
/// <param name="DueAt">UTC; when the next thing that the desk owes falls due, or fell. Null where nothing is owed now.</param>
public sealed record TicketLine(
    string Number, string Subject, string Client, Priority? Priority, TicketState State, string? Engineer, DateTimeOffset? DueAt, bool Overdue);

/// <param name="More">How many are not shown.</param>
public sealed record TicketSection(SectionKind Kind, IReadOnlyList<TicketLine> Lines, int More);

/// <summary>How far a search looked.</summary>
/// <param name="Words">What was asked for.</param>
/// <param name="Tickets">So many of the latest requests; null for all of them.</param>
/// <param name="Mails">The texts of so many of the latest mails; null for all of them.</param>
public sealed record SearchReach(string Words, int? Tickets, int? Mails);
