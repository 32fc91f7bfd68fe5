using MailDesk.Domain;
using MailDesk.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>Kills the daemon's process in the middle of much mail, wherever it happens to be.</summary>
public sealed class ArrivalCrashTests
{
    private const int Mails = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(Mails)]
    public async Task Killed_twice_while_mail_arrives_it_registers_every_mail_once(int senders)
    {
        string[] addresses = [.. Enumerable.Range(1, senders).Select(i => $"client{i}@client.example")];
        await using var site = await MailSite.StartSandboxAsync(addresses);
        using var folder = new DeskFolder(site, persons: addresses);
        var persons = addresses.Select(address => new Person(site, address)).ToList();
        var writing = WriteAllAsync(persons);
        foreach (var killedAfter in (int[])[40, 120])
        {
            using var daemon = DaemonProcess.Start(folder);
            await Patience.UntilAsync($"{killedAfter} mails are recorded", async () => File.Exists(folder.Database) && await CountAsync(folder) >= killedAfter);
            await daemon.KillAsync();
        }

        await writing;
        using var again = DaemonProcess.Start(folder);
        await folder.QuietAsync(new Person(site, "support@desk.example"), Mails);
        await using var db = folder.Open();
        Assert.Equal(Mails, await db.Mails.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Mails, await db.Tickets.CountAsync(TestContext.Current.CancellationToken));
        var confirmations = await db.Letters.Where(l => l.Kind == LetterKind.Registered).Select(l => l.MessageId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Mails, confirmations.Distinct(StringComparer.Ordinal).Count());

        List<MailMessage> received = [];
        foreach (var person in persons) received.AddRange(await person.ReadAsync("INBOX"));
        Assert.Equal(confirmations.Order(StringComparer.Ordinal), received.Select(letter => letter.MessageId!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        // A kill can leave one uncertain letter on each of the two connections.
        Assert.InRange(received.Count, Mails, Mails + 4);
    }

    private static Task WriteAllAsync(List<Person> persons) => Task.Run(async () =>
    {
        for (var i = 0; i < Mails; i++) await persons[i % persons.Count].WriteAsync("support@desk.example", $"Subject: request {i}", $"Request {i}, please help.\n");
    });

    /// <summary>0 as long as the first start has not made the table.</summary>
    private static async Task<int> CountAsync(DeskFolder folder)
    {
        await using var connection = await folder.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'Mails'";
        if (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is 0L) return 0;
        command.CommandText = "SELECT count(*) FROM Mails";
        return Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
