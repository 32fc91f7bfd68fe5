using MailDesk.Domain;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>Gives a new request to the team that the directory names for its service and category; it keeps the team whatever the routes say later, until an
/// engineer says that it is about something else.</summary>
public sealed class TeamRouter(DeskDirectory directory)
{
    /// <returns>The decision with the routing in its record.</returns>
    public TicketDecision Route(TicketRow row, TicketDecision decision)
    {
        if (directory.Route(row.Service, decision.Ticket.Category) is not { } team) return decision;
        row.Team = team.Name;
        return decision with { Events = decision.Events.Add(new TicketEvent(TicketEventKind.TeamChanged, To: team.Name)) };
    }

    /// <summary>An engineer has named another service or category while nobody had taken the request: it is the team's whose work that is.</summary>
    /// <returns>What to record; null where it stays with whom it was.</returns>
    public TicketEvent? Reroute(TicketRow row, Ticket ticket)
    {
        if (ticket is not { Kind: TicketKind.Request, State: TicketState.Registered, Engineer: null }) return null;
        var team = directory.Route(row.Service, ticket.Category)?.Name;
        if (string.Equals(team, row.Team, StringComparison.OrdinalIgnoreCase)) return null;
        var moved = new TicketEvent(TicketEventKind.TeamChanged, row.Team, team);
        row.Team = team;
        return moved;
    }
}
