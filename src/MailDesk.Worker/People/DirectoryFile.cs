using System.Text.Json;
using System.Text.Json.Serialization;
using MailDesk.Mail.Mime;

namespace MailDesk.Worker.People;

/// <summary>Reads and checks the directory file. Problems are gathered, each naming its place in the file.</summary>
public static partial class DirectoryFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <inheritdoc cref="Read(string, byte[], string, TimeZoneInfo, ICollection{string})"/>
    public static DeskDirectory? Load(string path, string defaultLanguage, TimeZoneInfo defaultZone, ICollection<string> problems)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path), defaultLanguage, defaultZone, problems) is { } content ? new DeskDirectory(content) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Desk:DirectoryFile: cannot read {path}: {e.Message}");
            return null;
        }
    }

    /// <param name="path">A JSON file; comments and trailing commas are allowed.</param>
    /// <param name="text">What stands in it, UTF-8, with or without a byte order mark.</param>
    /// <param name="problems">Receives one line for each thing that is wrong.</param>
    /// <returns>Null when there is a problem.</returns>
    public static DirectoryContent? Read(string path, byte[] text, string defaultLanguage, TimeZoneInfo defaultZone, ICollection<string> problems)
    {
        DirectoryJson? file;
        try
        {
            file = JsonSerializer.Deserialize<DirectoryJson>(text.AsSpan(text is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0), Format);
        }
        catch (JsonException e)
        {
            problems.Add($"{path}: {e.Message}");
            return null;
        }

        var before = problems.Count;
        var reader = new Reader(path, defaultLanguage, defaultZone, problems);
        var content = reader.Read(file ?? new DirectoryJson());
        return problems.Count == before ? content : null;
    }

    private sealed partial class Reader(string path, string defaultLanguage, TimeZoneInfo defaultZone, ICollection<string> problems)
    {
        private readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, string> _clientNames = new(StringComparer.OrdinalIgnoreCase);

        public DirectoryContent Read(DirectoryJson file)
        {
            List<Client> clients = [.. file.Clients.Select((client, i) => ReadClient(client ?? new(), $"clients[{i}]"))];
            List<Engineer> engineers = [.. file.Engineers.Select((engineer, i) => ReadEngineer(engineer ?? new(), $"engineers[{i}]"))];
            if (engineers.Count == 0) Problem("engineers", "is empty; name at least one engineer, or nobody gets the requests");
            var teams = ReadTeams(file.Teams, engineers);
            return new DirectoryContent
            {
                Clients = clients,
                Engineers = engineers,
                Teams = [.. teams],
                Routes = [.. ReadRoutes(file.Routes, teams, clients)],
                Duty = [.. file.Duty.Select((turn, i) => ReadTurn(turn ?? new(), engineers, $"duty[{i}]")).OfType<DutyTurn>()],
            };
        }

        private Client ReadClient(ClientJson client, string at)
        {
            var zone = defaultZone;
            if (client.TimeZone is { } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone!))
            {
                Problem($"{at}.timeZone", $"\"{id}\" is not a time zone; give an IANA name such as \"Europe/Minsk\"");
            }

            return new Client(
                Unique(_clientNames, Name(client.Name, $"{at}.name"), $"{at}.name"),
                [.. client.Contracts.Select((contract, i) => ReadContract(contract ?? new(null, null, null), $"{at}.contracts[{i}]"))],
                [.. client.Persons.Select((person, i) => ReadPerson(person ?? new(), $"{at}.persons[{i}]"))],
                [.. client.Services.Select((service, i) => Name(service, $"{at}.services[{i}]"))],
                zone ?? defaultZone);
        }

        private Contract ReadContract(ContractJson contract, string at)
        {
            if (contract.From is null) Problem($"{at}.from", "is missing; give the first day, such as \"2026-01-01\"");
            if (contract.To < contract.From) Problem($"{at}.to", $"{contract.To:yyyy-MM-dd} lies before from; give the last day in force, or leave it out");
            return new Contract(Name(contract.Number, $"{at}.number"), contract.From ?? default, contract.To);
        }

        private Person ReadPerson(PersonJson person, string at) =>
            new(Name(person.Name, $"{at}.name"), Addresses(person.Addresses, at), Language(person.Language, at));

        private Engineer ReadEngineer(EngineerJson engineer, string at) => new(
            Name(engineer.Name, $"{at}.name"), Addresses(engineer.Addresses, at), Language(engineer.Language, at), engineer.Role == EngineerRole.Manager);

        private string Name(string? name, string at)
        {
            if (string.IsNullOrWhiteSpace(name)) Problem(at, "is missing");
            return name?.Trim() ?? "";
        }

        private string Unique(Dictionary<string, string> names, string name, string at)
        {
            if (name.Length > 0 && !names.TryAdd(name, at)) Problem(at, $"\"{name}\" stands at {names[name]} as well; give each a name of its own");
            return name;
        }

        private string Language(string? language, string at)
        {
            if (language is null or "ru" or "en" or "be") return language ?? defaultLanguage;
            Problem($"{at}.language", $"\"{language}\" is not known; give \"ru\", \"en\" or \"be\"");
            return defaultLanguage;
        }

        private List<string> Addresses(List<string?> addresses, string at)
        {
            if (addresses.Count == 0) Problem($"{at}.addresses", "is empty; give at least one address");
            List<string> read = [];
            foreach (var text in addresses)
            {
                if (!MailboxAddress.TryParse(text ?? "", out var address)) Problem($"{at}.addresses", $"\"{text}\" is not a mail address");
                else if (!_owners.TryAdd(address.Address, at)) Problem($"{at}.addresses", $"{text} stands at {_owners[address.Address]} as well; an address belongs to one person");
                else read.Add(address.Address);
            }

            return read;
        }

        private void Problem(string at, string what) => problems.Add($"{path}: {at} {what}");
    }

    private sealed record DirectoryJson
    {
        public List<ClientJson?> Clients { get; init; } = [];

        public List<EngineerJson?> Engineers { get; init; } = [];

        public List<TeamJson?> Teams { get; init; } = [];

        public List<RouteJson?> Routes { get; init; } = [];

        public List<DutyJson?> Duty { get; init; } = [];
    }

    private sealed record ClientJson
    {
        public string? Name { get; init; }

        public string? TimeZone { get; init; }

        public List<ContractJson?> Contracts { get; init; } = [];

        public List<PersonJson?> Persons { get; init; } = [];

        public List<string?> Services { get; init; } = [];
    }

    private sealed record ContractJson(string? Number, DateOnly? From, DateOnly? To);

    private sealed record PersonJson
    {
        public string? Name { get; init; }

        public List<string?> Addresses { get; init; } = [];

        public string? Language { get; init; }
    }

    private enum EngineerRole
    {
        Engineer,
        Manager,
    }

    private sealed record EngineerJson
    {
        public string? Name { get; init; }

        public List<string?> Addresses { get; init; } = [];

        public string? Language { get; init; }

        public EngineerRole Role { get; init; }
    }
}
