using System.Collections.Immutable;
using MailDesk.Domain;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Intake;

/// <summary>What becomes of the lines of an engineer's mail, written beside them.</summary>
internal static class Transcript
{
    /// <summary>Marks the lines that are meant; a text without commands gets the line that it stands for.</summary>
    public static CommandBlock Refuse(this CommandBlock block, Func<DeskCommand, bool> isMeant, CommandError error)
    {
        var lines = block.Lines.Select(line => line.Command is { } command && isMeant(command) ? line with { Error = error } : line).ToImmutableArray();
        return block with { Lines = lines.Any(line => line.Error is not null) ? lines : lines.Add(new CommandLineRead("#reply", new DeskCommand.Reply(), error)) };
    }

    public static CommandBlock Refuse(this CommandBlock block, Func<DeskCommand, bool> isMeant, TranscriptMeaning meaning, string? suggestion = null) =>
        block.Refuse(isMeant, new CommandError(meaning, suggestion));

    /// <summary>Says of the lines that are meant what they did.</summary>
    public static CommandBlock Tell(this CommandBlock block, Func<DeskCommand, bool> isMeant, TranscriptMeaning meaning, string? detail = null) =>
        block with { Lines = [.. block.Lines.Select(line => line.Command is { } command && isMeant(command) ? line with { Done = new CommandOutcome(meaning, detail) } : line)] };

    public static TranscriptMeaning MeaningOf(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.Closed => TranscriptMeaning.Closed,
        RefusalReason.Rejected => TranscriptMeaning.Rejected,
        RefusalReason.Held => TranscriptMeaning.Held,
        RefusalReason.NotHeld => TranscriptMeaning.NotHeld,
        RefusalReason.PriorityForIncidentsOnly => TranscriptMeaning.PriorityForIncidentsOnly,
        RefusalReason.Completed => TranscriptMeaning.AlreadyCompleted,
        RefusalReason.PhoneForCriticalOnly => TranscriptMeaning.PhoneForCriticalOnly,
        RefusalReason.NotServed => TranscriptMeaning.NotInForce,
        RefusalReason.WorkBegun => TranscriptMeaning.TooLate,
        RefusalReason.DateForPlannedOnly => TranscriptMeaning.DateForPlannedOnly,
        RefusalReason.DateOutOfRange => TranscriptMeaning.DateInPast,
        RefusalReason.NotForComplaints => TranscriptMeaning.NotForComplaints,
        RefusalReason.SameKind => TranscriptMeaning.AlreadySo,
        _ => throw new InvalidOperationException($"no words for {refusal.Reason}"),
    };
}
