using MailDesk.Domain;
using MailDesk.Worker.History;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Answers what clients ask of the desk by mail (MAIL.md §7): one letter, to the asker only, and nothing changes. Who is not served and may
/// not speak in the request is not answered here but as any stranger.
/// </summary>
public sealed class ClientQuestions(TicketHistory history, LetterDesk letters)
{
    /// <param name="ticket">The request that the mail belongs to and that its sender may speak in; null when there is none.</param>
    /// <returns>What the mail was, when it said nothing else; null when it is to be handled as any other.</returns>
    public async Task<MailKind?> AnswerAsync(IntakeWork work, Speaker speaker, TicketRow? ticket, CancellationToken cancellationToken)
    {
        if (ClientQuestion.Read(work.Mail) is not { } question) return null;
        var told = ticket is { State: not (TicketState.Held or TicketState.Rejected) } ? ticket : null;
        if (told is null && speaker is not Speaker.ClientPerson { IsServed: true }) return null;

        if (question.History && told is not null)
        {
            letters.WriteHistory(work, speaker, told, await history.CollectAsync(work.Db, told, ScopeOf(speaker, told), cancellationToken));
        }

        if (question.Help || told is null) letters.WriteHelp(work, speaker, told, historyAsked: question.History && told is null);
        if (!question.Alone) return null;
        work.Record.Ticket = told;
        return question.History ? MailKind.AsksHistory : MailKind.AsksHelp;
    }

    /// <summary>Whoever is not on the client's list now sees only what came to them: they may have been one letter's reader, and not the next one's.</summary>
    private static HistoryScope ScopeOf(Speaker speaker, TicketRow ticket) => new(
        speaker.Address,
        OwnOnly: !(speaker is Speaker.ClientPerson person && string.Equals(person.Client.Name, ticket.Client, StringComparison.Ordinal)));
}
