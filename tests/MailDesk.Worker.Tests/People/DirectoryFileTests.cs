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
