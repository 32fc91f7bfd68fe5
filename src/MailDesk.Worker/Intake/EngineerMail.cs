using System.Collections.Immutable;
using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Reports;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// What an engineer's mail does (MAIL.md §6). All or nothing: every command is decided on the ticket as the ones before it leave it, and only
/// when none is wrong or refused is anything written; otherwise the engineer gets a transcript that marks the line, and the client nothing.
/// </summary>
public sealed class EngineerMail(CommandParser parser, SupportPolicy policy, ThreadMatcher matcher, LetterDesk letters, DeskQuestions questions)
{
    public async Task HandleAsync(IntakeWork work, Speaker.Staff staff, TicketRow? ticket, CancellationToken cancellationToken)
    {
        var block = parser.Parse(work.Mail.Text.NewText);
        if (block.IsValid) block = CheckSituation(block, work.Mail, ticket);
        if (block.IsValid && await LacksSolutionAsync(block, work, ticket, cancellationToken)) block = Refuse(block, IsDone, TranscriptMeaning.TextMissing);
        if (block.IsValid) block = await questions.CheckAsync(block, work, ticket, cancellationToken);
        if (block.IsValid && ticket is not null && (block.Lines.Count == 0 || !block.Commands.All(command => command.IsQuestion)))
        {
            block = CarryOut(work, staff.Engineer, ticket, block);
        }

        await questions.AnswerAsync(block, work, staff, ticket, cancellationToken);

        // A plain reply has gone where replies go; nobody needs a letter about it.
        if (block.Lines.Count > 0) letters.WriteTranscript(work, staff, ticket, block);
    }

    private CommandBlock CheckSituation(CommandBlock block, IncomingMail mail, TicketRow? ticket)
    {
        if (block.Commands.Any(IsUnbuilt)) return Refuse(block, IsUnbuilt, TranscriptMeaning.UnknownCommand);
        if (ticket is null) return block.Lines.Count > 0 && block.Commands.All(command => command.IsQuestion) ? block : Refuse(block, command => !command.IsQuestion, TranscriptMeaning.NoRequest);

        // Text that holds the quotation of our own letter, or may hold it, must not reach a client.
        return (mail.Text.Uncertain || QuotesOurLetter(block.Text)) && block.Text.Length > 0 && !block.Commands.Any(command => command is DeskCommand.Note)
            ? Refuse(block, command => command.UsesText, TranscriptMeaning.TextUncertain)
            : block;
    }

    /// <summary>Words between the lines of a quotation are kept together with it (MAIL.md §5), and a letter to an engineer holds that engineer's token.</summary>
    private bool QuotesOurLetter(string text) =>
        LetterComposer.Markers.Any(marker => text.Contains(marker, StringComparison.OrdinalIgnoreCase)) || matcher.HoldsToken(text);

    /// <summary>"#done" needs the solution in words, unless it was delivered otherwise or an answer has gone out before (rules 6.8, 7.1).</summary>
    private static async Task<bool> LacksSolutionAsync(CommandBlock block, IntakeWork work, TicketRow? ticket, CancellationToken cancellationToken) =>
        block.Text.Length == 0
        && block.Commands.Any(command => command is DeskCommand.Done { DeliveredBy: null })
        && !await work.Db.Events.AnyAsync(e => e.TicketId == ticket!.Id && e.Kind == TicketEventKind.EngineerWrote && e.To == nameof(LetterKind.Answer), cancellationToken);

    private CommandBlock CarryOut(IntakeWork work, Engineer engineer, TicketRow row, CommandBlock block)
    {
        var state = row.ToTicket();
        var before = state.Priority;
        List<TicketEvent> events = [];
        List<DueLetter> due = [];
        List<Deadline> missed = [];
        foreach (var command in InOrder(block))
        {
            switch (TicketDecider.Decide(state, ActionOf(command, engineer.Address), policy, work.Now))
            {
                case Refusal refusal:
                    return Refuse(block, c => c == command, MeaningOf(refusal));
                case TicketDecision decision:
                    missed.AddRange(state.Deadlines.Where(deadline => decision.Events.Contains(new TicketEvent(TicketEventKind.DeadlineMissed, To: $"{deadline.Kind}"))));
                    state = decision.Ticket;
                    events.AddRange(decision.Events);
                    due.AddRange(decision.Letters);
                    break;
            }
        }

        TicketLedger.Write(work.Db, row, new TicketDecision(state, [.. events], [.. due]), engineer.Address, work.Now, work.Record);
        foreach (var deadline in missed) letters.Write(work.Db, row, [.. due.Where(IsOfMissed).Distinct()], new LetterMatter { Deadline = deadline }, work.Now);
        letters.Write(
            work.Db,
            row,
            [.. due.Where(letter => !IsOfMissed(letter))],
            new LetterMatter
            {
                Cause = work.Mail,
                Author = engineer,
                Words = block.Text,
                OldPriority = before,
                Reason = block.Commands.OfType<DeskCommand.SetPriority>().LastOrDefault()?.Reason,
                DeliveredBy = block.Commands.OfType<DeskCommand.Done>().LastOrDefault()?.DeliveredBy,
            },
            work.Now);
        return block;
    }

    /// <summary>
    /// What uses the text comes last: "#done" above "#priority 2" means the same as below it. Text that no command speaks of is an answer:
    /// that is what replying to a mail means.
    /// </summary>
    private static IEnumerable<DeskCommand> InOrder(CommandBlock block) =>
        block.Text.Length > 0 && !block.Commands.Any(command => command.UsesText)
            ? block.Commands.Where(command => !command.IsQuestion).Append(new DeskCommand.Reply())
            : block.Commands.OrderBy(command => command.UsesText).Where(command => !command.IsQuestion);

    private static TicketAction ActionOf(DeskCommand command, string engineer) => command switch
    {
        DeskCommand.Take => new TicketAction.Take(engineer),
        DeskCommand.Assign assign => new TicketAction.Assign(engineer, assign.Assignee.Address),
        DeskCommand.Reply => new TicketAction.Answer(engineer),
        DeskCommand.Ask => new TicketAction.Ask(engineer),
        DeskCommand.Note => new TicketAction.Note(engineer),
        DeskCommand.Done done => new TicketAction.Complete(engineer, Outcome.Answered, done.DeliveredBy),
        DeskCommand.SetPriority set => new TicketAction.ChangePriority(engineer, set.Priority, set.Reason),
        DeskCommand.SetCategory set => new TicketAction.ChangeCategory(engineer, set.Category, set.StartsService),
        _ => throw new InvalidOperationException($"{command.GetType().Name} does nothing to a ticket"),
    };

    /// <summary>Marks the lines that are meant; a text without commands gets the line that it stands for.</summary>
    private static CommandBlock Refuse(CommandBlock block, Func<DeskCommand, bool> isMeant, TranscriptMeaning meaning)
    {
        var error = new CommandError(meaning);
        var lines = block.Lines.Select(line => line.Command is { } command && isMeant(command) ? line with { Error = error } : line).ToImmutableArray();
        return block with { Lines = lines.Any(line => line.Error is not null) ? lines : lines.Add(new CommandLineRead("#reply", new DeskCommand.Reply(), error)) };
    }

    private static TranscriptMeaning MeaningOf(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Closed => TranscriptMeaning.Closed,
        RefusalReason.Rejected => TranscriptMeaning.Rejected,
        RefusalReason.Held => TranscriptMeaning.Held,
        RefusalReason.NotHeld => TranscriptMeaning.NotHeld,
        RefusalReason.PriorityForIncidentsOnly => TranscriptMeaning.PriorityForIncidentsOnly,
        RefusalReason.Completed => TranscriptMeaning.AlreadyCompleted,
        _ => throw new InvalidOperationException($"no words for {refusal.Reason}"),
    };

    /// <summary>What came after its deadline and before the timer: each miss has its letters (rule 4.2).</summary>
    private static bool IsOfMissed(DueLetter letter) => letter.Kind == LetterKind.DeadlineMissed;

    private static bool IsDone(DeskCommand command) => command is DeskCommand.Done;

    // Each of these leaves the list when it is carried out.
    private static bool IsUnbuilt(DeskCommand command) => command is DeskCommand.Wait or DeskCommand.Unsupported or DeskCommand.SetImpact
        or DeskCommand.SetUrgency or DeskCommand.SetService or DeskCommand.Split or DeskCommand.Merge or DeskCommand.Link or DeskCommand.Phone
        or DeskCommand.From or DeskCommand.Accept or DeskCommand.Reject or DeskCommand.MakeComplaint or DeskCommand.MakeRequest
        or DeskCommand.Promise or DeskCommand.Dry;
}
