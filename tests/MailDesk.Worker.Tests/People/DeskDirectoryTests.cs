using MailDesk.Domain;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Tests.People;

public sealed class DeskDirectoryTests
{
    private static readonly Engineer Ivan = new("Иван", ["ivan@desk.example"], "ru", false);
    private static readonly Engineer Olga = new("Ольга", ["olga@desk.example"], "ru", false);
    private static readonly Engineer Maria = new("Мария", ["maria@desk.example"], "ru", true);
    private static readonly Client Daisy = ClientOf("ООО «Ромашка»", "anna@client.example", "boris@client.example");
    private static readonly Client Other = ClientOf("Other Ltd", "vera@other.example");

    [Fact]
    public void The_first_route_that_fits_decides()
    {
        Team mail = new("Mail", [Ivan]), servers = new("Servers", [Olga]);
        var directory = new DeskDirectory(new DirectoryContent
        {
            Engineers = [Ivan, Olga],
            Teams = [mail, servers],
            Routes = [new Route("Почта", Category.Incident, mail), new Route("Почта", null, servers), new Route(null, Category.Service, mail)],
        });

        Assert.Same(mail, directory.Route("почта", Category.Incident));
        Assert.Same(servers, directory.Route("Почта", Category.Service));
        Assert.Same(mail, directory.Route(null, Category.Service));
        Assert.Null(directory.Route(null, Category.Incident));
        Assert.Null(directory.Route("Диск", Category.Incident));
    }

    [Fact]
    public void A_turn_lasts_from_its_first_day_to_its_last_and_several_may_be_on_duty()
    {
        var directory = new DeskDirectory(new DirectoryContent
        {
            Engineers = [Ivan, Olga, Maria],
            Duty = [new DutyTurn(Ivan, Day(2), Day(8)), new DutyTurn(Olga, Day(8), null), new DutyTurn(Maria, null, Day(2)), new DutyTurn(Ivan, Day(2), Day(2))],
        });

        Assert.Equal([Maria], directory.OnDuty(Day(1)));
        Assert.Equal([Ivan, Maria], directory.OnDuty(Day(2)));
        Assert.Equal([Ivan], directory.OnDuty(Day(7)));
        Assert.Equal([Ivan, Olga], directory.OnDuty(Day(8)));
        Assert.Equal([Olga], directory.OnDuty(Day(9)));
    }

    [Fact]
    public void Changes_by_mail_count_beside_the_file_and_after_the_file_has_changed()
    {
        var directory = new DeskDirectory([Daisy, Other], [Ivan]);
        directory.Replace([Change(PersonChangeKind.Add, "oleg@client.example"), Change(PersonChangeKind.Remove, "BORIS@client.example")]);

        Assert.Equal("Олег", directory.FindPerson("OLEG@client.example")?.Person.Name);
        Assert.Null(directory.FindPerson("boris@client.example"));
        Assert.Equal("ООО «Ромашка»", directory.FindPerson("oleg@client.example")?.Client.Name);

        directory.Replace(new DirectoryContent { Clients = [Other, Daisy], Engineers = [Ivan, Olga] });
        Assert.NotNull(directory.FindPerson("oleg@client.example"));
        Assert.NotNull(directory.FindEngineer("olga@desk.example"));
    }

    [Fact]
    public void A_change_that_does_not_fit_the_file_does_nothing()
    {
        var directory = new DeskDirectory([Daisy, Other], [Ivan]);
        directory.Replace(
            [
                Change(PersonChangeKind.Add, "ivan@desk.example"), Change(PersonChangeKind.Add, "vera@other.example"), Change(PersonChangeKind.Remove, "vera@other.example"),
                Change(PersonChangeKind.Add, "x@gone.example") with { Client = "Gone" },
            ]);

        Assert.Null(directory.FindPerson("ivan@desk.example"));
        Assert.Equal("Other Ltd", directory.FindPerson("vera@other.example")?.Client.Name);
        Assert.Null(directory.FindPerson("x@gone.example"));
        Assert.Equal(2, directory.FindClient("ООО «Ромашка»")!.Persons.Count);
    }

    [Fact]
    public void Who_is_removed_with_all_addresses_can_be_added_again()
    {
        var anna = new Person("Анна", ["anna@client.example", "a.k@client.example"], "ru");
        var directory = new DeskDirectory([Daisy with { Persons = [anna] }], [Ivan]);
        directory.Replace([Change(PersonChangeKind.Remove, "a.k@client.example")]);
        Assert.Null(directory.FindPerson("anna@client.example"));

        directory.Replace([Change(PersonChangeKind.Remove, "a.k@client.example"), Change(PersonChangeKind.Add, "anna@client.example")]);
        Assert.NotNull(directory.FindPerson("anna@client.example"));
        Assert.Null(directory.FindPerson("a.k@client.example"));
    }

    [Theory]
    [InlineData("x@client.example", "ООО «Ромашка»")]
    [InlineData("x@OTHER.example", "Other Ltd")]
    [InlineData("x@sub.client.example", null)]
    [InlineData("x@shared.example", null)]
    [InlineData("x@gmail.com", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void A_strangers_client_is_guessed_by_a_domain_of_one_client_only(string address, string? client)
    {
        var directory = new DeskDirectory(
            [ClientOf("ООО «Ромашка»", "anna@client.example", "r@shared.example", "r@gmail.com"), ClientOf("Other Ltd", "vera@other.example", "o@shared.example")], [Ivan]);

        Assert.Equal(client, ClientDomains.OwnerOf(directory, address)?.Name);
    }

    private static DateOnly Day(int day) => new(2026, 3, day);

    private static PersonChange Change(PersonChangeKind kind, string address) => new(kind, "ООО «Ромашка»", address, "Олег", "ru");

    private static Client ClientOf(string name, params string[] addresses) =>
        new(name, [new Contract("1", new DateOnly(2026, 1, 1), null)], [.. addresses.Select(address => new Person(address, [address], "ru"))], [], TimeZoneInfo.Utc);
}
