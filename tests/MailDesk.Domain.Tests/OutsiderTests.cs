using static MailDesk.Domain.Tests.Sample;
using static MailDesk.Domain.TicketAction;

namespace MailDesk.Domain.Tests;

public sealed class OutsiderTests
{
    private const string Stranger = "stranger@elsewhere.example";

    [Theory]
    [InlineData(TicketState.Held)]
    [InlineData(TicketState.WaitingForClient)]
    [InlineData(TicketState.Completed)]
    public void A_strangers_words_ask_an_engineer_and_change_nothing(TicketState state)
    {
        var ticket = In(state);
        var decision = ticket.Decide(new OutsiderWrites(Stranger), LastMoment(ticket).AddMinutes(5));

        Assert.Equal(ticket with { Deadlines = decision.Ticket.Deadlines }, decision.Ticket);
        Assert.Equal(ticket.Deadlines, decision.Ticket.Deadlines);
        Assert.Equal([new TicketEvent(TicketEventKind.OutsiderWrote, To: Stranger)], decision.Events);
        Assert.Equal([new DueLetter(LetterKind.HeldSender, Audience.Engineer)], decision.Letters);
    }

    [Fact]
    public void Letting_a_writer_in_or_not_tells_nobody_by_itself()
    {
        var ticket = In(TicketState.WaitingForClient);

        Assert.Empty(ticket.Decide(new AcceptWriter(Anna, Stranger), Monday.AddHours(1)).Letters);
        var rejected = ticket.Decide(new RejectWriter(Anna, Stranger, "spam"), Monday.AddHours(1));
        Assert.Empty(rejected.Letters);
        Assert.Equal([new TicketEvent(TicketEventKind.WriterRejected, To: Stranger, Detail: "spam")], rejected.Events);
    }

    [Theory]
    [InlineData(TicketKind.Complaint, Anna)]
    [InlineData(TicketKind.Request, null)]
    public void An_accepted_complaint_is_in_the_charge_of_who_answers_for_complaints(TicketKind kind, string? inCharge)
    {
        var accepted = (In(TicketState.Held) with { Kind = kind }).Decide(new Accept("ivan@desk.example", Anna), Monday.AddHours(3));

        Assert.Equal((TicketState.Registered, inCharge), (accepted.Ticket.State, accepted.Ticket.Engineer));
        Assert.Null(accepted.Ticket.ReactedAt);
        Assert.Equal(inCharge is null ? 0 : 1, accepted.Events.Count(e => e.Kind == TicketEventKind.EngineerChanged));
    }

    [Fact]
    public void A_change_of_persons_is_held_and_asks_everybody_who_can_agree()
    {
        var asked = TicketDecider.Register(Incident(Monday) with { Category = Category.Service, Held = true, ChangesPersons = true }, Policy, Monday);

        Assert.Equal(TicketState.Held, asked.Ticket.State);
        Assert.Equal(
            [
                new DueLetter(LetterKind.PersonChangeAsked, Audience.Client),
                new DueLetter(LetterKind.PersonChangeToConfirm, Audience.Client),
                new DueLetter(LetterKind.HeldSender, Audience.Engineer),
            ],
            asked.Letters);
    }

    [Fact]
    public void What_is_settled_is_closed_at_once_with_its_record()
    {
        var settled = In(TicketState.Held).Decide(new Settle(Anna), Monday.AddHours(3));

        Assert.Equal((TicketState.Closed, ClosingReason.Settled, Anna), (settled.Ticket.State, settled.Ticket.ClosingReason, settled.Ticket.Engineer));
        Assert.Empty(settled.Ticket.Deadlines);
        Assert.Equal([new DueLetter(LetterKind.PersonChangeDecided, Audience.Client)], settled.Letters);
        Assert.Equal("5.7", In(TicketState.InProgress).Refuse(new Settle(Anna), Monday.AddHours(3)).Rule);
    }
}
