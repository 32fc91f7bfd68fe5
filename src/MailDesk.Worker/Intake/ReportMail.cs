using MailDesk.Mail.Reports;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// What delivery reports do (MAIL.md §1.3): a letter that will never arrive is marked, and whom it concerns is told, once a letter. Reports are
/// never answered and never make a request.
/// </summary>
public sealed partial class ReportMail(DeskDirectory directory, LetterDesk letters, ILogger<ReportMail> log)
{
    public async Task HandleAsync(IntakeWork work, DeliveryReport report, CancellationToken cancellationToken)
    {
        if (report.OriginalMessageId is not { } id) return;
        var letter = await work.Db.Letters.Include(l => l.Ticket).ThenInclude(t => t!.Participants).Include(l => l.Content)
            .FirstOrDefaultAsync(l => l.MessageId == id, cancellationToken);
        if (letter is null) return;

        work.Record.Ticket = letter.Ticket;
        var concerned = report.Recipients.Where(recipient => Concerns(recipient, letter)).ToList();
        if (concerned.Find(recipient => recipient.IsPermanent) is not { } failed)
        {
            work.Record.Remark = concerned is [var first, ..] ? $"{first.Action} {first.Status} {first.Diagnostic}".Trim() : "about somebody else, or nobody";
            return;
        }

        var words = $"{failed.Status} {failed.Diagnostic}".Trim();
        work.Record.Remark = $"undelivered: {words}";
        if (letter.State == LetterState.GivenUp) return; // told before
        letter.State = LetterState.GivenUp;
        letter.NextAttemptAt = null;
        letter.LastReply = words;
        LogUndelivered(work.Mail.Id, letter.MessageId, letter.Recipient, words);
        if (letters.WriteUndelivered(work.Db, letter, words.Length > 0 ? words : null, work.Now) == 0) LogNobodyTold(work.Mail.Id, letter.MessageId, letter.Kind);
    }

    /// <summary>
    /// The letter's own recipient; or an address that the desk does not know, to which somebody's server has forwarded the letter: the Message-ID
    /// says which letter it was. Somebody else whom the desk does know had no such letter.
    /// </summary>
    private bool Concerns(RecipientReport recipient, LetterRow letter)
    {
        if (recipient.Address.Equals(letter.Recipient, StringComparison.OrdinalIgnoreCase)) return true;
        return directory.FindPerson(recipient.Address) is null
            && directory.FindEngineer(recipient.Address) is null
            && (letter.Ticket is not { } ticket
                || (!recipient.Address.Equals(ticket.RequesterAddress, StringComparison.OrdinalIgnoreCase)
                    && !ticket.Participants.Exists(p => p.Address.Equals(recipient.Address, StringComparison.OrdinalIgnoreCase))));
    }

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "{Mail}: letter {MessageId} to {Recipient} was not delivered: {Reply}")]
    private partial void LogUndelivered(string mail, string messageId, string recipient, string reply);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "{Mail}: nobody is told that letter {MessageId} ({Kind}) was not delivered: nobody is left who could be")]
    private partial void LogNobodyTold(string mail, string messageId, Domain.LetterKind kind);
}
