using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Lets in what still waited in a request when that was closed (rules 5.7, 7.3): it becomes a new request that follows the closed one, in the
/// name of the writer's own client. A stranger's is held as any new mail of a stranger: accepting the words says nothing of who pays for them.
/// </summary>
public sealed class LateAdmission(DeskSettings settings, RequestReader reader, RequestRegistrar registrar, RecordedMail recorded, SenderPolicy senders)
{
    /// <param name="mails">Of one writer, in the order in which they came; at least one.</param>
    /// <returns>The number of the new request, as people write it.</returns>
    public async Task<string> RegisterAsync(IntakeWork work, Engineer engineer, TicketRow closed, List<MailRow> mails, CancellationToken cancellationToken)
    {
        var first = recorded.Read(mails[0]);
        var speaker = senders.PersonOf(mails[0].Sender ?? "");
        var person = speaker as Speaker.ClientPerson;
        var served = person is { IsServed: true };
        var words = RequestWords.Of(first);
        var draft = new RequestDraft
        {
            Requester = Requester.Of(speaker, first.Sender?.Name),
            Kind = closed.Kind,
            Words = words,
            Facts = reader.Read(words, person?.Client),
            RegisteredAt = work.Now, // what was held is registered when it is accepted
            Actor = speaker.Address,
            Others = served ? Participants.NamedIn(first.Message) : [],
            Thread = first.Message.MessageId is { } id ? [id] : [],
            Silent = !served, // they have been told that it waits
            Closed = closed,
        };
        var unit = work with { Mail = first, Record = mails[0] };
        if (await registrar.DecideAsync(unit, draft, cancellationToken) is not TicketDecision decision) throw new InvalidOperationException("mail is always registered (rule 5.10)");
        var ticket = registrar.Write(unit, draft, decision);
        foreach (var mail in mails)
        {
            mail.Ticket = ticket;
            if (served) (mail.Kind, mail.Remark) = (mail == mails[0] ? MailKind.NewRequest : MailKind.Reply, $"accepted by {engineer.Address}");
        }

        return ticket.FullNumber.Display(settings.Desk.NumberPrefix);
    }
}
