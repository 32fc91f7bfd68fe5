using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>What becomes of an engineer's commands, line by line (MAIL.md §6).</summary>
public sealed partial class LetterDesk
{
    /// <summary>Tells an engineer what became of the commands (MAIL.md §6).</summary>
    /// <param name="ticket">Null when the mail belongs to no request.</param>
    /// <param name="meanwhile">What others have done in it since the letter that the engineer answers.</param>
    public void WriteTranscript(IntakeWork work, Speaker.Staff staff, TicketRow? ticket, CommandBlock block, IReadOnlyList<Happening> meanwhile)
    {
        var reader = ReaderOf(staff.Engineer) with { Address = new MailboxAddress(staff.Engineer.Name, staff.Address) };
        var letter = Blank(LetterKind.Transcript, ticket, reader, work.Mail.Mailbox.Address, work.Now) with
        {
            Subject = ticket?.Subject ?? work.Mail.Message.Subject,
            Ticket = ticket is null ? null : FactsOf(ticket),
            InReplyTo = work.Mail.Message.MessageId,
            References = work.Mail.Message.MessageId is { } id ? [.. work.Mail.Message.References.TakeLast(10), id] : [],
            Words = block.Text.Length > 0 && (!block.IsValid || block.IsDry) ? block.Text : null,
            Transcript = [.. block.Lines.Select(line => LineOf(line, block.IsValid && !block.IsDry))],
            Dry = block.IsDry,
            Meanwhile = meanwhile,
            ShowsFacts = ticket is not null && (meanwhile.Count > 0 || block.Lines.Any(line => line.Error is { Meaning: var meaning } && IsOfState(meaning))),
            Help = block.Commands.Any(command => command is DeskCommand.Help),
        };
        Add(work.Db, ticket, letter, work.Now);
    }

    /// <summary>Refused because of how the request stands: the engineer is shown how.</summary>
    private static bool IsOfState(TranscriptMeaning meaning) => meaning is TranscriptMeaning.Closed or TranscriptMeaning.Rejected or TranscriptMeaning.Held
        or TranscriptMeaning.NotHeld or TranscriptMeaning.AlreadyCompleted or TranscriptMeaning.AlreadySo or TranscriptMeaning.TooLate;

    private static TranscriptLine LineOf(CommandLineRead line, bool done) => line switch
    {
        { Error: { } error } => new TranscriptLine(line.Line, error.Meaning, error.Suggestion, Detail: error.Detail),
        _ when !done => new TranscriptLine(line.Line, TranscriptMeaning.Valid),
        { Done: { } outcome } => new TranscriptLine(line.Line, outcome.Meaning, Detail: outcome.Detail),
        _ => new TranscriptLine(line.Line, line.Command switch
        {
            DeskCommand.Take => TranscriptMeaning.Taken,
            DeskCommand.Assign => TranscriptMeaning.Assigned,
            DeskCommand.Reply => TranscriptMeaning.Sent,
            DeskCommand.Ask => TranscriptMeaning.Asked,
            DeskCommand.Note => TranscriptMeaning.Noted,
            DeskCommand.Done => TranscriptMeaning.Completed,
            DeskCommand.SetPriority => TranscriptMeaning.PriorityChanged,
            DeskCommand.SetCategory => TranscriptMeaning.CategoryChanged,
            DeskCommand.Help => TranscriptMeaning.HelpSent,
            DeskCommand.Wait => TranscriptMeaning.Waiting,
            DeskCommand.Unsupported => TranscriptMeaning.Unsupported,
            DeskCommand.SetImpact or DeskCommand.SetUrgency => TranscriptMeaning.SeverityChanged,
            DeskCommand.SetService => TranscriptMeaning.ServiceNamed,
            DeskCommand.Split => TranscriptMeaning.Split,
            DeskCommand.Merge => TranscriptMeaning.Merged,
            DeskCommand.Link => TranscriptMeaning.Linked,
            DeskCommand.Phone or DeskCommand.From => TranscriptMeaning.Registered,
            DeskCommand.Accept => TranscriptMeaning.Accepted,
            DeskCommand.Reject => TranscriptMeaning.Dropped,
            DeskCommand.MakeComplaint => TranscriptMeaning.MadeComplaint,
            DeskCommand.MakeRequest => TranscriptMeaning.MadeRequest,
            DeskCommand.Promise => TranscriptMeaning.Promised,
            DeskCommand.History or DeskCommand.List or DeskCommand.Search or DeskCommand.Report => TranscriptMeaning.AnswerMailed,
            DeskCommand.Dry => TranscriptMeaning.Valid,
            DeskCommand.Forward => TranscriptMeaning.RegisteredFromForward,
            _ => throw new InvalidOperationException($"no words for {line.Command}"),
        }),
    };
}
