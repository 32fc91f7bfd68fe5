using MailDesk.Domain;

namespace MailDesk.Worker.People;

/// <summary>Teams, the routes to them and the duty list.</summary>
public static partial class DirectoryFile
{
    private sealed partial class Reader
    {
        private readonly Dictionary<string, string> _teamNames = new(StringComparer.OrdinalIgnoreCase);

        private List<Team> ReadTeams(List<TeamJson?> teams, List<Engineer> engineers) => [.. teams.Select((team, i) =>
        {
            var at = $"teams[{i}]";
            var members = team?.Members ?? [];
            if (members.Count == 0) Problem($"{at}.members", "is empty; name at least one engineer by address or name");
            return new Team(
                Unique(_teamNames, Name(team?.Name, $"{at}.name"), $"{at}.name"),
                [.. members.Select((member, j) => FindEngineer(member, engineers, $"{at}.members[{j}]")).OfType<Engineer>().Distinct()]);
        })];

        private List<Route> ReadRoutes(List<RouteJson?> routes, List<Team> teams, List<Client> clients)
        {
            List<Route> read = [];
            for (var i = 0; i < routes.Count; i++)
            {
                var (route, at) = (routes[i] ?? new(), $"routes[{i}]");
                if (read.FindIndex(r => r.Service is null && r.Category is null) is >= 0 and var all)
                {
                    Problem(at, $"is never reached: routes[{all}] names neither service nor category and takes everything; put it last");
                }

                if (FindTeam(route.Team, teams, $"{at}.team") is { } team) read.Add(new Route(KnownService(route.Service, clients, $"{at}.service"), ReadCategory(route.Category, $"{at}.category"), team));
            }

            return read;
        }

        private Team? FindTeam(string? name, List<Team> teams, string at)
        {
            if (Name(name, at) is not { Length: > 0 } wanted) return null;
            var team = teams.Find(t => t.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
            if (team is null) Problem(at, $"\"{wanted}\" is not a team; {OneOf(teams.Select(t => t.Name), "there is none: add it to teams")}");
            return team;
        }

        private string? KnownService(string? name, List<Client> clients, string at)
        {
            if (name is null) return null;
            var services = clients.SelectMany(client => client.Services).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var known = services.Find(service => service.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (known is null) Problem(at, $"\"{name}\" is no client's service; {OneOf(services, "no client has any")}");
            return known;
        }

        private Category? ReadCategory(string? name, string at)
        {
            if (name is null) return null;
            foreach (var category in Enum.GetValues<Category>())
            {
                if (category.ToString().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) return category;
            }

            Problem(at, $"\"{name}\" is not a category; give \"incident\", \"technicalSupport\", \"serviceChange\" or \"service\"");
            return null;
        }

        private DutyTurn? ReadTurn(DutyJson turn, List<Engineer> engineers, string at)
        {
            if (turn.To < turn.From) Problem($"{at}.to", $"{turn.To:yyyy-MM-dd} lies before from {turn.From:yyyy-MM-dd}; give the last day of the turn, or leave it out");
            return FindEngineer(turn.Engineer, engineers, $"{at}.engineer") is { } engineer ? new DutyTurn(engineer, turn.From, turn.To) : null;
        }

        /// <summary>By address, or by the whole name where only one has it.</summary>
        private Engineer? FindEngineer(string? word, List<Engineer> engineers, string at)
        {
            if (Name(word, at) is not { Length: > 0 } wanted) return null;
            var found = engineers.FindAll(e => e.Addresses.Contains(wanted, StringComparer.OrdinalIgnoreCase) || e.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
            if (found is [var only]) return only;
            Problem(at, found.Count == 0
                ? $"\"{wanted}\" is not among the engineers; give an engineer's address or whole name"
                : $"\"{wanted}\" is the name of {found.Count} engineers; give the address");
            return null;
        }

        private static string OneOf(IEnumerable<string> names, string none) =>
            names.Take(5).ToList() is { Count: > 0 } some ? $"give one such as {string.Join(", ", some.Select(name => $"\"{name}\""))}" : none;
    }

    private sealed record TeamJson
    {
        public string? Name { get; init; }

        public List<string?> Members { get; init; } = [];
    }

    private sealed record RouteJson
    {
        public string? Service { get; init; }

        public string? Category { get; init; }

        public string? Team { get; init; }
    }

    private sealed record DutyJson
    {
        public string? Engineer { get; init; }

        public DateOnly? From { get; init; }

        public DateOnly? To { get; init; }
    }
}
