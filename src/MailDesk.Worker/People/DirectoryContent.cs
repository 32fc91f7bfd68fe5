using System.Collections.Frozen;

namespace MailDesk.Worker.People;

/// <summary>What a directory says at one moment, with its addresses looked up quickly. Immutable.</summary>
public sealed class DirectoryContent
{
    private FrozenDictionary<string, (Client Client, Person Person)> _persons = FrozenDictionary<string, (Client, Person)>.Empty;
    private FrozenDictionary<string, Engineer> _engineers = FrozenDictionary<string, Engineer>.Empty;
    private FrozenDictionary<string, Client> _clients = FrozenDictionary<string, Client>.Empty;

    public IReadOnlyList<Client> Clients
    {
        get;
        init
        {
            field = value;
            _clients = value.DistinctBy(client => client.Name, StringComparer.Ordinal).ToFrozenDictionary(client => client.Name, StringComparer.Ordinal);
            _persons = value
                .SelectMany(client => client.Persons.SelectMany(person => person.Addresses.Select(address => (address, client, person))))
                .ToFrozenDictionary(x => x.address, x => (x.client, x.person), StringComparer.OrdinalIgnoreCase);
        }
    }
    = [];

    public IReadOnlyList<Engineer> Engineers
    {
        get;
        init
        {
            field = value;
            _engineers = value
                .SelectMany(engineer => engineer.Addresses.Select(address => (address, engineer)))
                .ToFrozenDictionary(x => x.address, x => x.engineer, StringComparer.OrdinalIgnoreCase);
        }
    }
    = [];

    public IReadOnlyList<Team> Teams { get; init; } = [];

    /// <summary>The first that fits decides.</summary>
    public IReadOnlyList<Route> Routes { get; init; } = [];

    public IReadOnlyList<DutyTurn> Duty { get; init; } = [];

    public (Client Client, Person Person)? FindPerson(string address) => _persons.TryGetValue(address, out var found) ? found : null;

    public Engineer? FindEngineer(string address) => _engineers.GetValueOrDefault(address);

    public Client? FindClient(string name) => _clients.GetValueOrDefault(name);

    /// <summary>
    /// The same with changes made by mail. One that does not fit what is said here does nothing: the client is gone, the address is somebody's
    /// already or nobody's any more.
    /// </summary>
    public DirectoryContent With(IReadOnlyList<PersonChange> changes)
    {
        if (changes.Count == 0) return this;
        var persons = Clients.ToDictionary(client => client.Name, client => client.Persons.ToList(), StringComparer.Ordinal);
        var owners = _persons.ToDictionary(x => x.Key, x => x.Value.Client.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes)
        {
            if (!persons.TryGetValue(change.Client, out var list)) continue;
            if (change.Kind == PersonChangeKind.Remove)
            {
                foreach (var person in list.Where(person => person.Has(change.Address)).ToList())
                {
                    list.Remove(person);
                    foreach (var address in person.Addresses) owners.Remove(address);
                }
            }
            else if (FindEngineer(change.Address) is null && owners.TryAdd(change.Address, change.Client))
            {
                list.Add(new Person(change.Name, [change.Address], change.Language));
            }
        }

        return new DirectoryContent
        {
            Clients = [.. Clients.Select(client => client with { Persons = persons[client.Name] })],
            Engineers = Engineers,
            Teams = Teams,
            Routes = Routes,
            Duty = Duty,
        };
    }
}
