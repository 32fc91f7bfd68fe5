using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
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
public sealed partial class EngineerMail(
    CommandParser parser, SupportPolicy policy, ThreadMatcher matcher, LetterDesk letters, Meanwhile meanwhile, BroughtWords words, BroughtRequests brought,
    RelatedRequests related, RequestSplitter splitter, RequesterCorrection correction, DeskDirectory directory, ComplaintManager complaintManager,
    SeriesMove move, PlannedWork plannedWork, HeldMail held, DeskQuestions questions, TeamRouter teams, FirstWords firstWords)
{
    public async Task HandleAsync(IntakeWork work, Speaker.Staff staff, TicketRow? ticket, CancellationToken cancellationToken)
    {
        var block = parser.Parse(work.Mail.Text.NewText);
        if (block.IsValid && ticket is null && await brought.HandleAsync(work, staff.Engineer, block, cancellationToken) is { } registered)
        {
            letters.WriteTranscript(work, staff, work.Record.Ticket, registered, []);
            return;
        }

        var doings = ticket is null ? Doings.None : await meanwhile.ReadAsync(work, staff.Engineer, ticket, cancellationToken);
        if (block.IsValid) block = CheckSituation(block, work.Mail, ticket);
        if (block.IsValid && await LacksSolutionAsync(block, work, ticket, cancellationToken)) block = block.Refuse(IsDone, TranscriptMeaning.TextMissing);
        if (block.IsValid) block = await questions.CheckAsync(block, work, ticket, cancellationToken);
        if (block.IsValid && ticket is not null && block.Commands.Any(HeldMail.IsMeant))
        {
            block = await held.CarryOutAsync(work, staff.Engineer, ticket, block, cancellationToken);
        }
        else if (block.IsValid && ticket is not null && (block.Lines.Count == 0 || !block.Commands.All(command => command.IsQuestion)))
        {
            block = CheckService(block, ticket);
            if (block.IsValid) block = await CarryOutAsync(work, staff.Engineer, ticket, block, cancellationToken);
        }

        await questions.AnswerAsync(block, work, staff, ticket, cancellationToken);

        // A plain reply has gone where replies go; nobody needs a letter about it, unless a colleague has been at work meanwhile.
        if (block.Lines.Count == 0 && doings.ByColleagues) block = block with { Lines = [new CommandLineRead("#reply", new DeskCommand.Reply())] };
        if (block.Lines.Count > 0) letters.WriteTranscript(work, staff, ticket, block, doings.All);
    }

    private CommandBlock CheckSituation(CommandBlock block, IncomingMail mail, TicketRow? ticket)
    {
        if (ticket is null)
        {
            return block.Lines.Count > 0 && block.Commands.All(NeedsNoRequest)
                ? block
                : block.Refuse(command => !NeedsNoRequest(command), TranscriptMeaning.NoRequest, "#help");
        }

        if (block.Commands.Any(command => command is DeskCommand.Phone)) return block.Refuse(command => command is DeskCommand.Phone, TranscriptMeaning.NewMailOnly);
        if (block.Commands.Count(IsMove) > 1) return block.Refuse(IsMove, TranscriptMeaning.Contradiction);

        // Text that holds the quotation of our own letter, or may hold it, must not reach a client; nor what was forwarded, unless it is said to.
        var told = WordsOf(block);
        if (told.Length == 0 || block.Commands.Any(command => command is DeskCommand.Note)) return block;
        return (mail.Text.Uncertain && block.Text.Length > 0) || QuotesOurLetter(told)
            || (!block.Commands.Any(command => command.UsesText) && words.FindForwarded(mail.Message, mail.Text.Body) is not null)
            ? block.Refuse(command => command.UsesText, TranscriptMeaning.TextUncertain)
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

    private async Task<CommandBlock> CarryOutAsync(IntakeWork work, Engineer engineer, TicketRow row, CommandBlock block, CancellationToken cancellationToken)
    {
        (block, var ties) = await related.ResolveAsync(work, engineer, row, block, cancellationToken);
        var from = block.Commands.OfType<DeskCommand.From>().LastOrDefault();
        if (from is not null && await correction.CheckAsync(work, row, from, cancellationToken) is { } wrong) block = block.Refuse(c => c == from, wrong);
        CommandError? error = null;
        var parts = block.Commands.Any(IsSplit) ? RequestSplitter.Parts(block.Text, out error) : [];
        if (error is not null) block = block.Refuse(IsSplit, error);
        if (!block.IsValid) return block;

        var state = row.ToTicket();
        var before = state.Priority;
        List<TicketEvent> events = [];
        List<DueLetter> due = [];
        List<Deadline> missed = [];
        foreach (var command in InOrder(block))
        {
            switch (TicketDecider.Decide(state, ActionOf(command, engineer.Address, row, block), policy, work.Now))
            {
                case Refusal refusal:
                    return block.Refuse(c => c == command || (IsSeverity(c) && IsSeverity(command)), MeaningOf(refusal, command, work.Now), SuggestionFor(refusal, work.Now));
                case TicketDecision decision:
                    missed.AddRange(state.Deadlines.Where(deadline => decision.Events.Contains(new TicketEvent(TicketEventKind.DeadlineMissed, To: $"{deadline.Kind}"))));
                    state = decision.Ticket;
                    events.AddRange(decision.Events);
                    due.AddRange(decision.Letters);
                    break;
            }
        }

        var pieces = await splitter.DecideAsync(work, engineer, row, parts, cancellationToken);
        if (block.IsDry) return block;

        if (pieces.Count > 0)
        {
            var written = string.Join(", ", splitter.Write(work, pieces).Select(related.Display));
            events = events.ConvertAll(e => e.Kind == TicketEventKind.SplitOff ? e with { To = written } : e);
            block = block.Tell(IsSplit, TranscriptMeaning.Split, written);
        }

        await related.WriteAsync(work, engineer, row, ties, cancellationToken);
        var matter = new LetterMatter
        {
            Cause = work.Mail,
            Author = engineer,
            Words = WordsOf(block),
            OldPriority = before,
            Reason = block.Commands.OfType<DeskCommand.SetPriority>().LastOrDefault()?.Reason,
            Other = row.MergedInto,
            DeliveredBy = block.Commands.OfType<DeskCommand.Done>().LastOrDefault()?.DeliveredBy,
        };
        Classify(row, state, block);
        var rerouted = block.Commands.Any(IsOfRoute) ? teams.Reroute(row, state) : null;
        if (rerouted is not null) events.Add(rerouted);
        if (state.Kind != row.Kind) matter = await move.MoveAsync(work, row, matter, cancellationToken);
        TicketLedger.Write(work.Db, row, new TicketDecision(state, [.. events], [.. due]), engineer.Address, work.Now, work.Record);
        if (from is not null)
        {
            await correction.WriteAsync(work, engineer, row, from, [.. due.Where(IsOfCorrection)], cancellationToken);
            due.RemoveAll(IsOfCorrection);
            block = block.Tell(c => c == from, TranscriptMeaning.RequesterCorrected, $"{row.RequesterName} <{row.RequesterAddress}>, {row.Client}");
        }

        if (rerouted is not null && !due.Exists(IsOfCorrection) && from is null)
        {
            await letters.WriteReroutedAsync(work.Db, row, engineer, matter with { Request = await firstWords.ReadAsync(work.Db, row, cancellationToken), Author = null }, work.Now, cancellationToken);
        }

        foreach (var deadline in missed) letters.Write(work.Db, row, [.. due.Where(IsOfMissed).Distinct()], new LetterMatter { Deadline = deadline }, work.Now);
        letters.Write(work.Db, row, [.. due.Where(letter => !IsOfMissed(letter))], matter, work.Now);
        return block;
    }

    /// <summary>
    /// What uses the text comes last: "#done" above "#priority 2" means the same as below it. What decides which others are allowed comes
    /// first. Impact and urgency are one step of the matrix. Text that no command speaks of is an answer: that is what replying to a mail means.
    /// What ends the request comes behind all that.
    /// </summary>
    private static IEnumerable<DeskCommand> InOrder(CommandBlock block)
    {
        var commands = block.Text.Length > 0 && !block.Commands.Any(command => command.UsesText) ? block.Commands.Append(new DeskCommand.Reply()) : block.Commands;
        var ordered = commands
            .Where(command => !NeedsNoRequest(command))
            .Where(command => !block.Lines.Any(line => line.Command == command && line.Done is { Meaning: TranscriptMeaning.AlreadyLinked }))
            .OrderBy(command => command switch
            {
                DeskCommand.MakeComplaint or DeskCommand.MakeRequest => 0,
                DeskCommand.SetCategory => 1,
                DeskCommand.Merge => 4,
                { UsesText: true } => 3,
                _ => 2,
            })
            .ToList();
        var severity = ordered.FindLast(IsSeverity);
        return ordered.Where(command => !IsSeverity(command) || command == severity);
    }

    private TicketAction ActionOf(DeskCommand command, string engineer, TicketRow row, CommandBlock block) => command switch
    {
        DeskCommand.Take => new TicketAction.Take(engineer),
        DeskCommand.Assign assign => new TicketAction.Assign(engineer, assign.Assignee.Address),
        DeskCommand.Reply => new TicketAction.Answer(engineer),
        DeskCommand.Ask => new TicketAction.Ask(engineer),
        DeskCommand.Note => new TicketAction.Note(engineer),
        DeskCommand.Done done => new TicketAction.Complete(engineer, Outcome.Answered, done.DeliveredBy),
        DeskCommand.SetPriority set => new TicketAction.ChangePriority(engineer, set.Priority, set.Reason),
        DeskCommand.SetCategory set => new TicketAction.ChangeCategory(engineer, set.Category, set.StartsService),
        DeskCommand.Split => new TicketAction.Split(engineer, ""), // the numbers are given when the parts are written
        DeskCommand.Merge merge => new TicketAction.Merge(engineer, related.Display(merge.Into)),
        DeskCommand.Link link => new TicketAction.Link(engineer, related.Display(link.To)),
        DeskCommand.Wait => new TicketAction.WaitForThirdParty(engineer, WordsOf(block)),
        DeskCommand.Unsupported => new TicketAction.Complete(engineer, Outcome.NotSupported),
        DeskCommand.SetImpact or DeskCommand.SetUrgency => new TicketAction.ChangeSeverity(
            engineer,
            block.Commands.OfType<DeskCommand.SetImpact>().LastOrDefault()?.Impact,
            block.Commands.OfType<DeskCommand.SetUrgency>().LastOrDefault()?.Urgency),
        DeskCommand.SetService named => new TicketAction.NameService(engineer, row.Service, named.Name),
        DeskCommand.MakeComplaint => new TicketAction.ChangeKind(engineer, TicketKind.Complaint, complaintManager.Address),
        DeskCommand.MakeRequest => new TicketAction.ChangeKind(engineer, TicketKind.Request),
        DeskCommand.Promise promise => new TicketAction.Promise(engineer, MomentOf(promise)),
        DeskCommand.From from => new TicketAction.CorrectRequester(engineer, row.RequesterAddress, from.Person.Address),
        _ => throw new InvalidOperationException($"{command.GetType().Name} does nothing to a ticket"),
    };

    /// <summary>What came after its deadline and before the timer: each miss has its letters (rule 4.2).</summary>
    private static bool IsOfMissed(DueLetter letter) => letter.Kind == LetterKind.DeadlineMissed;

    /// <summary>Whoever it was registered for by mistake is told nothing; the letters go to the right person, with the words that it was registered from.</summary>
    private static bool IsOfCorrection(DueLetter letter) => letter.Kind is LetterKind.Registered or LetterKind.ComplaintRegistered or LetterKind.NewRequest;

    private static bool NeedsNoRequest(DeskCommand command) => command is DeskCommand.Dry or { IsQuestion: true };

    private static bool IsSplit(DeskCommand command) => command is DeskCommand.Split;

    private static bool IsDone(DeskCommand command) => command is DeskCommand.Done;
}
