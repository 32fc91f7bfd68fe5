using MailDesk.Worker.People;

namespace MailDesk.Worker.Tests.People;

public sealed class DirectoryFileTests
{
    private const string Engineers = """ "engineers": [{ "name": "Иван", "addresses": ["ivan@desk.example"] }] """;

    [Fact]
    public void What_is_left_out_is_the_desks()
    {
        var directory = Load($$"""
            {
              // comments and trailing commas are allowed
              "clients": [{ "name": "A", "contracts": [{ "number": "1", "from": "2026-01-01" }], "persons": [{ "name": "P", "addresses": ["P@A.Example"] }], }],
              {{Engineers}},
            }
            """, out var problems);

        Assert.Empty(problems);
        var (client, person) = directory!.FindPerson("p@a.example")!.Value;
        Assert.Equal(("A", "be", "Europe/Minsk"), (client.Name, person.Language, client.TimeZone.Id));
        Assert.False(directory.FindEngineer("IVAN@desk.example")!.IsManager);
    }

    [Theory]
    [InlineData("""{ "clients": [] }""", "engineers is empty")]
    [InlineData("""{ "clients": [{ "persons": [] }], ENGINEERS }""", "clients[0].name is missing")]
    [InlineData("""{ "clients": [{ "name": "A", "timeZone": "Mars" }], ENGINEERS }""", "clients[0].timeZone \"Mars\" is not a time zone")]
    [InlineData("""{ "clients": [{ "name": "A", "contracts": [{ "number": "1" }] }], ENGINEERS }""", "clients[0].contracts[0].from is missing")]
    [InlineData("""{ "clients": [{ "name": "A", "contracts": [{ "from": "2026-01-01" }] }], ENGINEERS }""", "clients[0].contracts[0].number is missing")]
    [InlineData("""{ "clients": [{ "name": "A", "contracts": [{ "number": "1", "from": "2026-02-01", "to": "2026-01-01" }] }], ENGINEERS }""", "clients[0].contracts[0].to 2026-01-01 lies before from")]
    [InlineData("""{ "clients": [{ "name": "A", "persons": [{ "name": "P" }] }], ENGINEERS }""", "clients[0].persons[0].addresses is empty")]
    [InlineData("""{ "clients": [{ "name": "A", "persons": [{ "name": "P", "addresses": ["p"] }] }], ENGINEERS }""", "clients[0].persons[0].addresses \"p\" is not a mail address")]
    [InlineData("""{ "clients": [{ "name": "A", "persons": [{ "name": "P", "addresses": ["p@a.example"], "language": "fr" }] }], ENGINEERS }""", "clients[0].persons[0].language \"fr\" is not known")]
    [InlineData("""{ "clients": [{ "name": "A", "persons": [{ "name": "P", "addresses": ["Ivan@desk.example"] }] }], ENGINEERS }""", "engineers[0].addresses ivan@desk.example stands at clients[0].persons[0] as well")]
    [InlineData("""{ "engineers": [{ "name": " ", "addresses": ["x@y.example"] }] }""", "engineers[0].name is missing")]
    [InlineData("""{ "engineers": [{ "name": "x", "addresses": ["x@y.example"], "role": "boss" }] }""", "role")]
    [InlineData("""{ "clints": [], ENGINEERS }""", "clints")]
    [InlineData("""{ "clients": [{ "name": "A" }, { "name": "a" }], ENGINEERS }""", "clients[1].name \"a\" stands at clients[0].name as well")]
    [InlineData("""{ ENGINEERS, "teams": [{ "members": ["ivan@desk.example"] }] }""", "teams[0].name is missing")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T" }] }""", "teams[0].members is empty")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": ["olga@desk.example"] }] }""", "teams[0].members[0] \"olga@desk.example\" is not among the engineers")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": ["Иван"] }, { "name": "t", "members": ["Иван"] }] }""", "teams[1].name \"t\" stands at teams[0].name as well")]
    [InlineData("""{ ENGINEERS, "routes": [{ "category": "service", "team": "T" }] }""", "routes[0].team \"T\" is not a team; there is none: add it to teams")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": ["Иван"] }], "routes": [{ "category": "service", "team": "X" }] }""", "routes[0].team \"X\" is not a team; give one such as \"T\"")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": ["Иван"] }], "routes": [{ "category": "help", "team": "T" }] }""", "routes[0].category \"help\" is not a category")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": ["Иван"] }], "routes": [{ "category": "1", "team": "T" }] }""", "routes[0].category \"1\" is not a category")]
    [InlineData("""{ "clients": [{ "name": "A", "services": ["Mail"] }], ENGINEERS, "teams": [{ "name": "T", "members": ["Иван"] }], "routes": [{ "service": "Disk", "team": "T" }] }""", "routes[0].service \"Disk\" is no client's service; give one such as \"Mail\"")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": ["Иван"] }], "routes": [{ "team": "T" }, { "category": "service", "team": "T" }] }""", "routes[1] is never reached: routes[0]")]
    [InlineData("""{ ENGINEERS, "routes": [{ "category": "service" }] }""", "routes[0].team is missing")]
    [InlineData("""{ ENGINEERS, "duty": [{ "from": "2026-03-02" }] }""", "duty[0].engineer is missing")]
    [InlineData("""{ ENGINEERS, "duty": [{ "engineer": "Олег" }] }""", "duty[0].engineer \"Олег\" is not among the engineers")]
    [InlineData("""{ ENGINEERS, "duty": [{ "engineer": "Иван", "from": "2026-03-08", "to": "2026-03-02" }] }""", "duty[0].to 2026-03-02 lies before from 2026-03-08")]
    [InlineData("""{ "engineers": [{ "name": "И", "addresses": ["a@d.example"] }, { "name": "И", "addresses": ["b@d.example"] }], "duty": [{ "engineer": "И" }] }""", "duty[0].engineer \"И\" is the name of 2 engineers")]
    [InlineData("""{ "clients": """, "JSON")]
    public void A_problem_is_told_in_one_line_with_its_place(string json, string problem)
    {
        Assert.Null(Load(json.Replace("ENGINEERS", Engineers, StringComparison.Ordinal), out var problems));

        Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "clients": null, ENGINEERS }""")]
    [InlineData("""{ "clients": [null], ENGINEERS }""")]
    [InlineData("""{ "clients": [{ "name": "A", "contracts": [null] }], ENGINEERS }""")]
    [InlineData("""{ "clients": [{ "name": "A", "persons": [null] }], ENGINEERS }""")]
    [InlineData("""{ "clients": [{ "name": "A", "services": [null] }], ENGINEERS }""")]
    [InlineData("""{ "engineers": [{ "name": "x", "addresses": [null] }] }""")]
    [InlineData("""{ ENGINEERS, "teams": [null] }""")]
    [InlineData("""{ ENGINEERS, "teams": [{ "name": "T", "members": [null] }] }""")]
    [InlineData("""{ ENGINEERS, "routes": [null] }""")]
    [InlineData("""{ ENGINEERS, "duty": [null] }""")]
    [InlineData("null")]
    public void What_is_null_is_a_problem_and_no_fault(string json)
    {
        Assert.Null(Load(json.Replace("ENGINEERS", Engineers, StringComparison.Ordinal), out var problems));
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem()
    {
        List<string> problems = [];

        Assert.Null(DirectoryFile.Load("/nowhere/people.json", "ru", TimeZoneInfo.Utc, problems));
        Assert.Contains("/nowhere/people.json", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static DeskDirectory? Load(string json, out List<string> problems)
    {
        using var folder = new TestFolder();
        problems = [];
        return DirectoryFile.Load(folder.Write("people.json", json), "be", TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk"), problems);
    }
}
