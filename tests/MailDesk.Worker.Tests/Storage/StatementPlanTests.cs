using MailDesk.Worker.Intake;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Storage;

/// <summary>What every mail asks is answered by an index, however much mail there is.</summary>
public sealed class StatementPlanTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT * FROM Mails " + IntakePipeline.RecordedBefore, "IX_Mails_Mailbox_UidValidity_Uid (Mailbox=? AND UidValidity=? AND Uid=?)")]
    [InlineData(IntakePipeline.SameContent, "IX_Mails_ContentHash (ContentHash=?)")]
    [InlineData("SELECT * FROM Tickets " + TicketLedger.ByNumber, "IX_Tickets_Kind_Number (Kind=? AND Number=?)")]
    [InlineData("SELECT * FROM Tickets " + TicketLedger.ByFormerNumber, "IX_Tickets_Kind_FormerNumber (Kind=? AND FormerNumber=?)")]
    [InlineData("SELECT * FROM Tickets " + TicketLedger.ById, "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData("SELECT * FROM Participants " + TicketLedger.OfTicket, "(TicketId=?)")]
    [InlineData("SELECT * FROM Links " + TicketLedger.OfTicket, "(TicketId=?)")]
    [InlineData("SELECT * FROM Series " + TicketLedger.OfKind, "(Kind=?)")]
    [InlineData("SELECT * FROM Letters " + LetterBox.Due, "IX_Letters_NextAttemptAt (NextAttemptAt")]
    [InlineData("SELECT * FROM Letters " + LetterBox.Due, "IX_Letters_TicketId_Recipient_NextAttemptAt (TicketId=? AND Recipient=? AND NextAttemptAt>?)")]
    [InlineData(DeadlineSchedule.Earliest, "IX_Tickets_NextDeadlineAt")]
    [InlineData(LetterBox.Next, "IX_Letters_NextAttemptAt")]
    [InlineData(LetterPacer.CountedSince, "IX_Letters_Recipient_PacedAt (Recipient=? AND PacedAt>?)")]
    [InlineData(LetterPacer.AnswersBefore, "IX_Letters_Replies (Recipient=? AND CreatedAt>?)")]
    public async Task Every_mail_is_answered_by_index(string sql, string index)
    {
        await using var db = await _desk.OpenAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        // Some statements have fewer places; the plan does not need the values.
        for (var i = 0; sql.Contains(Statements.Place(i), StringComparison.Ordinal); i++) command.Parameters.Add(new SqliteParameter(Statements.Place(i), 1));
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<string> lines = [];
        while (await reader.ReadAsync(Cancellation)) lines.Add(reader.GetString(3));

        Assert.Contains(lines, line => line.Contains(index, StringComparison.Ordinal));
    }
}
