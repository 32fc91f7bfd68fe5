using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// <c>#from</c> in answer to the transcript of a request that an engineer brought: it was registered in the wrong person's name. Only while nobody
/// has been told more than that it is registered; whoever wrote to the desk themselves stays the requester of what they wrote.
/// </summary>
public sealed class RequesterCorrection(SenderPolicy senders, CommandParser parser, BroughtWords words, RequestReader reader, Participants participants, LetterDesk letters)
{
    /// <returns>What is wrong; null where nothing is.</returns>
    public async Task<CommandError?> CheckAsync(IntakeWork work, TicketRow row, DeskCommand.From command, CancellationToken cancellationToken)
    {
        if (row.Origin is not (RequestOrigin.Phone or RequestOrigin.Forwarded)) return new CommandError(TranscriptMeaning.NotBrought);
        return senders.PersonOf(command.Person.Address) switch
        {
            Speaker.ClientPerson { IsServed: false } => new CommandError(TranscriptMeaning.NotInForce),
            not Speaker.ClientPerson => new CommandError(TranscriptMeaning.UnknownPerson, parser.NearestPerson(command.Person.Address) is { } nearest ? $"#from {nearest}" : null),
            var person when person.Address.Equals(row.RequesterAddress, StringComparison.OrdinalIgnoreCase) => new CommandError(TranscriptMeaning.AlreadySo),
            _ => await HasBeenWrittenToAsync(work, row, cancellationToken) ? new CommandError(TranscriptMeaning.TooLate) : null,
        };
    }

    /// <summary>Puts the request in the right name, before the letters of the decision are written.</summary>
    public async Task WriteAsync(IntakeWork work, Engineer engineer, TicketRow row, DeskCommand.From command, IReadOnlyList<DueLetter> due, CancellationToken cancellationToken)
    {
        if (senders.PersonOf(command.Person.Address) is not Speaker.ClientPerson person) return;
        var brought = await ReadAgainAsync(work, row, cancellationToken);
        var facts = brought is null ? null : reader.Read(brought.Words, person.Client);
        if (!string.Equals(row.Client, person.Client.Name, StringComparison.Ordinal))
        {
            row.Participants.Clear();
            row.Service = facts?.Service;
        }

        row.Client = person.Client.Name;
        row.RequesterAddress = person.Address;
        row.RequesterName = person.Person.Name;
        row.RequesterListed = true;
        row.Language = person.Person.Language;
        row.Participants.RemoveAll(p => p.Address.Equals(person.Address, StringComparison.OrdinalIgnoreCase));
        participants.Add(row, brought?.Forwarded?.Recipients ?? []);
        letters.Write(
            work.Db,
            row,
            due,
            new LetterMatter
            {
                Cause = work.Mail,
                Request = brought?.Words,
                Words = row.Origin is RequestOrigin.Phone ? brought?.Words.Text : null,
                Missing = facts?.Missing ?? [],
                BroughtBy = engineer,
            },
            work.Now);
    }

    private static Task<bool> HasBeenWrittenToAsync(IntakeWork work, TicketRow row, CancellationToken cancellationToken) =>
        work.Db.Letters.AnyAsync(
            l => l.TicketId == row.Id && l.Role == LetterRole.Client
                && l.Kind != LetterKind.Registered && l.Kind != LetterKind.ComplaintRegistered && l.Kind != LetterKind.NotAuthorised,
            cancellationToken);

    /// <summary>What the request was registered from.</summary>
    private async Task<Brought?> ReadAgainAsync(IntakeWork work, TicketRow row, CancellationToken cancellationToken)
    {
        var content = await work.Db.Events
            .Where(e => e.TicketId == row.Id && e.Kind == TicketEventKind.Registered)
            .Select(e => e.Mail!.Content)
            .FirstOrDefaultAsync(cancellationToken);
        return content is null ? null : words.Of(MimeParser.Parse(Compression.Decompress(content.Compressed)));
    }
}
