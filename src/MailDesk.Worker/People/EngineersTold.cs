using MailDesk.Domain;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.People;

/// <summary>
/// Which engineers a letter about a request goes to. Whoever is in charge; while nobody is, its team, or everybody where it has none; of a complaint, the managers. What
/// cannot wait for the morning goes to those on duty: a request of priority 1 outside standard working time.
/// </summary>
public sealed class EngineersTold(DeskDirectory directory, SupportPolicy policy)
{
    /// <summary>Of what can wait.</summary>
    public IEnumerable<Engineer> Of(TicketRow ticket) =>
        InCharge(ticket) is { } engineer ? [engineer] : TeamOf(ticket);

    public IEnumerable<Engineer> Of(TicketRow ticket, LetterKind letter, DateTimeOffset now)
    {
        if (InCharge(ticket) is { } engineer) return [engineer];
        var team = TeamOf(ticket);
        if (!CannotWait(ticket, letter) || policy.StandardTime.IsWorkingTime(now)) return team;
        var onDuty = directory.OnDuty(policy.StandardTime.DayOf(now)).ToList();
        return onDuty.Count > 0 ? onDuty : team.Concat(directory.Managers).Distinct();
    }

    private Engineer? InCharge(TicketRow ticket) => ticket.Engineer is { } address ? directory.FindEngineer(address) : null;

    private IEnumerable<Engineer> TeamOf(TicketRow ticket) =>
        ticket.Kind == TicketKind.Complaint && directory.Managers.Any() ? directory.Managers
        : directory.FindTeam(ticket.Team) is { Members.Count: > 0 } team ? team.Members
        : Everybody();

    /// <summary>The engineers; the managers where there is no engineer at all.</summary>
    public IEnumerable<Engineer> Everybody()
    {
        var engineers = directory.Engineers.Where(e => !e.IsManager).ToList();
        return engineers.Count > 0 ? engineers : directory.Managers;
    }

    /// <summary>Held mail can: a stranger must not wake anybody (rule 5.7).</summary>
    private static bool CannotWait(TicketRow ticket, LetterKind letter) =>
        ticket is { Kind: TicketKind.Request, Priority: Priority.Critical }
        && letter is LetterKind.NewRequest or LetterKind.ClientWrote or LetterKind.Objection or LetterKind.DeadlineAhead or LetterKind.DeadlineMissed;
}
