using System.Collections.Frozen;

namespace MailDesk.Worker.People;

/// <summary>Who is served and who serves: the clients with their contracts and persons, and the engineers. Immutable.</summary>
public sealed class DeskDirectory
{
    private readonly FrozenDictionary<string, (Client Client, Person Person)> _persons;
    private readonly FrozenDictionary<string, Engineer> _engineers;

    public DeskDirectory(IReadOnlyList<Client> clients, IReadOnlyList<Engineer> engineers)
    {
        Clients = clients;
        Engineers = engineers;
        _persons = clients
            .SelectMany(client => client.Persons.SelectMany(person => person.Addresses.Select(address => (address, client, person))))
            .ToFrozenDictionary(x => x.address, x => (x.client, x.person), StringComparer.OrdinalIgnoreCase);
        _engineers = engineers
            .SelectMany(engineer => engineer.Addresses.Select(address => (address, engineer)))
            .ToFrozenDictionary(x => x.address, x => x.engineer, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<Client> Clients { get; }

    public IReadOnlyList<Engineer> Engineers { get; }

    public IEnumerable<Engineer> Managers => Engineers.Where(engineer => engineer.IsManager);

    /// <summary>The client and the person whose address this is; null for a stranger.</summary>
    public (Client Client, Person Person)? FindPerson(string address) => _persons.TryGetValue(address, out var found) ? found : null;

    /// <summary>The clients that the words can mean: the one of just this name, else all whose name holds them. Case and quotes do not matter.</summary>
    public IReadOnlyList<Client> ClientsNamed(string words)
    {
        var wanted = Bare(words);
        if (wanted.Length == 0) return [];
        var fits = Clients.Where(client => Bare(client.Name).Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return fits.Find(client => Bare(client.Name).Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } exact ? [exact] : fits;
    }

    public Engineer? FindEngineer(string address) => _engineers.GetValueOrDefault(address);

    private static string Bare(string name) => string.Concat(name.Where(c => c is not ('"' or '«' or '»' or '“' or '”' or '„'))).Trim();
}

/// <summary>An organisation that the operator serves (rule 5.7).</summary>
/// <param name="TimeZone">The zone in which its people read dates.</param>
public sealed record Client(
    string Name, IReadOnlyList<Contract> Contracts, IReadOnlyList<Person> Persons, IReadOnlyList<string> Services, TimeZoneInfo TimeZone)
{
    /// <summary>Whether a contract is in force on the day that it is now in the client's zone (rule 5.7).</summary>
    public bool IsServedAt(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZone).DateTime);
        return Contracts.Any(contract => contract.From <= today && (contract.To is null || today <= contract.To));
    }
}

/// <param name="To">The last day in force; null while there is none.</param>
public sealed record Contract(string Number, DateOnly From, DateOnly? To);

/// <summary>A person on a client's list (rule 5.7).</summary>
/// <param name="Addresses">The first is the one that letters go to when the person did not write.</param>
/// <param name="Language">ru, en or be.</param>
public sealed record Person(string Name, IReadOnlyList<string> Addresses, string Language);

/// <param name="Addresses">Letters go to the first.</param>
public sealed record Engineer(string Name, IReadOnlyList<string> Addresses, string Language, bool IsManager)
{
    public string Address => Addresses[0];
}
