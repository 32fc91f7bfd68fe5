using System.Security.Cryptography;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>
/// Turns the letters that a decision asks for into rows of the outbox, inside the unit of work of the decision: who gets them, in which
/// language and zone, with which tokens. Composed here and now, so that every attempt sends the same bytes.
/// </summary>
public sealed partial class LetterDesk(
    LetterComposer composer, LetterTokens tokens, DeskDirectory directory, DeskSettings settings, SupportPolicy policy, RandomNumberGenerator random)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Desk.TimeZone);

    /// <summary>A person who gets a letter.</summary>
    private sealed record Reader(MailboxAddress Address, LetterRole Role, string Language, TimeZoneInfo Zone);

    /// <summary>Writes the letters of a decision on a request.</summary>
    public void Write(DeskContext db, TicketRow ticket, IReadOnlyList<DueLetter> due, LetterMatter matter, DateTimeOffset now)
    {
        foreach (var letter in due)
        {
            foreach (var reader in ReadersOf(letter, ticket)) Add(db, ticket, About(letter.Kind, ticket, reader, matter, now), now);
        }
    }

    /// <summary>Tells an engineer what became of the commands (MAIL.md §6).</summary>
    /// <param name="ticket">Null when the mail belongs to no request.</param>
    public void WriteTranscript(IntakeWork work, Speaker.Staff staff, TicketRow? ticket, CommandBlock block)
    {
        var reader = ReaderOf(staff.Engineer) with { Address = new MailboxAddress(staff.Engineer.Name, staff.Address) };
        var letter = Blank(LetterKind.Transcript, ticket, reader, work.Mail.Mailbox.Address, work.Now) with
        {
            Subject = ticket?.Subject ?? work.Mail.Message.Subject,
            Ticket = ticket is null ? null : FactsOf(ticket),
            InReplyTo = work.Mail.Message.MessageId,
            References = work.Mail.Message.MessageId is { } id ? [.. work.Mail.Message.References.TakeLast(10), id] : [],
            Words = block.Text.Length > 0 && !block.IsValid ? block.Text : null,
            Transcript = [.. block.Lines.Select(line => LineOf(line, block.IsValid))],
            Help = block.Commands.Any(command => command is DeskCommand.Help),
        };
        Add(work.Db, ticket, letter, work.Now);
    }

    private Letter About(LetterKind kind, TicketRow ticket, Reader reader, LetterMatter matter, DateTimeOffset now)
    {
        var words = reader.Role == LetterRole.Engineer ? WordsForEngineers(kind, matter) : matter.Words;
        return Blank(kind, ticket, reader, ticket.Mailbox, now) with
        {
            From = Sender(ticket.Mailbox, reader.Language, reader.Role == LetterRole.Client ? matter.Author : null),
            Subject = ticket.Subject,
            Ticket = FactsOf(ticket),
            InReplyTo = reader.Role == LetterRole.Client && ticket.Thread is [.., var last] ? last : null,
            References = reader.Role == LetterRole.Client ? ticket.Thread : [ThreadRoot(ticket)],
            Words = words,
            Author = matter.Author?.Name ?? (reader.Role == LetterRole.Engineer && matter.Cause?.Sender is { } sender ? NameOf(sender) : null),
            Attachments = CarriesAttachments(kind) && matter.Cause is { } cause ? AttachmentsOf(cause) : [],
            Missing = matter.Missing,
            ClaimedPriority = matter.ClaimedPriority,
            StartsOnDay = ticket.StartsService ? StartDay(ticket) : null,
            ClosedNumber = ticket.Follows is { } closed ? new TicketNumber(ticket.Kind, closed).Display(settings.Desk.NumberPrefix) : null,
            OldPriority = matter.OldPriority,
            Reason = matter.Reason,
            DeliveredBy = matter.DeliveredBy,
            ClosingReason = ticket.ClosingReason,
            HeldReason = matter.HeldReason,
            Deadline = matter.Deadline,
            ActionsDone = [.. matter.Done.SelectMany(ActionsOf)],
        };
    }

    /// <summary>What every letter has: its reader, its tokens and its names.</summary>
    private Letter Blank(LetterKind kind, TicketRow? ticket, Reader reader, string mailbox, DateTimeOffset now)
    {
        var number = ticket is null ? (TicketNumber?)null : new TicketNumber(ticket.Kind, ticket.Number);
        var token = number is { } of ? tokens.Issue(of, reader.Role, reader.Address.Address) : null;
        var unique = LetterTokens.Unique(random);
        var tag = number?.Display(settings.Desk.NumberPrefix);
        return new Letter
        {
            Kind = kind,
            Language = reader.Language,
            Role = reader.Role,
            From = Sender(mailbox, reader.Language),
            To = reader.Address,
            ReplyTo = Sender(token is not null && settings.Security.SubAddressing ? mailbox.Replace("@", $"+{token}@", StringComparison.Ordinal) : mailbox, reader.Language),
            MessageId = token is null ? $"{unique}@{settings.Desk.Domain}" : tokens.MessageId(token, unique, settings.Desk.Domain),
            Date = now,
            TimeZone = reader.Zone,
            Tag = tag,
            TextToken = token is null ? null : $"{tag}·{token}",
            Marker = tokens.Marker(unique),
        };
    }

    private static void Add(DeskContext db, TicketRow? ticket, LetterRow row)
    {
        db.Letters.Add(row);
        // What only one reader asked for is no part of the conversation.
        if (ticket is not null && row.Role == LetterRole.Client && row.Kind is not (LetterKind.History or LetterKind.Help)) ticket.Thread = ReferenceChain.Append(ticket.Thread, row.MessageId);
    }

    private void Add(DeskContext db, TicketRow? ticket, Letter letter, DateTimeOffset now) => Add(db, ticket, new LetterRow
    {
        Ticket = ticket,
        Kind = letter.Kind,
        Role = letter.Role,
        Sender = letter.From.Address,
        Recipient = letter.To.Address,
        MessageId = letter.MessageId,
        CreatedAt = now,
        NextAttemptAt = now,
        Content = new LetterContentRow { Compressed = Compression.Compress(composer.Compose(letter)) },
    });

    private IEnumerable<Reader> ReadersOf(DueLetter letter, TicketRow ticket) => letter.Audience switch
    {
        Audience.Client => ClientReaders(letter.Kind, ticket),
        Audience.Managers => directory.Managers.Select(ReaderOf),
        _ => Engineers(ticket).Select(ReaderOf),
    };

    /// <summary>Each reader gets a letter of their own: a token is bound to one address (MAIL.md §3).</summary>
    private IEnumerable<Reader> ClientReaders(LetterKind kind, TicketRow ticket)
    {
        yield return ReaderOf(ticket, new MailboxAddress(ticket.RequesterName, ticket.RequesterAddress));
        if (kind == LetterKind.NotAuthorised) yield break;
        foreach (var participant in ticket.Participants) yield return ReaderOf(ticket, new MailboxAddress(participant.Name, participant.Address));
    }

    private Reader ReaderOf(TicketRow ticket, MailboxAddress address) =>
        directory.FindPerson(address.Address) is var (client, person)
            ? new Reader(address, LetterRole.Client, person.Language, client.TimeZone)
            : new Reader(address, LetterRole.Client, ticket.Language, _zone);

    private Reader ReaderOf(Engineer engineer) => new(new MailboxAddress(engineer.Name, engineer.Address), LetterRole.Engineer, engineer.Language, _zone);

    /// <summary>The engineer in charge; all of them while nobody is; the managers where there is no engineer at all.</summary>
    private IEnumerable<Engineer> Engineers(TicketRow ticket)
    {
        if (ticket.Engineer is { } address && directory.FindEngineer(address) is { } engineer) return [engineer];
        var engineers = directory.Engineers.Where(e => !e.IsManager).ToList();
        return engineers.Count > 0 ? engineers : directory.Managers;
    }

    private TicketFacts FactsOf(TicketRow ticket)
    {
        DateTimeOffset? Due(DeadlineKind kind) => ticket.Deadlines.FirstOrDefault(deadline => deadline.Kind == kind)?.DueAt;
        return new TicketFacts
        {
            Number = new TicketNumber(ticket.Kind, ticket.Number).Display(settings.Desk.NumberPrefix),
            State = ticket.State,
            Category = ticket.Category,
            Priority = ticket.Priority,
            Impact = ticket.Impact,
            Urgency = ticket.Urgency,
            Service = ticket.Service,
            Client = ticket.Client,
            Requester = ticket.RequesterName is { } name ? $"{name} <{ticket.RequesterAddress}>" : ticket.RequesterAddress,
            Engineer = ticket.Engineer is { } address ? directory.FindEngineer(address)?.Name ?? address : null,
            RegisteredAt = ticket.RegisteredAt,
            ReactionDue = Due(DeadlineKind.Reaction),
            ExecutionDue = Due(DeadlineKind.Execution),
            ClientAnswerDue = Due(DeadlineKind.ClientAnswer),
            ConfirmationDue = Due(DeadlineKind.Confirmation),
            Outcome = ticket.Outcome,
        };
    }

    /// <summary>A Message-ID that no letter has: all notifications of a request refer to it, and so stand in one thread.</summary>
    private string ThreadRoot(TicketRow ticket) => $"{new TicketNumber(ticket.Kind, ticket.Number)}.thread@{settings.Desk.Domain}";

    /// <summary>The desk, or an engineer who speaks for it (MAIL.md §8).</summary>
    private MailboxAddress Sender(string address, string language, Engineer? author = null)
    {
        var desk = settings.Desk.Names.GetValueOrDefault(language) ?? settings.Desk.Names.Values.FirstOrDefault();
        return new MailboxAddress(author is null ? desk : $"{author.Name} ({desk})", address);
    }

    /// <summary>As the directory knows a person; else by their own word.</summary>
    private string NameOf(MailboxAddress sender) => directory.FindPerson(sender.Address)?.Person.Name ?? sender.Name ?? sender.Address;

    /// <summary>The whole body when nobody can tell the new text from the quotation: nothing is lost (MAIL.md §5).</summary>
    private static string? WordsForEngineers(LetterKind kind, LetterMatter matter) => kind is LetterKind.Assigned ? matter.Words : matter.Cause?.Text.NewText;

    private static bool CarriesAttachments(LetterKind kind) => kind is LetterKind.Answer or LetterKind.Question or LetterKind.Completed
        or LetterKind.NewRequest or LetterKind.ClientWrote or LetterKind.Objection;

    private static List<LetterAttachment> AttachmentsOf(IncomingMail mail) =>
        [.. mail.Message.Attachments.Select((part, i) => new LetterAttachment(part.FileName ?? $"attachment-{i + 1}", part.ContentType.MediaType, part.Decode()))];

    /// <summary>Rule 5.6: the working day on which a request to start a service is processed, when that is not the day of its registration.</summary>
    private DateOnly? StartDay(TicketRow ticket)
    {
        var calendar = policy.ServiceStartCalendar ?? policy.StandardTime;
        return calendar.IsWorkingTime(ticket.RegisteredAt) ? null : calendar.ProcessingDay(ticket.RegisteredAt);
    }

    /// <summary>What of the history belongs into the list of rule 6.5.</summary>
    private IEnumerable<ActionDone> ActionsOf(EventRow happened)
    {
        ActionKind? kind = (happened.Kind, happened.To) switch
        {
            (TicketEventKind.Registered, _) => ActionKind.Registered,
            (TicketEventKind.Reacted, _) => ActionKind.Taken,
            (TicketEventKind.EngineerWrote, nameof(LetterKind.Question)) => ActionKind.Asked,
            (TicketEventKind.EngineerWrote, _) => ActionKind.Answered,
            (TicketEventKind.ClientWrote, nameof(ClientWords.Text) or nameof(ClientWords.Confirmation)) => ActionKind.Heard,
            (TicketEventKind.ClientReminded, _) => ActionKind.Reminded,
            (TicketEventKind.PriorityChanged, _) => ActionKind.PriorityChanged,
            _ => null,
        };
        if (kind is null) yield break;
        yield return kind switch
        {
            ActionKind.Taken => new(happened.At, ActionKind.Taken, directory.FindEngineer(happened.Actor)?.Name ?? happened.Actor),
            ActionKind.PriorityChanged => new(happened.At, ActionKind.PriorityChanged, OldPriority: Parse(happened.From), NewPriority: Parse(happened.To)),
            _ => new(happened.At, kind.Value),
        };

        static Priority? Parse(string? name) => Enum.TryParse<Priority>(name, out var priority) ? priority : null;
    }

    private static TranscriptLine LineOf(CommandLineRead line, bool done) => line switch
    {
        { Error: { } error } => new TranscriptLine(line.Line, error.Meaning, error.Suggestion),
        _ when !done => new TranscriptLine(line.Line, TranscriptMeaning.Valid),
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
            _ => throw new InvalidOperationException($"no words for {line.Command}"),
        }),
    };
}
