using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// A new mail of an engineer that registers a request in a client's name: told by phone (rule 5.3), or a client's mail passed on (MAIL.md §1.5).
/// Everything is decided before anything is written.
/// </summary>
public sealed class BroughtRequests(
    DeskDirectory directory, DeskSettings settings, SupportPolicy policy, SenderPolicy senders, BroughtWords words, RequestReader reader, CommandParser parser, RequestRegistrar registrar)
{
    private const int LongestLine = 100;

    /// <returns>The block with what became of each line; null when the mail brings no request.</returns>
    public async Task<CommandBlock?> HandleAsync(IntakeWork work, Engineer engineer, CommandBlock block, CancellationToken cancellationToken)
    {
        var message = work.Mail.Message;
        var byPhone = block.Commands.Any(command => command is DeskCommand.Phone);
        var forwarded = byPhone ? null : words.FindForwarded(message, work.Mail.Text.Body);
        if (!byPhone && forwarded is null) return block.Commands.Any(IsFrom) ? block.Refuse(IsFrom, TranscriptMeaning.NothingForwarded, "#phone") : null;

        if (forwarded is not null) block = WithLineOf(block, message);
        if (block.Commands.Any(command => !Fits(command))) return block.Refuse(command => !Fits(command), TranscriptMeaning.NoRequest);
        if (forwarded is { Attached: > 1 }) return block.Refuse(IsBringing, TranscriptMeaning.SeveralForwarded);
        if (forwarded is { IsAttached: true, Message.MessageId: { } id } && await RegisteredAsAsync(work, id, cancellationToken) is { } known)
        {
            return block.Refuse(IsBringing, new CommandError(TranscriptMeaning.AlreadyRegistered, Detail: known));
        }

        var speaker = FindRequester(ref block, forwarded);
        var brought = forwarded is not null ? words.OfForward(forwarded) : BroughtWords.OfCall(message, block.Text);
        if (brought is null) block = block.Refuse(IsBringing, TranscriptMeaning.TextMissing);
        if (speaker is null || brought is null) return block;

        var facts = ReadFacts(ref block, brought.Words, (speaker as Speaker.ClientPerson)?.Client);
        if (facts is null) return block;
        var draft = DraftOf(work, engineer, speaker, brought, facts);
        var verdict = await registrar.DecideAsync(work, draft, cancellationToken);
        if (verdict is Refusal refusal) return Refuse(block, refusal);
        return await CarryOutAsync(work, engineer, block, draft, (TicketDecision)verdict, cancellationToken);
    }

    private async Task<CommandBlock> CarryOutAsync(
        IntakeWork work, Engineer engineer, CommandBlock block, RequestDraft draft, TicketDecision decision, CancellationToken cancellationToken)
    {
        foreach (var command in block.Commands)
        {
            TicketAction? action = command switch
            {
                DeskCommand.Take => new TicketAction.Take(engineer.Address),
                DeskCommand.Assign assign => new TicketAction.Assign(engineer.Address, assign.Assignee.Address),
                _ => null,
            };
            if (action is null) continue;
            switch (TicketDecider.Decide(decision.Ticket, action, policy, work.Now))
            {
                case Refusal refusal: return block.Refuse(c => c == command, Transcript.MeaningOf(refusal));
                case TicketDecision next: decision = new(next.Ticket, [.. decision.Events, .. next.Events], [.. decision.Letters, .. next.Letters]); break;
            }
        }

        if (block.IsDry) return block;
        var ticket = registrar.Write(work, draft, decision);
        work.Record.Ticket = ticket;
        return Tell(block, ticket, draft);
    }

    private static RequestDraft DraftOf(IntakeWork work, Engineer engineer, Speaker speaker, Brought brought, RequestFacts facts)
    {
        var inner = brought.Forwarded is { IsAttached: true } forwarded ? forwarded.Message : null;
        return new RequestDraft
        {
            Requester = Requester.Of(speaker, brought.Forwarded?.Sender is { } sender && IsSame(sender.Address, speaker.Address) ? sender.Name : null),
            Kind = work.Mail.Mailbox.Purpose == MailboxPurpose.Complaints ? TicketKind.Complaint : TicketKind.Request,
            Words = brought.Words,
            Facts = facts,
            RegisteredAt = work.Mail.ReceivedAt,
            Actor = engineer.Address,
            Origin = brought.Forwarded is null ? RequestOrigin.Phone : RequestOrigin.Forwarded,
            Others = brought.Forwarded?.Recipients ?? [],
            Thread = inner is null ? [] : inner.MessageId is { } id ? inner.References.Append(id) : inner.References,
            Silent = speaker is Speaker.Stranger, // has written to somebody, but not to the desk
            BroughtBy = engineer,
            Comment = brought.Comment,
        };
    }

    /// <summary>In whose name: whom the engineer names, else who wrote what is forwarded. Null when the lines now say what is wrong.</summary>
    private Speaker? FindRequester(ref CommandBlock block, Mail.Text.ForwardedMail? forwarded)
    {
        if (block.Commands.OfType<DeskCommand.From>().LastOrDefault() is { } from)
        {
            var named = senders.PersonOf(from.Person.Address);
            if (named is Speaker.ClientPerson) return named;
            block = block.Refuse(IsFrom, TranscriptMeaning.UnknownPerson, parser.NearestPerson(from.Person.Address) is { } nearest ? $"#from {nearest}" : null);
            return null;
        }

        if (forwarded is null)
        {
            block = block.Refuse(IsBringing, TranscriptMeaning.ArgumentMissing, $"#from {directory.Clients.SelectMany(c => c.Persons).FirstOrDefault()?.Addresses[0] ?? "anna@client.example"}");
            return null;
        }

        if (forwarded.Sender is { } sender) return senders.PersonOf(sender.Address);
        var known = parser.NearestPerson(forwarded.SenderText);
        block = block.Refuse(IsBringing, TranscriptMeaning.ForwardWithoutAddress, known is null ? "#from …" : $"#from {known}");
        return null;
    }

    /// <summary>What the words say, and what the engineer says over them. Null when the lines now say what is wrong.</summary>
    private RequestFacts? ReadFacts(ref CommandBlock block, RequestWords words, Client? client)
    {
        var facts = reader.Read(words, client);
        foreach (var command in block.Commands)
        {
            switch (command)
            {
                case DeskCommand.SetCategory set: facts = facts with { Category = set.Category, StartsService = set.StartsService }; break;
                case DeskCommand.SetImpact set: facts = facts with { Impact = set.Impact, Priority = null }; break;
                case DeskCommand.SetUrgency set: facts = facts with { Urgency = set.Urgency, Priority = null }; break;
                case DeskCommand.SetService set:
                    var service = client?.Services.FirstOrDefault(s => s.Contains(set.Name, StringComparison.OrdinalIgnoreCase));
                    if (client is not null && client.Services.Count > 0 && service is null)
                    {
                        block = block.Refuse(c => c == command, TranscriptMeaning.UnknownService, $"#service {client.Services[0]}");
                        return null;
                    }

                    facts = facts with { Service = service ?? set.Name, Missing = [.. facts.Missing.Where(part => part != MissingPart.Service)] };
                    break;
            }
        }

        if (block.Commands.OfType<DeskCommand.SetPriority>().LastOrDefault() is { } priority)
        {
            facts = facts with { Priority = priority.Priority };
            if (!PriorityMatrix.Allows(facts.Category, priority.Priority))
            {
                block = block.Refuse(c => c is DeskCommand.SetPriority, TranscriptMeaning.PriorityForIncidentsOnly, "#category incident");
                return null;
            }
        }

        return facts;
    }

    private static CommandBlock Refuse(CommandBlock block, Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.PhoneForCriticalOnly => block.Refuse(IsBringing, TranscriptMeaning.PhoneForCriticalOnly, "#priority 1"),
        RefusalReason.NotServed => block.Refuse(IsFrom, TranscriptMeaning.NotInForce),
        _ => block.Refuse(IsBringing, Transcript.MeaningOf(refusal)),
    };

    private CommandBlock Tell(CommandBlock block, TicketRow ticket, RequestDraft draft)
    {
        var number = ticket.FullNumber.Display(settings.Desk.NumberPrefix);
        var who = ticket.RequesterName is { } name ? $"{name} <{ticket.RequesterAddress}>" : ticket.RequesterAddress;
        var client = ticket.Client is { } known ? $"{who}, {known}" : who;
        return block
            .Tell(command => command is DeskCommand.Phone, TranscriptMeaning.RegisteredByPhone, number)
            .Tell(command => command is DeskCommand.Forward, draft.Requester.Held is null ? TranscriptMeaning.RegisteredFromForward : TranscriptMeaning.HeldFromForward, $"{number} ({client})")
            .Tell(IsFrom, TranscriptMeaning.InTheNameOf, client)
            .Tell(
                command => command is DeskCommand.SetPriority or DeskCommand.SetCategory or DeskCommand.SetImpact or DeskCommand.SetUrgency or DeskCommand.SetService,
                TranscriptMeaning.TakenIntoAccount);
    }

    /// <summary>The number under which a mail has been registered before.</summary>
    private async Task<string?> RegisteredAsAsync(IntakeWork work, string messageId, CancellationToken cancellationToken)
    {
        var ticket = await work.Db.Mails.Where(m => m.MessageId == messageId && m.Ticket != null).Select(m => m.Ticket).FirstOrDefaultAsync(cancellationToken);
        return ticket is null ? null : ticket.FullNumber.Display(settings.Desk.NumberPrefix);
    }

    /// <summary>The forward itself is what is carried out, though nobody writes a command for it.</summary>
    private static CommandBlock WithLineOf(CommandBlock block, MailMessage message)
    {
        var subject = message.Subject.Trim() is { Length: > 0 } written ? written : "Fwd:";
        return block with { Lines = [.. block.Lines, new CommandLineRead(subject.Length > LongestLine ? $"{subject[..LongestLine]}…" : subject, new DeskCommand.Forward())] };
    }

    private static bool Fits(DeskCommand command) => command is DeskCommand.Phone or DeskCommand.From or DeskCommand.Forward or DeskCommand.Take or DeskCommand.Assign
        or DeskCommand.SetPriority or DeskCommand.SetCategory or DeskCommand.SetImpact or DeskCommand.SetUrgency or DeskCommand.SetService or DeskCommand.Dry;

    private static bool IsBringing(DeskCommand command) => command is DeskCommand.Phone or DeskCommand.Forward;

    private static bool IsFrom(DeskCommand command) => command is DeskCommand.From;

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
