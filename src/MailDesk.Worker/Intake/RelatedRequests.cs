using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>Another request that a command ties this one to, and what that does to it.</summary>
/// <param name="Decision">Null where nothing changes in it: a final request is only pointed at (rule 7.3).</param>
public sealed record Tie(DeskCommand Command, TicketRow Other, TicketDecision? Decision);

/// <summary>
/// The commands that tie requests to each other: <c>#merge</c> and <c>#link</c> (rule 5.5). The other request is found and decided on before
/// anything is written; its version is raised with its history, so that two who tie at once are one after the other.
/// </summary>
public sealed class RelatedRequests(DeskSettings settings, SupportPolicy policy, Participants participants, FirstWords firstWords, LetterDesk letters)
{
    /// <returns>The block with what is wrong marked, and the ties where nothing is.</returns>
    public async Task<(CommandBlock Block, IReadOnlyList<Tie> Ties)> ResolveAsync(
        IntakeWork work, Engineer engineer, TicketRow row, CommandBlock block, CancellationToken cancellationToken)
    {
        List<Tie> ties = [];
        if (block.Commands.Count(command => command is DeskCommand.Merge) > 1) return (block.Refuse(c => c is DeskCommand.Merge, TranscriptMeaning.Contradiction), ties);

        foreach (var command in block.Commands)
        {
            if (NumberOf(command) is not { } number) continue;
            var other = TicketLedger.Find(work.Db, number);
            var error = other is null ? await UnknownAsync(work, row, command, cancellationToken)
                : other.Id == row.Id ? new CommandError(TranscriptMeaning.SameRequest)
                : command is DeskCommand.Merge ? CannotMerge(row, other) : null;
            if (error is not null)
            {
                block = block.Refuse(c => c == command, error);
                continue;
            }

            if (command is DeskCommand.Link && TicketLedger.AreLinked(row, other!))
            {
                block = block.Tell(c => c == command, TranscriptMeaning.AlreadyLinked);
                continue;
            }

            var verdict = DecideOther(command, engineer, row, other!, work.Now);
            if (verdict is Refusal refusal) block = block.Refuse(c => c == command, RefusedOther(refusal, other!));
            else if (!ties.Exists(tie => tie.Command == command)) ties.Add(new Tie(command, other!, verdict as TicketDecision));
        }

        return (block, ties);
    }

    /// <summary>Writes what happens in the other requests; this one's own part is in its decision.</summary>
    public async Task WriteAsync(IntakeWork work, Engineer engineer, TicketRow row, IReadOnlyList<Tie> ties, CancellationToken cancellationToken)
    {
        foreach (var (command, other, decision) in ties)
        {
            if (command is DeskCommand.Merge) MoveOver(row, other);
            else TicketLedger.Link(row, other);
            if (decision is not null) TicketLedger.Write(work.Db, other, decision, engineer.Address, work.Now, work.Record);
            if (command is not DeskCommand.Merge) continue;
            var words = await firstWords.ReadAsync(work.Db, row, cancellationToken);
            letters.WriteJoined(work.Db, other, engineer, new LetterMatter { Request = words, Other = row, Person = row.RequesterName ?? row.RequesterAddress }, work.Now);
        }
    }

    /// <summary>Its people and its conversation go on in the other one; its later mail follows (see <see cref="TicketLedger.FindGoingOn"/>).</summary>
    private void MoveOver(TicketRow row, TicketRow into)
    {
        row.MergedInto = into;
        participants.Add(into, row.Participants.Select(p => new Mail.Mime.MailboxAddress(p.Name, p.Address)).Append(new(row.RequesterName, row.RequesterAddress)));
        foreach (var id in row.Thread) into.Thread = ReferenceChain.Append(into.Thread, id);
    }

    private TicketVerdict? DecideOther(DeskCommand command, Engineer engineer, TicketRow row, TicketRow other, DateTimeOffset now)
    {
        var ticket = other.ToTicket();
        if (command is DeskCommand.Merge) return TicketDecider.Decide(ticket, new TicketAction.Absorb(engineer.Address, Display(row)), policy, now);
        return ticket.IsFinal ? null : TicketDecider.Decide(ticket, new TicketAction.Link(engineer.Address, Display(row)), policy, now);
    }

    private static CommandError? CannotMerge(TicketRow row, TicketRow other) =>
        row.Kind != other.Kind ? new CommandError(TranscriptMeaning.OtherSeries)
        : row.Client is null || !string.Equals(row.Client, other.Client, StringComparison.Ordinal) ? new CommandError(TranscriptMeaning.OtherClient)
        : null;

    /// <summary>Of a request that was merged itself, the one that goes on is what was meant.</summary>
    private CommandError RefusedOther(Refusal refusal, TicketRow other) => new(
        refusal.Reason switch
        {
            RefusalReason.Held => TranscriptMeaning.OtherHeld,
            RefusalReason.Completed => TranscriptMeaning.OtherCompleted,
            _ => TranscriptMeaning.OtherClosed,
        },
        other.MergedInto is { } into ? $"#merge {Display(into)}" : null,
        Display(other));

    /// <summary>The latest open request of the same client is the one that may have been meant.</summary>
    private async Task<CommandError> UnknownAsync(IntakeWork work, TicketRow row, DeskCommand command, CancellationToken cancellationToken)
    {
        var nearest = await work.Db.Tickets.AsNoTracking()
            .Where(t => t.Id != row.Id && t.Kind == row.Kind && t.Client == row.Client && t.Client != null && t.State != TicketState.Closed && t.State != TicketState.Rejected)
            .OrderByDescending(t => t.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return new CommandError(TranscriptMeaning.UnknownRequest, nearest is null ? null : $"{(command is DeskCommand.Merge ? "#merge" : "#link")} {Display(nearest)}");
    }

    private static TicketNumber? NumberOf(DeskCommand command) => command switch
    {
        DeskCommand.Merge merge => merge.Into,
        DeskCommand.Link link => link.To,
        _ => null,
    };

    public string Display(TicketRow ticket) => ticket.FullNumber.Display(settings.Desk.NumberPrefix);

    public string Display(TicketNumber number) => number.Display(settings.Desk.NumberPrefix);
}
