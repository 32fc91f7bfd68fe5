using MailDesk.Domain;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>Gives a new request to the team that the directory names for its service and category; it keeps the team whatever the routes say later.</summary>
public sealed class TeamRouter(DeskDirectory directory)
{
    /// <returns>The decision with the routing in its record.</returns>
    public TicketDecision Route(TicketRow row, TicketDecision decision)
    {
        if (directory.Route(row.Service, decision.Ticket.Category) is not { } team) return decision;
        row.Team = team.Name;
        return decision with { Events = decision.Events.Add(new TicketEvent(TicketEventKind.TeamChanged, To: team.Name)) };
    }
}
