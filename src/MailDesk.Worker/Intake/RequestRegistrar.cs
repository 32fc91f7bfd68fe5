using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Registers requests (rules 5.3, 5.5, 5.7, 5.10, 5.11): the one way in for what clients write and for what engineers bring. Deciding writes
/// nothing; writing adds to the unit of work of the mail that causes it, and the number is final with its commit.
/// </summary>
public sealed class RequestRegistrar(
    DeskSettings settings, SupportPolicy policy, TicketLedger ledger, ThreadMatcher matcher, LetterDesk letters, Participants participants,
    PlannedWork plannedWork, ComplaintManager complaintManager, NamedRequest named, TeamRouter teams)
{
    /// <returns>A refusal only for what is told by phone.</returns>
    public async Task<TicketVerdict> DecideAsync(IntakeWork work, RequestDraft draft, CancellationToken cancellationToken)
    {
        var (facts, held) = (draft.Facts, draft.Requester.Held is not null);
        var registration = new Registration(
            draft.Kind, facts.Category, facts.StartsService, facts.Impact, facts.Urgency, facts.Priority, draft.RegisteredAt,
            held,
            Silent: draft.Silent || (held && await IsAnsweredAsync(work, draft.Requester.Address, cancellationToken)),
            RepliesToClosed: draft.Closed is not null,
            facts.Sources,
            draft.Origin,
            PartOf: draft.First is { } whole ? whole.FullNumber.Display(settings.Desk.NumberPrefix) : null,
            InCharge: draft.Kind == TicketKind.Complaint ? complaintManager.Address : null);
        return draft switch
        {
            { Origin: RequestOrigin.Phone } => TicketDecider.RegisterByPhone(registration, policy, work.Now),
            { First: { } first } => TicketDecider.RegisterPart(first.ToTicket(), registration, policy, work.Now),
            _ => TicketDecider.Register(registration, policy, work.Now),
        };
    }

    public TicketRow Write(IntakeWork work, RequestDraft draft, TicketDecision decision)
    {
        var about = draft.Kind == TicketKind.Complaint ? draft.About ?? named.Find(work.Db, draft.Words, draft.Requester.Client) : null;
        var outage = draft.Kind == TicketKind.Request && draft.Facts.Category == Category.Incident ? plannedWork.Find(draft.Facts.Service, decision.Ticket.RegisteredAt) : null;
        var number = ledger.NextNumber(work.Db, draft.Kind);
        var ticket = new TicketRow
        {
            Kind = draft.Kind,
            Number = number.Value,
            Subject = ClientQuestion.Without(matcher.BareSubject(draft.Words.Subject)),
            Client = draft.Requester.Client,
            Service = draft.Facts.Service,
            RequesterAddress = draft.Requester.Address,
            RequesterName = draft.Requester.Name,
            RequesterListed = draft.Requester.IsListed,
            Language = draft.Requester.Language ?? settings.Desk.Language,
            Mailbox = work.Mail.Mailbox.Address,
            Origin = draft.Origin,
            Follows = draft.Closed?.Number,
            About = about,
            DuringPlannedWork = outage is not null,
        };
        work.Db.Insert(ticket);
        if (draft.First is not null) TicketLedger.Link(draft.First, ticket);
        if (draft.Requester.Client is not null) participants.Add(ticket, draft.Others);
        foreach (var id in draft.Thread) ticket.Thread = ReferenceChain.Append(ticket.Thread, id);
        if (draft.Requester.Held is null) decision = teams.Route(ticket, decision);
        TicketLedger.Write(work.Db, ticket, decision, draft.Actor, work.Now, work.Record);
        var matter = MatterOf(work, draft, decision) with { AboutNumber = about is null ? null : named.Display(about), PlannedWork = outage };
        letters.Write(work.Db, ticket, decision.Letters, matter, work.Now);
        return ticket;
    }

    private static LetterMatter MatterOf(IntakeWork work, RequestDraft draft, TicketDecision decision) => new()
    {
        Cause = work.Mail,
        Request = draft.Words,
        Words = draft.Origin is RequestOrigin.Phone or RequestOrigin.Split ? draft.Words.Text : null,
        Missing = draft.Kind == TicketKind.Complaint ? [] : draft.Facts.Missing,
        CategoryGuessed = draft.Facts.CategoryGuessed,
        ClaimedPriority = decision.Events.Any(e => e.Kind == TicketEventKind.PriorityLowered) ? draft.Facts.Priority : null,
        HeldReason = draft.Requester.Held,
        BroughtBy = draft.BroughtBy,
        Reason = draft.Comment,
        Other = draft.First,
    };

    /// <summary>One answer as long as something of the sender's is held: a stranger's robot cannot make the desk write without end (rule 5.7).</summary>
    private static Task<bool> IsAnsweredAsync(IntakeWork work, string address, CancellationToken cancellationToken) =>
        work.Db.Letters.AnyAsync(
            l => l.Recipient == address && l.Kind == LetterKind.NotAuthorised && l.Ticket!.State == TicketState.Held, cancellationToken);
}
