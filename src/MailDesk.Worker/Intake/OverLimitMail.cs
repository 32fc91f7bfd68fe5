using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// What becomes of mail over a limit (MAIL.md §1): recorded, put aside on the mail server, told to the engineers, and explained to its sender
/// where that is a person of a client or an engineer. Nobody else gets an answer: a forged address must not make the desk write to it.
/// </summary>
public sealed class OverLimitMail(ThreadMatcher matcher, LetterDesk letters)
{
    public void Handle(IntakeWork work, Speaker speaker, TicketRow? ticket, ExceededLimit limit, string? automatic)
    {
        var mayRead = speaker is Speaker.Staff || (ticket is not null && Participants.MaySpeakIn(ticket, speaker));
        var request = mayRead ? ticket : null;
        work.Record.Ticket = request;
        work.Record.Remark = automatic is null ? limit.ToString() : $"{limit}; {automatic}";
        letters.WriteOverLimit(work, speaker, request, matcher.BareSubject(work.Mail.Message.Subject), limit, isPerson: automatic is null);
    }
}
