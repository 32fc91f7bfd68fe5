using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>The words that a request was registered with, whichever way it came: an engineer who meets it later reads what was asked.</summary>
public sealed class FirstWords(BroughtWords brought, CommandParser parser, ThreadMatcher matcher)
{
    /// <returns>Null where its mail was not kept.</returns>
    public async Task<RequestWords?> ReadAsync(DeskContext db, TicketRow row, CancellationToken cancellationToken)
    {
        var content = await db.Events
            .Where(e => e.TicketId == row.Id && e.Kind == TicketEventKind.Registered)
            .OrderBy(e => e.Id)
            .Select(e => e.Mail!.Content)
            .FirstOrDefaultAsync(cancellationToken);
        if (content is null) return null;

        var message = MimeParser.Parse(Compression.Decompress(content.Compressed));
        var text = MessageText.Of(message, LetterComposer.Markers).NewText;
        return row.Origin switch
        {
            RequestOrigin.Phone or RequestOrigin.Forwarded => brought.Of(message)?.Words,
            RequestOrigin.Split => PartOf(row, message, text),
            _ => null,
        }
        ?? new RequestWords(message.Subject, text, message);
    }

    /// <summary>An engineer's mail made several requests: only the words of this one.</summary>
    private RequestWords PartOf(TicketRow row, MailMessage message, string text)
    {
        var part = RequestSplitter.Parts(parser.Parse(text).Text, out _).FirstOrDefault(part => string.Equals(matcher.BareSubject(part.Subject), row.Subject, StringComparison.Ordinal));
        return new RequestWords(row.Subject, part.Text ?? row.Subject, message);
    }
}
