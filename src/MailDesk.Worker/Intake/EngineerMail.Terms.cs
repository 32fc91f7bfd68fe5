using System.Globalization;
using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>What the commands for terms, severity and services need beside the rules (rules 4.1, 5.8, 6.2, 6.7, 8.3, 8.4).</summary>
public sealed partial class EngineerMail
{
    /// <summary>What the client reads: the words of the command's own line, then the text below.</summary>
    private static string WordsOf(CommandBlock block) => string.Join(
        "\n\n",
        block.Commands.Select(command => command switch { DeskCommand.Wait wait => wait.Reason, DeskCommand.Promise promise => promise.Words, _ => null })
            .Append(block.Text)
            .Where(words => !string.IsNullOrEmpty(words)));

    /// <summary>The service as the directory writes it, where it lists the client's; else as the engineer does.</summary>
    private CommandBlock CheckService(CommandBlock block, TicketRow row)
    {
        var services = (row.Client is { } name ? directory.FindClient(name)?.Services : null) ?? [];
        if (services.Count == 0) return block;
        return block with
        {
            Lines = [.. block.Lines.Select(line => line.Command is not DeskCommand.SetService named ? line
                : services.FirstOrDefault(service => Vocabulary.Normalise(service).Equals(Vocabulary.Normalise(named.Name), StringComparison.Ordinal)) is { } known
                    ? line with { Command = new DeskCommand.SetService(known) }
                    : line with { Error = new CommandError(TranscriptMeaning.UnknownService, $"#service {Spelling.Nearest(named.Name, services) ?? services[0]}") })],
        };
    }

    /// <summary>What is kept beside the rules' ticket: with another service or category an incident may fall into planned work, or not any more.</summary>
    private void Classify(TicketRow row, Ticket state, CommandBlock block)
    {
        if (!block.Commands.Any(command => command is DeskCommand.SetService or DeskCommand.SetCategory || IsMove(command))) return;
        row.Service = block.Commands.OfType<DeskCommand.SetService>().LastOrDefault()?.Name ?? row.Service;
        row.DuringPlannedWork = state is { Kind: TicketKind.Request, Category: Category.Incident } && plannedWork.Find(row.Service, state.RegisteredAt) is not null;
    }

    private DateTimeOffset MomentOf(DeskCommand.Promise promise) =>
        promise.Time is { } time ? policy.StandardTime.At(promise.Day, time) : policy.StandardTime.EndOf(promise.Day);

    private TranscriptMeaning MeaningOf(Refusal refusal, DeskCommand command, DateTimeOffset now) =>
        refusal.Reason is RefusalReason.DateOutOfRange && command is DeskCommand.Promise promise && MomentOf(promise) > now
            ? TranscriptMeaning.DateTooFar
            : Transcript.MeaningOf(refusal);

    /// <summary>A date that could be promised.</summary>
    private string? SuggestionFor(Refusal refusal, DateTimeOffset now) => refusal.Reason is not RefusalReason.DateOutOfRange ? null
        : string.Create(CultureInfo.InvariantCulture, $"#due {policy.StandardTime.NextWorkingDay(policy.StandardTime.DayOf(now)):yyyy-MM-dd} …");

    private static bool IsSeverity(DeskCommand command) => command is DeskCommand.SetImpact or DeskCommand.SetUrgency;

    private static bool IsOfRoute(DeskCommand command) => command is DeskCommand.SetService or DeskCommand.SetCategory;

    private static bool IsMove(DeskCommand command) => command is DeskCommand.MakeComplaint or DeskCommand.MakeRequest;
}
