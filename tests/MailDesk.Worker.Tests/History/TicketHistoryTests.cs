using MailDesk.Domain;
using MailDesk.Worker.History;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Tests.History;

public sealed class TicketHistoryTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private static readonly HistoryScope Anna = new("anna@client.example");

    private int _mails;

    [Fact]
    public async Task It_tells_who_wrote_what_in_the_order_of_time()
    {
        await using var desk = new TestDesk(Monday);
        await ConverseAsync(desk);

        var history = await CollectAsync(desk, Anna);

        Assert.Equal(
            [
                (HistoryKind.Mail, "Анна Ковалёва", null),
                (HistoryKind.Letter, "Служба поддержки", LetterKind.Registered),
                (HistoryKind.Letter, "Иван Сидоров (Служба поддержки)", LetterKind.Question),
                (HistoryKind.Mail, "Барыс Новік", null),
            ],
            history.Entries.Select(e => (e.Kind, e.Author, e.Letter)));
        Assert.Equal("Никто не может войти.", history.Entries[0].Text);
        Assert.StartsWith("Когда это началось?", history.Entries[2].Text, StringComparison.Ordinal);
        Assert.Equal("Учора.", history.Entries[3].Text);
        Assert.Equal(0, history.Older);
    }

    [Fact]
    public async Task What_is_inner_is_told_to_engineers_only()
    {
        await using var desk = new TestDesk(Monday);
        await ConverseAsync(desk);

        var told = string.Join('\n', (await CollectAsync(desk, Anna)).Entries.Select(e => e.Text));
        var inner = (await CollectAsync(desk, Anna with { Inner = true })).Entries;

        Assert.DoesNotContain("сервер старый", told, StringComparison.Ordinal);
        Assert.DoesNotContain("отсутствую", told, StringComparison.Ordinal);
        Assert.Equal("сервер старый", Assert.Single(inner, e => e.Kind == HistoryKind.Note).Text);
        Assert.Equal("Я отсутствую.", Assert.Single(inner, e => e.Kind == HistoryKind.Automatic).Text);
        Assert.Contains(inner, e => e is { Kind: HistoryKind.Event, Event.Kind: TicketEventKind.NoteAdded, Author: "ivan@desk.example" });
    }

    [Fact]
    public async Task No_text_holds_a_token()
    {
        await using var desk = new TestDesk(Monday);
        await ConverseAsync(desk);
        var token = desk.Get<LetterTokens>().Issue(new TicketNumber(TicketKind.Request, 1001), LetterRole.Client, "anna@client.example");
        await DeliverAsync(desk, new SampleMail { Subject = "[MD-1001]", Text = $"Мне написали MD-1001·{token} и support+{token}@desk.example\nПодтверждаю <support+{token}@desk.example>" });

        foreach (var scope in new[] { Anna, Anna with { Address = "boris@client.example" }, Anna with { Inner = true } })
        {
            var texts = (await CollectAsync(desk, scope)).Entries.Select(e => e.Text ?? "").ToList();

            Assert.Contains("Мне написали MD-1001 и support@desk.example", texts);
            Assert.All(texts, text => Assert.DoesNotMatch("1001[.][ce][a-z2-7]{18}", text));
        }
    }

    [Fact]
    public async Task Who_is_on_no_list_is_told_only_what_they_wrote_and_were_sent()
    {
        await using var desk = new TestDesk(Monday);
        await ConverseAsync(desk);

        var history = await CollectAsync(desk, new HistoryScope("boris@client.example", OwnOnly: true));

        Assert.Equal(["Учора."], history.Entries.Select(e => e.Text));
    }

    [Fact]
    public async Task A_huge_request_is_told_in_bounds_and_says_how_much_is_missing()
    {
        await using var desk = new TestDesk(Monday);
        await ConverseAsync(desk);
        await using (var db = await desk.OpenAsync())
        {
            var ticket = TicketLedger.Find(db, new TicketNumber(TicketKind.Request, 1001))!;
            for (var i = 0; i < 1200; i++)
            {
                var raw = new SampleMail { MessageId = $"many.{i}@client.example", Text = i == 1199 ? new string('х', 3_000_000) : $"письмо {i} {new string('x', 10_000)}" }.Raw();
                db.Mails.Add(new MailRow
                {
                    Mailbox = "support@desk.example",
                    Uid = (uint)(9000 + i),
                    UidValidity = 1,
                    ContentHash = BitConverter.GetBytes(i),
                    ReceivedAt = Monday.AddHours(2).AddSeconds(i),
                    RecordedAt = Monday.AddHours(2).AddSeconds(i),
                    Sender = "anna@client.example",
                    Kind = MailKind.Reply,
                    Ticket = ticket,
                    Content = new MailContentRow { Compressed = Compression.Compress(raw) },
                });
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var history = await CollectAsync(desk, Anna);

        Assert.Equal(TicketHistory.MaxEntries, history.Entries.Count);
        Assert.Equal(1204 - TicketHistory.MaxEntries, history.Older);
        Assert.Null(history.Entries[^1].Text);
        Assert.StartsWith("письмо 1198 ", history.Entries[^2].Text, StringComparison.Ordinal);
        Assert.InRange(history.Entries.Sum(e => e.Text?.Length ?? 0), 1_900_000, TicketHistory.MaxCharacters);
    }

    /// <summary>Anna asks; Ivan asks back, and notes something; Boris answers; a robot answers too.</summary>
    private async Task ConverseAsync(TestDesk desk)
    {
        await DeliverAsync(desk, new SampleMail { Subject = "Почта не работает", Text = "Никто не может войти." });
        await DeliverAsync(desk, SampleMail.OfEngineer() with { Subject = "[MD-1001]", Text = "#ask\nКогда это началось?" });
        await DeliverAsync(desk, SampleMail.OfEngineer() with { Subject = "[MD-1001]", Text = "#note\nсервер старый" });
        await DeliverAsync(desk, new SampleMail { From = "boris@client.example", Subject = "[MD-1001]", Text = "Учора." });
        await DeliverAsync(desk, new SampleMail { Headers = ["Auto-Submitted: auto-replied"], Subject = "[MD-1001]", Text = "Я отсутствую." });
    }

    private async Task DeliverAsync(TestDesk desk, SampleMail mail)
    {
        await desk.DeliverAsync("support@desk.example", (mail with { MessageId = $"{++_mails}@client.example" }).Raw());
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
    }

    private static async Task<RequestHistory> CollectAsync(TestDesk desk, HistoryScope scope)
    {
        await using var db = await desk.OpenAsync();
        var ticket = TicketLedger.Find(db, new TicketNumber(TicketKind.Request, 1001));
        return await desk.Get<TicketHistory>().CollectAsync(db, ticket!, scope, TestContext.Current.CancellationToken);
    }
}
