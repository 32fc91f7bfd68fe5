using MailDesk.Domain;
using MailDesk.Worker.Intake;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.People;

/// <summary>Changes of persons in the database and beside the file, and people who decide at the same moment.</summary>
public sealed class PersonRegisterTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task After_a_restart_the_changes_count_again()
    {
        await using var desk = new TestDesk(Monday);
        await AskAndAgreeAsync(desk, "[добавить] oleg@client.example");

        // As after a start: the file alone is known until the database has been read.
        var directory = new DeskDirectory(TestDesk.People.File);
        Assert.Null(directory.FindPerson("oleg@client.example"));
        await RegisterOf(desk, directory).RefreshAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(directory.FindPerson("oleg@client.example"));
    }

    [Fact]
    public async Task Who_asked_and_who_agreed_and_when_is_recorded()
    {
        await using var desk = new TestDesk(Monday);
        await AskAndAgreeAsync(desk, "[добавить] Олег <oleg@client.example>");
        await using var db = await desk.OpenAsync();
        var change = await db.PersonChanges.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("anna@client.example", Monday), (change.AskedBy, change.AskedAt));
        Assert.Equal(("ivan@desk.example", Monday.AddMinutes(5)), (change.DecidedBy, change.DecidedAt));
        Assert.Equal((PersonChangeState.InForce, "Олег", "ООО «Ромашка»"), (change.State, change.Name, change.Client));
    }

    [Fact]
    public async Task A_later_change_of_the_same_address_takes_the_place_of_an_earlier_one()
    {
        await using var desk = new TestDesk(Monday);
        await AskAndAgreeAsync(desk, "[добавить] oleg@client.example");
        await AskAndAgreeAsync(desk, "[удалить] Oleg@client.example");
        Assert.Null(desk.Get<DeskDirectory>().FindPerson("oleg@client.example"));
        await AskAndAgreeAsync(desk, "[добавить] oleg@client.example");

        Assert.NotNull(desk.Get<DeskDirectory>().FindPerson("oleg@client.example"));
        Assert.Equal([PersonChangeState.Superseded, PersonChangeState.InFile, PersonChangeState.InForce], await StatesAsync(desk));
    }

    [Fact]
    public async Task What_the_file_says_by_now_is_the_files()
    {
        await using var desk = new TestDesk(Monday);
        await AskAndAgreeAsync(desk, "[удалить] boris@client.example");
        var without = (await File.ReadAllTextAsync(TestDesk.DirectoryFile, TestContext.Current.CancellationToken))
            .Replace("boris@client.example", "bogdan@client.example", StringComparison.Ordinal);
        await desk.ReplaceDirectoryAsync(without);

        Assert.Equal([PersonChangeState.InFile], await StatesAsync(desk));
        await desk.ReplaceDirectoryAsync(await File.ReadAllTextAsync(TestDesk.DirectoryFile, TestContext.Current.CancellationToken));
        Assert.NotNull(desk.Get<DeskDirectory>().FindPerson("boris@client.example"));
    }

    [Fact]
    public async Task A_removal_holds_against_a_file_that_has_not_been_brought_up_to_date()
    {
        await using var desk = new TestDesk(Monday);
        await AskAndAgreeAsync(desk, "[удалить] boris@client.example");
        await desk.ReplaceDirectoryAsync(await File.ReadAllTextAsync(TestDesk.DirectoryFile, TestContext.Current.CancellationToken) + "\n");

        Assert.Null(desk.Get<DeskDirectory>().FindPerson("boris@client.example"));
    }

    [Fact]
    public async Task Two_engineers_who_decide_at_once_decide_once()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", new SampleMail { Subject = "[добавить] oleg@client.example", Text = "" }.Raw());
        await Task.WhenAll(
            desk.DeliverAsync("support@desk.example", Word("ivan", 1001, "#accept")),
            desk.DeliverAsync("support@desk.example", Word("olga", 1001, "#reject")));

        await using var db = await desk.OpenAsync();
        var ticket = await db.Tickets.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        var change = await db.PersonChanges.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        var outcomes = await db.Letters.CountAsync(l => l.Kind == LetterKind.PersonChangeDecided && l.Recipient == "anna@client.example", TestContext.Current.CancellationToken);
        Assert.Equal(1, outcomes);
        Assert.Equal(ticket.State == TicketState.Closed, change.State == PersonChangeState.InForce);
        Assert.Equal(ticket.State == TicketState.Rejected, change.State == PersonChangeState.Refused);
        Assert.Equal(change.State == PersonChangeState.InForce, desk.Get<DeskDirectory>().FindPerson("oleg@client.example") is not null);
    }

    [Fact]
    public async Task Two_changes_of_one_list_are_both_judged_by_the_list_as_it_is_by_then()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", new SampleMail { Subject = "[удалить] boris@client.example", Text = "" }.Raw());
        await desk.DeliverAsync("support@desk.example", new SampleMail { From = "boris@client.example", MessageId = "2@client.example", Subject = "[удалить] anna@client.example", Text = "" }.Raw());
        await desk.DeliverAsync("support@desk.example", Word("ivan", 1001, "#accept"));
        await desk.DeliverAsync("support@desk.example", Word("ivan", 1002, "#accept"));

        Assert.NotNull(desk.Get<DeskDirectory>().FindPerson("anna@client.example"));
        Assert.Equal([PersonChangeState.InForce, PersonChangeState.Asked], await StatesAsync(desk));
    }

    [Fact]
    public async Task Two_removals_agreed_to_at_the_same_instant_leave_somebody()
    {
        await using var desk = new TestDesk(Monday);
        await desk.DeliverAsync("support@desk.example", new SampleMail { Subject = "[удалить] boris@client.example", Text = "" }.Raw());
        await desk.DeliverAsync("support@desk.example", new SampleMail { From = "boris@client.example", MessageId = "2@client.example", Subject = "[удалить] anna@client.example", Text = "" }.Raw());

        using var bothHaveDecided = new Barrier(2);
        var agreed = await Task.WhenAll(AgreeAtOnceAsync(desk, 1001, bothHaveDecided), AgreeAtOnceAsync(desk, 1002, bothHaveDecided));
        await desk.Get<PersonRegister>().RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Single(agreed, yes => yes);
        Assert.Single(await StatesAsync(desk), state => state == PersonChangeState.InForce);
        Assert.Single(desk.Get<DeskDirectory>().FindClient("ООО «Ромашка»")!.Persons);
    }

    /// <summary>Decides on a thread of its own; commits its first decision only when the other has decided as well.</summary>
    private static Task<bool> AgreeAtOnceAsync(TestDesk desk, int number, Barrier bothHaveDecided) => Task.Run(async () =>
    {
        var tries = 0;
        var mail = desk.Read("support@desk.example", Word("ivan", number, "#accept"));
        return await desk.Get<DeskStore>().DecideAndCommitAsync(
            async db =>
            {
                var record = new MailRow { Mailbox = "support@desk.example", Uid = (uint)number, ContentHash = mail.ContentHash, ReceivedAt = Monday, RecordedAt = Monday };
                db.Mails.Add(record);
                var ticket = TicketLedger.Find(db, new TicketNumber(TicketKind.Request, number));
                var changes = await PersonChanges.AskedAsync(db, ticket!, TestContext.Current.CancellationToken);
                var agreed = await desk.Get<PersonChanges>().AgreeAsync(
                    new IntakeWork(db, mail, record, Monday), ticket!, changes, "ivan@desk.example", "Иван Сидоров", TestContext.Current.CancellationToken);
                if (tries++ == 0) Assert.True(bothHaveDecided.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
                return agreed;
            },
            TestContext.Current.CancellationToken);
    });

    private static async Task AskAndAgreeAsync(TestDesk desk, string subject)
    {
        await using var db = await desk.OpenAsync();
        var number = 1001 + await db.Tickets.CountAsync(TestContext.Current.CancellationToken);
        Assert.Equal(MailKind.NewRequest, await desk.DeliverAsync("support@desk.example", new SampleMail { Subject = subject, Text = "", MessageId = $"{number}@client.example" }.Raw()));
        desk.Clock.Now += TimeSpan.FromMinutes(5);
        await desk.DeliverAsync("support@desk.example", Word("ivan", number, "#accept"));
    }

    private static byte[] Word(string engineer, int number, string command) =>
        (SampleMail.OfEngineer(engineer) with { Subject = $"Re: [MD-{number}]", Text = command, MessageId = $"{engineer}.{number}{command.Trim('#')}@desk.example" }).Raw();

    private static PersonRegister RegisterOf(TestDesk desk, DeskDirectory directory) =>
        new(desk.Get<DeskStore>(), directory, desk.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<PersonRegister>.Instance);

    private static async Task<List<PersonChangeState>> StatesAsync(TestDesk desk)
    {
        await using var db = await desk.OpenAsync();
        return await db.PersonChanges.AsNoTracking().OrderBy(c => c.Id).Select(c => c.State).ToListAsync(TestContext.Current.CancellationToken);
    }
}
