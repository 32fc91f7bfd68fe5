using MailDesk.Domain;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>What a client's mail in a request corrects (rules 3.1, 5.9; MAIL.md §7).</summary>
/// <param name="Service">Its name as the directory has it; null when the service stays what it is.</param>
/// <param name="Alone">The mail says nothing else.</param>
public sealed record Correction(Claim Claim, string? Service, bool Alone)
{
    /// <summary>
    /// Reads tags that were added to the subject and labelled lines of the new text. A service is believed when the client has it, or when
    /// the request has none yet: "Service: stopped" may stand in anybody's log.
    /// </summary>
    /// <returns>Null when nothing is corrected.</returns>
    public static Correction? Read(IncomingMail mail, TicketRow ticket, Client? client)
    {
        var claims = new Claims();
        ClaimReader.ReadAddedTags(mail.Message.Subject, ticket.Subject, claims);
        // Where the new text cannot be told from the quotation, the lines may be the desk's own.
        var text = mail.SaysNothing || mail.Text.Uncertain ? null : mail.Text.NewText;
        var rest = text is null ? null : ClaimReader.ReadLines(text, claims);
        var service = ServiceOf(claims.Service, ticket, client);
        if (!claims.Classify && service is null) return null;

        var understood = rest is not null && (claims.Service is null || service is not null);
        var alone = (mail.SaysNothing || (understood && ClientWordsReader.Read(rest!) is ClientWords.Empty or ClientWords.Thanks))
            && mail.Message.Attachments.Count == 0;
        return new Correction(new Claim(claims.Category, claims.StartsService, claims.Impact, claims.Urgency, claims.Priority), service, alone);
    }

    private static string? ServiceOf(string? named, TicketRow ticket, Client? client) =>
        named is null ? null
        : client?.Services.FirstOrDefault(service => string.Equals(Vocabulary.Normalise(service), Vocabulary.Normalise(named), StringComparison.Ordinal)) ?? (ticket.Service is null ? named : null);
}
