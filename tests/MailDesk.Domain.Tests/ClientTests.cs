using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

/// <summary>What a client's words do (rules 6.5, 7.1, 7.2).</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData(ClientWords.Text)]
    [InlineData(ClientWords.Confirmation)] // "yes" is the answer to a question
    public void An_answer_to_a_question_puts_the_request_back_to_work(ClientWords words)
    {
        var answered = In(TicketState.WaitingForClient).Decide(new ClientWrites(Client, words), Monday.AddHours(2));

        Assert.Equal(TicketState.InProgress, answered.Ticket.State);
        Assert.Null(answered.Ticket.Due(DeadlineKind.ClientAnswer));
        Assert.Null(answered.Ticket.Due(DeadlineKind.ClientReminder));
        Assert.Equal([new DueLetter(LetterKind.ClientWrote, Audience.Engineer)], answered.Letters);
    }

    [Theory]
    [InlineData(TicketState.Registered)]
    [InlineData(TicketState.InProgress)]
    [InlineData(TicketState.WaitingForThirdParty)]
    public void What_a_client_adds_is_told_to_the_engineer(TicketState state)
    {
        var ticket = In(state);
        var added = ticket.Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddMinutes(5));

        Assert.Equal([new TicketEvent(TicketEventKind.ClientWrote, To: "Text")], added.Events);
        Assert.Equal([new DueLetter(LetterKind.ClientWrote, Audience.Engineer)], added.Letters);
        Assert.Equal(ticket.Deadlines, added.Ticket.Deadlines);
    }

    [Fact]
    public void A_confirmation_closes_a_completed_request()
    {
        var now = Monday.AddHours(1);
        var closed = In(TicketState.Completed).Decide(new ClientWrites(Client, ClientWords.Confirmation), now);

        Assert.Equal((TicketState.Closed, ClosingReason.ConfirmedByClient), (closed.Ticket.State, closed.Ticket.ClosingReason));
        Assert.Equal(now, closed.Ticket.ClosedAt);
        Assert.Equal(Outcome.Answered, closed.Ticket.Outcome);
        Assert.Empty(closed.Ticket.Deadlines);
        Assert.Equal([new DueLetter(LetterKind.Closed, Audience.Client)], closed.Letters);
    }

    [Fact]
    public void An_objection_reopens_a_completed_request()
    {
        var reopened = In(TicketState.Completed).Decide(new ClientWrites(Client, ClientWords.Text), Monday.AddHours(5));

        Assert.Equal((TicketState.InProgress, 1), (reopened.Ticket.State, reopened.Ticket.ReopenedCount));
        Assert.Null(reopened.Ticket.Outcome);
        Assert.Null(reopened.Ticket.CompletedAt);
        Assert.Null(reopened.Ticket.Due(DeadlineKind.Confirmation));
        Assert.Contains(new TicketEvent(TicketEventKind.Reopened), reopened.Events);
        Assert.Equal([new DueLetter(LetterKind.Objection, Audience.Engineer)], reopened.Letters);
    }

    [Theory]
    [InlineData(ClientWords.Thanks)]
    [InlineData(ClientWords.Empty)]
    [InlineData(ClientWords.Automatic)]
    public void Thanks_silence_and_machines_are_recorded_and_change_nothing(ClientWords words)
    {
        foreach (var state in Enum.GetValues<TicketState>().Where(s => s is not TicketState.Held && !TransitionTable.IsFinal(s)))
        {
            var ticket = In(state);
            var heard = ticket.Decide(new ClientWrites(Client, words), Monday.AddMinutes(10));

            Assert.Equal(ticket with { Deadlines = heard.Ticket.Deadlines }, heard.Ticket);
            Assert.Equal(ticket.Deadlines, heard.Ticket.Deadlines);
            Assert.Equal([new TicketEvent(TicketEventKind.ClientWrote, To: words.ToString())], heard.Events);
            Assert.Empty(heard.Letters);
        }
    }
}
