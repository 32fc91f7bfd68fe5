using MailDesk.Domain;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.People;

/// <summary>
/// Which engineers a letter about a request goes to. Whoever is in charge; while nobody is, its team, or everybody where it has none. What
/// cannot wait for the morning goes to those on duty: a request of priority 1 outside standard working time.
/// </summary>
public sealed class EngineersTold(DeskDirectory directory, SupportPolicy policy)
{
    public IEnumerable<Engineer> Of(TicketRow ticket, LetterKind letter, DateTimeOffset now)
    {
        if (ticket.Engineer is { } address && directory.FindEngineer(address) is { } engineer) return [engineer];
        var team = TeamOf(ticket);
        if (!CannotWait(ticket, letter) || policy.StandardTime.IsWorkingTime(now)) return team;
        var onDuty = directory.OnDuty(policy.StandardTime.DayOf(now)).ToList();
        return onDuty.Count > 0 ? onDuty : team.Concat(directory.Managers).Distinct();
    }

    /// <summary>Everybody is the engineers; the managers where there is no engineer at all.</summary>
    private IEnumerable<Engineer> TeamOf(TicketRow ticket)
    {
        if (directory.FindTeam(ticket.Team) is { Members.Count: > 0 } team) return team.Members;
        var engineers = directory.Engineers.Where(e => !e.IsManager).ToList();
        return engineers.Count > 0 ? engineers : directory.Managers;
    }

    /// <summary>Held mail can: a stranger must not wake anybody (rule 5.7).</summary>
    private static bool CannotWait(TicketRow ticket, LetterKind letter) =>
        ticket.Priority == Priority.Critical
        && letter is LetterKind.NewRequest or LetterKind.ClientWrote or LetterKind.Objection or LetterKind.DeadlineAhead or LetterKind.DeadlineMissed;
}
