using System.Collections.Immutable;
using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// What <c>#accept</c> and <c>#reject</c> do (rule 5.7, MAIL.md §3): to a request that is held, to what a stranger wrote in one, to a change of
/// persons. All or nothing, as with every command: everything is decided before anything is written.
/// </summary>
public sealed class HeldMail(
    DeskDirectory directory, SupportPolicy policy, RequestReader reader, RecordedMail recorded, Participants participants, TeamRouter teams, PersonChanges persons, LetterDesk letters,
    PlannedWork plannedWork, ComplaintManager complaintManager, LateAdmission late)
{
    public static bool IsMeant(DeskCommand command) => command is DeskCommand.Accept or DeskCommand.Reject;

    /// <returns>The block, with its wrong lines marked.</returns>
    public async Task<CommandBlock> CarryOutAsync(IntakeWork work, Engineer engineer, TicketRow row, CommandBlock block, CancellationToken cancellationToken)
    {
        // One decision a mail, with what can follow it: to take the request, words for the client, a note.
        var commands = block.Commands.Where(command => command is not (DeskCommand.Dry or { IsQuestion: true })).ToList();
        if (commands.Count(IsMeant) > 1) return block.Refuse(IsMeant, TranscriptMeaning.Contradiction);
        if (commands.Exists(c => !IsMeant(c) && c is not (DeskCommand.Take or DeskCommand.Reply or DeskCommand.Note)))
        {
            return block.Refuse(c => !c.IsQuestion && !IsMeant(c) && c is not (DeskCommand.Dry or DeskCommand.Take or DeskCommand.Reply or DeskCommand.Note), TranscriptMeaning.Contradiction);
        }

        var decision = commands.First(IsMeant);
        if (row.State == TicketState.Closed && await RecordedMail.HeldAsync(work.Db, row, cancellationToken) is { Count: > 0 } waiting)
        {
            return await CarryOutLateAsync(work, engineer, row, waiting, decision, FollowUps(commands, block.Text), block, cancellationToken);
        }

        var error = decision switch
        {
            _ when TransitionTable.IsFinal(row.State) => new CommandError(row.State == TicketState.Closed ? TranscriptMeaning.Closed : TranscriptMeaning.Rejected),
            DeskCommand.Reject reject => await RejectAsync(work, engineer, row, reject.Reason ?? NullIfEmpty(block.Text), commands, block.IsDry, cancellationToken),
            DeskCommand.Accept accept => await AcceptAsync(work, engineer, row, accept, FollowUps(commands, block.Text), block, cancellationToken),
            _ => throw new InvalidOperationException($"{decision.GetType().Name} is about nothing held"),
        };
        return error is null ? block : block.Refuse(c => c == decision, error.Meaning, error.Suggestion);
    }

    /// <summary>The request was closed while mail waited in it (rule 7.3): nothing happens in it any more, and nothing that waited is lost.</summary>
    private async Task<CommandBlock> CarryOutLateAsync(
        IntakeWork work, Engineer engineer, TicketRow row, List<MailRow> waiting, DeskCommand decision, List<DeskCommand> followUps, CommandBlock block, CancellationToken cancellationToken)
    {
        if (followUps.Count > 0 && decision is DeskCommand.Accept) return block.Refuse(c => c == decision, TranscriptMeaning.Closed); // words for whom: the new request is not there yet
        string? rest = null;
        var (named, command) = decision is DeskCommand.Accept accept
            ? (accept.Writer, "#accept")
            : (NamedIn(waiting, ((DeskCommand.Reject)decision).Reason ?? NullIfEmpty(block.Text), out rest), "#reject");
        if (WriterOf(waiting, named, command, out var writer) is { } error) return block.Refuse(c => c == decision, error.Meaning, error.Suggestion);
        if (block.IsDry) return block;

        var mails = waiting.Where(mail => IsBy(mail, writer)).ToList();
        if (decision is DeskCommand.Accept) return block.Tell(c => c == decision, TranscriptMeaning.RegisteredAnew, await late.RegisterAsync(work, engineer, row, mails, cancellationToken));
        foreach (var mail in mails)
        {
            Resolve(mail, MailKind.Rejected, engineer);
            if (rest is not null) mail.Remark += $": {HeaderWords.Of(rest, 200)}";
        }

        return block;
    }

    private async Task<CommandError?> AcceptAsync(
        IntakeWork work, Engineer engineer, TicketRow row, DeskCommand.Accept accept, List<DeskCommand> followUps, CommandBlock block, CancellationToken cancellationToken)
    {
        if (await PersonChanges.AskedAsync(work.Db, row, cancellationToken) is { Count: > 0 } changes)
        {
            return followUps.Count > 0 || accept.Client is not null ? new CommandError(TranscriptMeaning.ArgumentInvalid, "#accept")
                : block.IsDry || await persons.AgreeAsync(work, row, changes, engineer.Address, engineer.Name, cancellationToken) ? null
                : new CommandError(TranscriptMeaning.ChangeImpossible, "#reject");
        }

        var held = await RecordedMail.HeldAsync(work.Db, row, cancellationToken);
        if (row.State == TicketState.Held)
        {
            if (accept.Writer is not null) return new CommandError(TranscriptMeaning.ArgumentInvalid, "#accept");
            var client = accept.Client ?? OwnClient(row);
            var admitted = held.Skip(1).Where(mail => MaySpeak(row, client, mail)).ToList();
            if (FirstRefusal(work, row, Admission(engineer), admitted, followUps, engineer) is { } refused) return refused;
            if (block.IsDry) return null;
            AcceptRequest(work, engineer, row, client, held);
            Finish(work, engineer, row, admitted, followUps, block.Text);
        }
        else
        {
            if (WriterOf(held, accept.Writer, "#accept", out var writer) is { } error) return error;
            if (accept.Client is not null) return new CommandError(TranscriptMeaning.ArgumentInvalid, $"#accept {writer}");
            var admitted = held.Where(mail => IsBy(mail, writer)).ToList();
            var action = new TicketAction.AcceptWriter(engineer.Address, writer);
            if (FirstRefusal(work, row, action, admitted, followUps, engineer) is { } refused) return refused;
            if (block.IsDry) return null;
            // Its cause in the record is the mail that is let in, as that of what follows: lines of one cause keep their order.
            Decide(work, row, action, engineer.Address, admitted[0]);
            AddParticipant(row, writer, recorded.Read(admitted[0]).Sender?.Name);
            Finish(work, engineer, row, admitted, followUps, block.Text);
        }

        return null;
    }

    /// <summary>Tries everything on the ticket alone: what is let in may close it, and then nothing can follow.</summary>
    private CommandError? FirstRefusal(IntakeWork work, TicketRow row, TicketAction accept, List<MailRow> admitted, List<DeskCommand> followUps, Engineer engineer)
    {
        var words = admitted.Select(recorded.Read).Select(mail => new TicketAction.ClientWrites(mail.Sender?.Address ?? "", ClientMail.ReadWords(mail)));
        var ticket = words.Prepend(accept).Aggregate(row.ToTicket(), (now, action) => (TicketDecider.Decide(now, action, policy, work.Now) as TicketDecision)?.Ticket ?? now);
        foreach (var command in followUps)
        {
            switch (TicketDecider.Decide(ticket, ActionOf(command, engineer), policy, work.Now))
            {
                case Refusal refusal: return new CommandError(refusal.Reason == RefusalReason.Completed ? TranscriptMeaning.AlreadyCompleted : TranscriptMeaning.Closed);
                case TicketDecision decision: ticket = decision.Ticket; break;
            }
        }

        return null;
    }

    private void Finish(IntakeWork work, Engineer engineer, TicketRow row, List<MailRow> admitted, List<DeskCommand> followUps, string text)
    {
        foreach (var mail in admitted) LetIn(work, engineer, row, mail);
        foreach (var command in followUps) FollowUp(work, engineer, row, command, text);
    }

    private static TicketAction ActionOf(DeskCommand command, Engineer engineer) => command switch
    {
        DeskCommand.Take => new TicketAction.Take(engineer.Address),
        DeskCommand.Note => new TicketAction.Note(engineer.Address),
        _ => new TicketAction.Answer(engineer.Address),
    };

    private void FollowUp(IntakeWork work, Engineer engineer, TicketRow row, DeskCommand command, string text)
    {
        var deadlines = row.Deadlines;
        var due = Decide(work, row, ActionOf(command, engineer), engineer.Address, work.Record);
        letters.Write(work.Db, row, due.RemoveAll(l => l.Kind == LetterKind.DeadlineMissed), new LetterMatter { Cause = work.Mail, Author = engineer, Words = text }, work.Now);
        if (due.Any(l => l.Kind == LetterKind.DeadlineMissed) && deadlines.FirstOrDefault(d => d.Kind == DeadlineKind.Reaction) is { } missed)
        {
            letters.Write(work.Db, row, due.RemoveAll(l => l.Kind != LetterKind.DeadlineMissed), new LetterMatter { Deadline = missed }, work.Now);
        }
    }

    /// <summary>A held request is a request like any other from now on: whose it is, of which service, what is missing.</summary>
    private void AcceptRequest(IntakeWork work, Engineer engineer, TicketRow row, Client? client, List<MailRow> held)
    {
        var first = held.Count > 0 ? recorded.Read(held[0]) : null;
        var facts = first is null ? null : reader.Read(first, client);
        List<TicketEvent> also = [];
        if (client is not null && !string.Equals(row.Client, client.Name, StringComparison.Ordinal)) also.Add(new TicketEvent(TicketEventKind.ClientNamed, row.Client, client.Name));
        row.Client = client?.Name ?? row.Client;
        row.RequesterListed = directory.IsListed(row.Client, row.RequesterAddress);
        row.Service ??= facts?.Service;
        if (first is not null) participants.Add(row, Participants.NamedIn(first.Message));

        var decision = (TicketDecision)TicketDecider.Decide(row.ToTicket(), Admission(engineer), policy, work.Now);
        decision = teams.Route(row, decision with { Events = [.. decision.Events, .. also] });
        var outage = row is { Kind: TicketKind.Request, Category: Category.Incident } ? plannedWork.Find(row.Service, decision.Ticket.RegisteredAt) : null;
        row.DuringPlannedWork = outage is not null;
        TicketLedger.Write(work.Db, row, decision, engineer.Address, work.Now, held.Count > 0 ? held[0] : work.Record);
        // Programs are not answered (MAIL.md §1.4).
        var due = first is not null && AutomaticMail.Sign(first.Message) is not null ? decision.Letters.RemoveAll(l => l.Audience == Audience.Client) : decision.Letters;
        letters.Write(
            work.Db,
            row,
            due,
            new LetterMatter
            {
                Cause = first,
                Missing = row.Kind == TicketKind.Complaint ? [] : facts?.Missing ?? [],
                PlannedWork = outage,
                ClaimedPriority = facts?.Priority is { } claim && PriorityMatrix.Limit(row.Category, claim) != claim ? claim : null,
            },
            work.Now);
        if (held.Count > 0) Resolve(held[0], MailKind.NewRequest, engineer);
    }

    private TicketAction.Accept Admission(Engineer engineer) => new(engineer.Address, complaintManager.Address);

    /// <summary>What was held acts as a participant's mail does, at the moment at which it is let in.</summary>
    private void LetIn(IntakeWork work, Engineer engineer, TicketRow row, MailRow held)
    {
        var mail = recorded.Read(held);
        Resolve(held, MailKind.Reply, engineer);
        if (TicketDecider.Decide(row.ToTicket(), new TicketAction.ClientWrites(mail.Sender!.Address, ClientMail.ReadWords(mail)), policy, work.Now) is not TicketDecision decision) return;
        if (mail.Message.MessageId is { } id) row.Thread = ReferenceChain.Append(row.Thread, id);
        TicketLedger.Write(work.Db, row, decision, mail.Sender.Address, work.Now, held);
        letters.Write(work.Db, row, decision.Letters, new LetterMatter { Cause = mail }, work.Now);
    }

    /// <summary>The sender is told nothing more (rule 5.7); who asked for a change of persons is.</summary>
    private async Task<CommandError?> RejectAsync(
        IntakeWork work, Engineer engineer, TicketRow row, string? reason, List<DeskCommand> commands, bool dry, CancellationToken cancellationToken)
    {
        if (commands.Count > 1) return new CommandError(TranscriptMeaning.Contradiction);
        if (await PersonChanges.AskedAsync(work.Db, row, cancellationToken) is { Count: > 0 } changes)
        {
            if (!dry) persons.Refuse(work, row, changes, engineer.Address, engineer.Name, reason);
            return null;
        }

        var held = await RecordedMail.HeldAsync(work.Db, row, cancellationToken);
        if (row.State == TicketState.Held)
        {
            if (dry) return null;
            Decide(work, row, new TicketAction.Reject(engineer.Address, reason), engineer.Address, work.Record);
            foreach (var mail in held) Resolve(mail, MailKind.Rejected, engineer);
            return null;
        }

        var named = NamedIn(held, reason, out var rest);
        if (WriterOf(held, named, "#reject", out var writer) is { } error) return error;
        if (dry) return null;
        Decide(work, row, new TicketAction.RejectWriter(engineer.Address, writer, rest), engineer.Address, work.Record);
        foreach (var mail in held.Where(mail => IsBy(mail, writer))) Resolve(mail, MailKind.Rejected, engineer);
        return null;
    }

    /// <summary>Whom the engineer means: the one who is named, or the only one who waits.</summary>
    private static CommandError? WriterOf(List<MailRow> held, string? named, string command, out string writer)
    {
        var writers = held.Select(mail => mail.Sender ?? "").Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        writer = (named is null ? writers is [var only] ? only : null : writers.Find(w => w.Equals(named, StringComparison.OrdinalIgnoreCase))) ?? "";
        return writer.Length > 0 ? null
            : writers.Count == 0 ? new CommandError(TranscriptMeaning.NotHeld)
            : new CommandError(named is null ? TranscriptMeaning.ArgumentMissing : TranscriptMeaning.ArgumentInvalid, string.Join(" | ", writers.Take(3).Select(w => $"{command} {w}")));
    }

    /// <summary>"#reject stranger@elsewhere.example spam": the button of the letter names the writer, for there may be several.</summary>
    private static string? NamedIn(List<MailRow> held, string? reason, out string? rest)
    {
        rest = reason;
        if (reason is null) return null;
        var space = reason.AsSpan().IndexOfAny(' ', '\n');
        var word = space < 0 ? reason : reason[..space];
        if (!held.Exists(mail => IsBy(mail, word))) return null;
        rest = space < 0 ? null : NullIfEmpty(reason[space..].Trim());
        return word;
    }

    /// <summary>The sender's own (a contract has ended); for a stranger the only client whose people write from that domain.</summary>
    private Client? OwnClient(TicketRow row) => row.Client is { } name ? directory.FindClient(name) : ClientDomains.OwnerOf(directory, row.RequesterAddress);

    /// <summary>Once the request is that client's.</summary>
    private bool MaySpeak(TicketRow row, Client? client, MailRow mail) =>
        mail.Sender is { } address
        && (Participants.MaySpeakIn(row, new Speaker.Stranger(address)) || (client is not null && directory.FindPerson(address) is var (own, _) && string.Equals(own.Name, client.Name, StringComparison.Ordinal)));

    private void AddParticipant(TicketRow row, string writer, string? name)
    {
        if (row.Participants.Exists(p => p.Address.Equals(writer, StringComparison.OrdinalIgnoreCase))) return;
        row.Participants.Add(new ParticipantRow { Address = writer, Name = directory.FindPerson(writer)?.Person.Name ?? name, Listed = directory.IsListed(row.Client, writer) });
    }

    private ImmutableArray<DueLetter> Decide(IntakeWork work, TicketRow row, TicketAction action, string actor, MailRow cause)
    {
        // The states were looked at before; a refusal now would be a fault of this class, and must not be half done.
        var decision = TicketDecider.Decide(row.ToTicket(), action, policy, work.Now) as TicketDecision
            ?? throw new InvalidOperationException($"{action.GetType().Name} was refused in a request that is {row.State}");
        TicketLedger.Write(work.Db, row, decision, actor, work.Now, cause);
        return decision.Letters;
    }

    private static void Resolve(MailRow mail, MailKind kind, Engineer engineer) =>
        (mail.Kind, mail.Remark) = (kind, $"{(kind == MailKind.Rejected ? "rejected" : "accepted")} by {engineer.Address}");

    private static bool IsBy(MailRow mail, string writer) => writer.Equals(mail.Sender, StringComparison.OrdinalIgnoreCase);

    /// <summary>Text that no command speaks of is an answer, as everywhere.</summary>
    private static List<DeskCommand> FollowUps(List<DeskCommand> commands, string text)
    {
        var rest = commands.Where(command => !IsMeant(command)).ToList();
        if (text.Length > 0 && !rest.Exists(command => command.UsesText)) rest.Add(new DeskCommand.Reply());
        return rest;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
