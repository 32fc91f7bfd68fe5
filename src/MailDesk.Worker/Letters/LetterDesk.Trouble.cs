using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Intake;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>Letters about what went wrong with a mail or with a letter (MAIL.md §1, §9).</summary>
public sealed partial class LetterDesk
{
    /// <summary>Words of a stranger or a server in a letter: no longer than this.</summary>
    private const int LongestWords = 300;

    /// <summary>Tells the sender why the mail was not processed, where it is a person whom the desk knows, and the engineers in any case.</summary>
    /// <param name="ticket">The request that the mail belongs to; null when none, or when its sender may not speak there.</param>
    /// <param name="subject">The mail's own, without tags and reply prefixes.</param>
    /// <param name="isPerson">False for what a program sent: nobody reads an explanation.</param>
    public void WriteOverLimit(IntakeWork work, Speaker speaker, TicketRow? ticket, string subject, ExceededLimit limit, bool isPerson)
    {
        var reader = !isPerson ? null : speaker switch
        {
            Speaker.Staff staff => ReaderOf(staff.Engineer) with { Address = new MailboxAddress(staff.Engineer.Name, staff.Address) },
            Speaker.ClientPerson client => new Reader(new MailboxAddress(client.Person.Name, client.Address), LetterRole.Client, client.Person.Language, client.Client.TimeZone),
            _ => null,
        };
        var trouble = TroubleOf(work.Mail) with { Limit = limit, SenderTold = reader is not null };
        if (reader is not null)
        {
            var explanation = Blank(LetterKind.TooLarge, ticket, reader, work.Mail.Mailbox.Address, work.Now) with
            {
                Subject = HeaderWords.Of(subject, LongestWords),
                Ticket = ticket is null ? null : FactsOf(ticket),
                InReplyTo = work.Mail.Message.MessageId,
                References = work.Mail.Message.MessageId is { } id ? [id] : [],
                Trouble = trouble,
            };
            Add(work.Db, ticket, explanation, work.Now);
        }

        // Who wrote it knows already.
        var sender = (speaker as Speaker.Staff)?.Engineer;
        foreach (var engineer in (ticket is null ? _engineers.Everybody() : _engineers.Of(ticket)).Where(engineer => engineer != sender))
        {
            Add(work.Db, ticket, Notice(LetterKind.OverLimit, ticket, engineer, work.Mail.Mailbox.Address, trouble, work.Now), work.Now);
        }
    }

    /// <summary>Tells the managers that a mail was put aside.</summary>
    public void WriteUnprocessable(DeskContext db, string mailbox, Trouble trouble, DateTimeOffset now)
    {
        foreach (var manager in Responsible()) Add(db, null, Notice(LetterKind.Unprocessable, null, manager, mailbox, trouble, now), now);
    }

    /// <summary>
    /// Tells whom it concerns that a letter will never arrive: the engineers of the request; the managers where the letter was to an
    /// engineer, who would not get this one either, or belongs to no request. Of such a notice that does not arrive nobody is told: that would
    /// never end.
    /// </summary>
    /// <param name="letter">With its request and content.</param>
    /// <param name="words">The server's.</param>
    /// <returns>How many are told; none is for the log.</returns>
    public int WriteUndelivered(DeskContext db, LetterRow letter, string? words, DateTimeOffset now)
    {
        if (letter.Kind == LetterKind.Undelivered) return 0;
        var toStaff = letter.Role == LetterRole.Engineer;
        var lost = directory.FindEngineer(letter.Recipient);
        var readers = (toStaff || letter.Ticket is null ? Responsible() : _engineers.Of(letter.Ticket))
            .Where(engineer => engineer != lost && !engineer.Address.Equals(letter.Recipient, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var trouble = new Trouble
        {
            Recipient = letter.Recipient,
            Subject = SubjectOf(letter),
            At = letter.CreatedAt,
            Error = words is null ? null : HeaderWords.Of(words, LongestWords),
            ToStaff = toStaff,
        };
        foreach (var engineer in readers) Add(db, letter.Ticket, Notice(LetterKind.Undelivered, letter.Ticket, engineer, letter.Sender, trouble, now), now);
        return readers.Count;
    }

    /// <summary>What a mail says of itself, and where it lies once it is put aside.</summary>
    public static Trouble TroubleOf(IncomingMail mail) => new()
    {
        Sender = mail.Sender is { } sender ? HeaderWords.Of(sender.ToString(), LongestWords) : null,
        Subject = HeaderWords.Of(mail.Message.Subject, LongestWords),
        MessageId = mail.Message.MessageId is { } id ? HeaderWords.Of(id, LongestWords) : null,
        At = mail.ReceivedAt,
        Folder = mail.Mailbox.FailedFolder,
        Mailbox = mail.Mailbox.Address,
        MailId = mail.Id,
    };

    private Letter Notice(LetterKind kind, TicketRow? ticket, Engineer engineer, string mailbox, Trouble trouble, DateTimeOffset now) =>
        Blank(kind, ticket, ReaderOf(engineer), mailbox, now) with
        {
            Subject = ticket?.Subject ?? "",
            Ticket = ticket is null ? null : FactsOf(ticket),
            References = ticket is null ? [] : [ThreadRoot(ticket)],
            Trouble = trouble,
        };

    private IEnumerable<Engineer> Responsible() => directory.Managers.Any() ? directory.Managers : directory.Engineers;

    private static string? SubjectOf(LetterRow letter) =>
        letter.Content is { } content ? HeaderWords.Of(MimeParser.Parse(Compression.Decompress(content.Compressed)).Subject, LongestWords) : null;
}
