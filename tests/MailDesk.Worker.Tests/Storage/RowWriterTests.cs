using System.Text.Json;
using MailDesk.Domain;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Storage;

/// <summary>The compiled statements and Entity Framework write and read the same rows.</summary>
public sealed class RowWriterTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private readonly TestDesk _desk = new(Monday);

    private DeskStore Store => _desk.Get<DeskStore>();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_column_of_every_kind_of_row_comes_back_as_it_was_written(bool tracked)
    {
        var rows = Full();
        await CommitAsync(db =>
        {
            if (tracked) db.AddRange(rows);
            else rows.ForEach(db.Insert);
        });

        await using var db = await _desk.OpenAsync();
        await SameAsync(db.Tickets, rows, t => t.Id);
        await SameAsync(db.Participants, rows, p => p.Address);
        await SameAsync(db.Links, rows, l => l.OtherId);
        await SameAsync(db.Events, rows, e => e.Id);
        await SameAsync(db.Mails, rows, m => m.Id);
        await SameAsync(db.MailContents, rows, c => c.MailId);
        await SameAsync(db.Letters, rows, l => l.Id);
        await SameAsync(db.LetterContents, rows, c => c.LetterId);
        await SameAsync(db.Series, rows, s => s.Kind);
        await SameAsync(db.PersonChanges, rows, c => c.Id);
        await SameAsync(db.Failures, rows, f => f.Uid);
        await SameAsync(db.Rounds, rows, r => r.Kind);
        Assert.Empty(db.Model.GetEntityTypes().Select(type => type.ClrType).Except(rows.Select(row => row.GetType())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task New_rows_that_refer_to_new_rows_of_their_own_table_are_written_too(bool tracked)
    {
        var about = Ticket(2);
        await CommitAsync(db =>
        {
            if (tracked) db.Add(about);
            else db.Insert(about);
            db.Insert(Ticket(1, about));
        });

        await using var db = await _desk.OpenAsync();
        Assert.Equal(2, (await db.Tickets.Include(t => t.About).SingleAsync(t => t.Number == 1, Cancellation)).About?.Number);
    }

    [Fact]
    public async Task New_rows_and_rows_that_were_read_refer_to_each_other()
    {
        await CommitAsync(db =>
        {
            db.Insert(Ticket(1));
            db.Insert(new MailRow { Mailbox = "support@desk.example", ContentHash = [1], Content = new MailContentRow { Compressed = [2] } });
        });

        await Store.DecideAndCommitAsync(
            db =>
            {
                var known = db.Find<TicketRow>("""WHERE "Number" = @p0""", 1)[0];
                var added = Ticket(2);
                db.Insert(added);
                TicketLedger.Link(known, added);
                known.Participants.Add(new ParticipantRow { Address = "boris@client.example" });
                db.Find<MailRow>("")[0].Ticket = added;
                db.Insert(new EventRow { Actor = "desk", Ticket = known });
                return Task.FromResult(0);
            },
            Cancellation);

        await using var after = await _desk.OpenAsync();
        var tickets = await after.Tickets.Include(t => t.Participants).Include(t => t.Links).ThenInclude(l => l.Other).OrderBy(t => t.Number).ToListAsync(Cancellation);
        Assert.Equal([1, 2], tickets.Select(t => t.Number));
        Assert.Equal([2, 1], tickets.SelectMany(t => t.Links).Select(l => l.Other!.Number));
        Assert.Equal("boris@client.example", Assert.Single(tickets[0].Participants).Address);
        Assert.Equal(tickets[1].Id, (await after.Mails.SingleAsync(Cancellation)).TicketId);
        Assert.Equal(tickets[0].Id, (await after.Events.SingleAsync(Cancellation)).TicketId);
    }

    [Fact]
    public async Task A_unit_of_work_that_was_dropped_and_rows_that_were_taken_back_leave_nothing_for_the_next()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(db =>
        {
            db.Insert(Ticket(1));
            throw new InvalidOperationException();
        }));
        await CommitAsync(db =>
        {
            db.Insert(new EventRow { Actor = "desk", Ticket = Ticket(2) });
            db.Discard<EventRow>();
            db.Insert(Ticket(3));
        });

        await using var after = await _desk.OpenAsync();
        Assert.Equal([3], await after.Tickets.Select(t => t.Number).ToListAsync(Cancellation));
        Assert.Empty(after.Events);
    }

    [Fact]
    public async Task A_row_that_is_removed_goes_together_with_what_is_added_and_changed()
    {
        await CommitAsync(db => db.AddRange(Ticket(1), new RoundRow { Kind = RoundKind.Digest, Next = new DateOnly(2026, 3, 3) }));

        await Store.DecideAndCommitAsync(
            db =>
            {
                db.Find<TicketRow>("""WHERE "Number" = @p0""", 1)[0].Service = "Mail";
                db.Add(Ticket(2));
                return Task.FromResult(db.Remove(db.Find<RoundRow>("")[0]));
            },
            Cancellation);

        await using var after = await _desk.OpenAsync();
        Assert.Equal(["Mail", null], await after.Tickets.OrderBy(t => t.Number).Select(t => t.Service).ToListAsync(Cancellation));
        Assert.Empty(after.Rounds);
    }

    [Fact]
    public async Task Only_what_was_changed_is_written()
    {
        await CommitAsync(db => db.Add(Ticket(1)));

        await Store.DecideAndCommitAsync(
            async db =>
            {
                var ticket = db.Find<TicketRow>("""WHERE "Number" = @p0""", 1)[0];
                // Of no interest to the version: another writer of another column.
                await Store.WriteAsync(statements => statements.Execute("""UPDATE "Tickets" SET "Team" = 'Network'"""), Cancellation);
                ticket.Service = "Mail";
                return 0;
            },
            Cancellation);

        await using var after = await _desk.OpenAsync();
        var left = await after.Tickets.SingleAsync(Cancellation);
        Assert.Equal(("Network", "Mail"), (left.Team, left.Service));
    }

    [Fact]
    public async Task What_fails_half_way_leaves_nothing()
    {
        await CommitAsync(db => db.Add(Ticket(1)));

        await Assert.ThrowsAnyAsync<Exception>(() => CommitAsync(db => db.AddRange(Ticket(2), Ticket(1))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync<int>(
            statements =>
            {
                statements.Execute("""DELETE FROM "Tickets" """);
                throw new InvalidOperationException();
            },
            Cancellation));

        await using var after = await _desk.OpenAsync();
        Assert.Equal([1], await after.Tickets.Select(t => t.Number).ToListAsync(Cancellation));
    }

    private Task<int> CommitAsync(Action<DeskContext> add) => Store.DecideAndCommitAsync(
        db =>
        {
            add(db);
            return Task.FromResult(0);
        },
        Cancellation);

    /// <summary>As Entity Framework and the compiled statements read it, each must be what was written.</summary>
    private async Task SameAsync<T>(IQueryable<T> read, List<object> written, Func<T, object> key)
        where T : class
    {
        var expected = written.OfType<T>().OrderBy(key).Select(Columns).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await read.AsNoTracking().ToListAsync(Cancellation)).OrderBy(key).Select(Columns));
        Assert.Equal(expected, Store.Read<T>("").OrderBy(key).Select(Columns));
    }

    private static string Columns<T>(T row) => string.Join('\n', typeof(T).GetProperties()
        .Where(property => property.CanWrite && !property.PropertyType.Name.EndsWith("Row", StringComparison.Ordinal) && !property.PropertyType.Name.StartsWith("List", StringComparison.Ordinal))
        .Select(property => $"{property.Name} = {JsonSerializer.Serialize(property.GetValue(row))}"));

    private static TicketRow Ticket(int number, TicketRow? about = null) => new()
    {
        Number = number,
        Subject = "Принтер",
        RequesterAddress = "anna@client.example",
        Language = "ru",
        Mailbox = "support@desk.example",
        About = about,
    };

    /// <summary>One of each kind with something in every column, and one with nothing in all that can be empty.</summary>
    private static List<object> Full()
    {
        var plain = Ticket(8);
        var ticket = Ticket(7);
        Fill(ticket);
        (ticket.Kind, ticket.Number, ticket.FormerNumber, ticket.Follows, ticket.FollowsKind) = (TicketKind.Complaint, 7, 9, 3, TicketKind.Request);
        (ticket.AboutId, ticket.MergedIntoId) = (null, null);
        ticket.Deadlines = [new Deadline(DeadlineKind.Reaction, Monday), new Deadline(DeadlineKind.Execution, Monday.AddHours(3))];
        ticket.Thread = ["1@client.example", "2@desk.example"];
        var mail = new MailRow { Mailbox = "support@desk.example", ContentHash = [1, 0, 255], Content = new MailContentRow { Compressed = [2, 0], IsBeginning = true } };
        Fill(mail);
        (mail.Id, mail.Ticket, mail.TicketId, mail.Uid, mail.UidValidity) = (0, ticket, null, uint.MaxValue, 1);
        var letter = new LetterRow { Sender = "", Recipient = "", MessageId = "", Content = new LetterContentRow { Compressed = new byte[300_000] } };
        Fill(letter);
        (letter.Id, letter.Ticket, letter.TicketId) = (0, ticket, null);
        var happened = new EventRow { Actor = "" };
        Fill(happened);
        (happened.Id, happened.Ticket, happened.TicketId, happened.Mail, happened.MailId) = (0, ticket, 0, mail, null);
        var change = new PersonChangeRow { Client = "", Address = "", Name = "", Language = "", AskedBy = "" };
        Fill(change);
        (change.Id, change.Ticket, change.TicketId) = (0, ticket, 0);
        var participant = new ParticipantRow { Address = "" };
        Fill(participant);
        ticket.Participants.Add(participant);
        var link = new LinkRow { Other = plain };
        ticket.Links.Add(link);
        return
        [
            plain, ticket, mail, mail.Content!, letter, letter.Content!, happened, change, participant, link,
            new EventRow { Actor = "desk", Ticket = plain },
            new LetterRow { Sender = "a", Recipient = "b", MessageId = "c" },
            new SeriesRow { Kind = TicketKind.Complaint, Last = int.MaxValue },
            new FailureRow { Mailbox = "support@desk.example", UidValidity = uint.MaxValue, Uid = 1, Attempts = 2, NextAttemptAt = Monday, Error = "" },
            new RoundRow { Kind = RoundKind.MonthlyReport, Next = new DateOnly(2026, 3, 1) },
        ];
    }

    private static void Fill(object row)
    {
        foreach (var property in row.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            object? value = type switch
            {
                { IsEnum: true } => type.GetEnumValues().GetValue(type.GetEnumValues().Length - 1),
                _ when type == typeof(string) => $"{property.Name} «ў»",
                _ when type == typeof(int) => 5,
                _ when type == typeof(bool) => true,
                _ when type == typeof(DateTimeOffset) => Monday.AddMilliseconds(1),
                _ when type == typeof(TimeSpan) => TimeSpan.FromMilliseconds(90_001),
                _ => null,
            };
            if (value is not null) property.SetValue(row, value);
        }
    }
}
