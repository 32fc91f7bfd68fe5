using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>A request that is about to be registered: who asks, what, and which way it came.</summary>
public sealed record RequestDraft
{
    /// <summary>In whose name it is registered: a person of a client, or a stranger, whose request is held (rule 5.7).</summary>
    public required Speaker Requester { get; init; }

    /// <summary>By their own word, where the directory does not know them.</summary>
    public string? RequesterName { get; init; }

    public required TicketKind Kind { get; init; }

    public required RequestWords Words { get; init; }

    public required RequestFacts Facts { get; init; }

    /// <summary>UTC: what every service level counts from (rule 4.2).</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Those beside the requester who may take part; only people of the same client do.</summary>
    public IEnumerable<MailboxAddress> Others { get; init; } = [];

    /// <summary>Message-IDs of the conversation that it begins with, oldest first.</summary>
    public IEnumerable<string> Thread { get; init; } = [];

    /// <summary>Nothing is sent to the requester: the mail was automatic.</summary>
    public bool Silent { get; init; }

    /// <summary>The closed request that this one answers (rule 7.3).</summary>
    public TicketRow? Closed { get; init; }

    /// <summary>Who registers it: an address.</summary>
    public required string Actor { get; init; }
}

/// <summary>
/// Registers requests (rules 5.7, 5.10, 5.11): the one way in for what clients write and for what engineers bring. Everything is added to the
/// unit of work of the mail that causes it; the number is final with its commit.
/// </summary>
public sealed class RequestRegistrar(
    DeskSettings settings, SupportPolicy policy, TicketLedger ledger, ThreadMatcher matcher, LetterDesk letters, Participants participants, TeamRouter teams)
{
    public async Task<TicketRow> RegisterAsync(IntakeWork work, RequestDraft draft, CancellationToken cancellationToken)
    {
        var person = draft.Requester as Speaker.ClientPerson;
        var held = person is not { IsServed: true };
        var facts = draft.Facts;
        var decision = TicketDecider.Register(
            new Registration(
                draft.Kind, facts.Category, facts.StartsService, facts.Impact, facts.Urgency, facts.Priority, draft.RegisteredAt,
                held, Silent: draft.Silent || (held && await IsAnsweredAsync(work, draft.Requester, cancellationToken)), RepliesToClosed: draft.Closed is not null),
            policy,
            work.Now);

        var number = await ledger.NextNumberAsync(work.Db, draft.Kind, cancellationToken);
        var ticket = new TicketRow
        {
            Kind = draft.Kind,
            Number = number.Value,
            Subject = matcher.BareSubject(draft.Words.Subject),
            Client = person?.Client.Name,
            Service = facts.Service,
            RequesterAddress = draft.Requester.Address,
            RequesterName = person?.Person.Name ?? draft.RequesterName,
            Language = person?.Person.Language ?? settings.Desk.Language,
            Mailbox = work.Mail.Mailbox.Address,
            Follows = draft.Closed?.Number,
        };
        work.Db.Tickets.Add(ticket);
        if (person is not null) participants.Add(ticket, draft.Others);
        foreach (var id in draft.Thread) ticket.Thread = ReferenceChain.Append(ticket.Thread, id);
        if (!held) decision = teams.Route(ticket, decision);
        TicketLedger.Write(work.Db, ticket, decision, draft.Actor, work.Now, work.Record);
        letters.Write(
            work.Db,
            ticket,
            decision.Letters,
            new LetterMatter
            {
                Cause = work.Mail,
                Request = draft.Words,
                Missing = facts.Missing,
                ClaimedPriority = decision.Events.Any(e => e.Kind == TicketEventKind.PriorityLowered) ? facts.Priority : null,
                HeldReason = !held ? null : person is null ? HeldReason.UnknownSender : HeldReason.ContractNotInForce,
            },
            work.Now);
        return ticket;
    }

    /// <summary>One answer as long as something of the sender's is held: a stranger's robot cannot make the desk write without end (rule 5.7).</summary>
    private static Task<bool> IsAnsweredAsync(IntakeWork work, Speaker requester, CancellationToken cancellationToken) =>
        work.Db.Letters.AnyAsync(
            l => l.Recipient == requester.Address && l.Kind == LetterKind.NotAuthorised && l.Ticket!.State == TicketState.Held, cancellationToken);
}
