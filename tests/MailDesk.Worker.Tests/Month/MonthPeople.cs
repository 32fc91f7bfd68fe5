using System.Globalization;
using System.Text.Json;

namespace MailDesk.Worker.Tests.Month;

/// <summary>A person of a client, as the month's books know them.</summary>
internal sealed record MonthPerson(string Name, string Address, string Language, string Client, string Service);

/// <summary>The made-up operator: twenty clients with two or three persons each, five engineers, one of them the manager.</summary>
internal static class MonthPeople
{
    public const string Support = "support@desk.example";
    public const string Complaints = "info@desk.example";
    public const string Manager = "maria@desk.example";

    /// <summary>The client whose contract ends in the middle of the month.</summary>
    public const string Lapsing = "ООО «Клиент 20»";

    public static readonly DateOnly LapsesAfter = new(2026, 10, 15);

    public const string ServiceAtWork = "Виртуальный сервер";

    /// <summary>When that service is down by plan, UTC.</summary>
    public static readonly (DateTimeOffset From, DateTimeOffset To) PlannedWork =
        (new(2026, 10, 13, 6, 0, 0, TimeSpan.Zero), new(2026, 10, 14, 15, 0, 0, TimeSpan.Zero));

    public static IReadOnlyList<string> Engineers { get; } = ["ivan@desk.example", "olga@desk.example", "pyotr@desk.example", "alena@desk.example"];

    public static IReadOnlyList<string> Strangers { get; } = [.. Enumerable.Range(1, 50).Select(i => $"stranger{i}@elsewhere.example")];

    public static IReadOnlyList<MonthPerson> Persons { get; } = [.. Enumerable.Range(1, 20).SelectMany(PersonsOf)];

    /// <summary>The directory file of these people.</summary>
    public static string Directory() => JsonSerializer.Serialize(new
    {
        clients = Persons.GroupBy(person => person.Client).Select(client => new
        {
            name = client.Key,
            timeZone = client.First().Language == "en" ? "Europe/Warsaw" : "Europe/Minsk",
            contracts = new[] { new { number = $"К-{client.Key.Length}", from = "2026-01-01", to = client.Key == Lapsing ? LapsesAfter.ToString("O", CultureInfo.InvariantCulture) : null } },
            services = client.Select(person => person.Service).Distinct(),
            persons = client.Select(person => new { name = person.Name, addresses = new[] { person.Address }, language = person.Language }),
        }),
        engineers = Engineers.Select(address => new { name = Named(address), addresses = new[] { address }, language = "ru", role = "engineer" })
            .Append(new { name = "Мария Лис", addresses = new[] { Manager }, language = "ru", role = "manager" }),
    });

    private static IEnumerable<MonthPerson> PersonsOf(int client)
    {
        var language = (client % 5) switch { 3 => "be", 4 => "en", _ => "ru" };
        var name = language == "en" ? $"Client {client} Ltd" : $"ООО «Клиент {client}»";
        for (var i = 1; i <= 2 + (client % 2); i++)
        {
            yield return new MonthPerson($"Person {client}.{i}", $"person{i}@client{client}.example", language, name, language == "en" ? "Virtual server" : ServiceAtWork);
        }
    }

    private static string Named(string address) => char.ToUpperInvariant(address[0]) + address[1..address.IndexOf('@', StringComparison.Ordinal)];
}
