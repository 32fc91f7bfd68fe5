using System.Security.Cryptography;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
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

    private readonly EngineersTold _engineers = new(directory, policy);

    /// <summary>A person who gets a letter.</summary>
    private sealed record Reader(MailboxAddress Address, LetterRole Role, string Language, TimeZoneInfo Zone);

    /// <summary>Writes the letters of a decision on a request. Who is in two audiences, a manager in charge, gets each kind once.</summary>
    public void Write(DeskContext db, TicketRow ticket, IReadOnlyList<DueLetter> due, LetterMatter matter, DateTimeOffset now)
    {
        HashSet<(LetterKind, LetterRole, string)> written = [];
        List<(LetterRow Row, Letter Letter)> blank = [];
        foreach (var letter in due)
        {
            // A mail can come from nobody, or from what is no address: it is registered all the same, and its sender gets no letter.
            foreach (var reader in ReadersOf(letter, ticket, now).Where(reader => reader.Address.CanBeWritten && written.Add((letter.Kind, reader.Role, reader.Address.Address))))
            {
                var about = About(letter.Kind, ticket, reader, matter, now);
                blank.Add((Add(db, ticket, RowOf(ticket, about, now)), about));
            }
        }

        // Nothing that letters tell changes from here on, and they are most of the work that a mail makes: side by side.
        foreach (var ((row, _), composed) in blank.Zip(SideBySide.Make(blank, one => Compose(one.Letter)))) row.Content = new LetterContentRow { Compressed = composed };
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
            Author = matter.Author?.Name ?? matter.Person ?? (reader.Role == LetterRole.Engineer ? WriterOf(ticket, matter) : null),
            Attachments = CarriesAttachments(kind) && (matter.Request?.Message ?? matter.Cause?.Message) is { } message ? AttachmentsOf(message) : [],
            Missing = matter.Missing,
            ClaimedPriority = matter.ClaimedPriority,
            StartsOnDay = ticket.StartsService ? StartDay(ticket) : null,
            ClosedNumber = ticket.Follows is { } closed ? new TicketNumber(ticket.FollowsKind ?? ticket.Kind, closed).Display(settings.Desk.NumberPrefix) : null,
            OldPriority = matter.OldPriority,
            Reason = matter.Reason,
            Origin = ticket.Origin,
            BroughtBy = matter.BroughtBy?.Name,
            OtherNumber = matter.Other is { } other ? NumberOf(other) : null,
            DeliveredBy = matter.DeliveredBy,
            ClosingReason = ticket.ClosingReason,
            HeldReason = matter.HeldReason,
            CategoryGuessed = matter.CategoryGuessed,
            Correctable = ticket.Kind == TicketKind.Request && kind is LetterKind.Registered or LetterKind.ReplyToClosed,
            Services = (ticket.Client is { } client ? directory.FindClient(client)?.Services : null) ?? [],
            Correction = matter.Correction,
            HeldWriter = matter.HeldWriter,
            PersonChanges = matter.PersonChanges,
            PersonChangeOutcome = matter.PersonChangeOutcome,
            Deadline = matter.Deadline,
            FormerNumber = matter.FormerNumber,
            AboutNumber = matter.AboutNumber,
            PlannedWork = matter.PlannedWork is { } work ? new PlannedWorkFacts(work.TitleIn(reader.Language), work.To) : null,
            ActionsDone = [.. matter.Done.SelectMany(ActionsOf)],
        };
    }

    /// <summary>What every letter has: its reader, its tokens and its names.</summary>
    private Letter Blank(LetterKind kind, TicketRow? ticket, Reader reader, string mailbox, DateTimeOffset now)
    {
        var number = ticket?.FullNumber;
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

    private static LetterRow Add(DeskContext db, TicketRow? ticket, LetterRow row)
    {
        db.Insert(row);
        // What only one reader asked for is no part of the conversation.
        if (ticket is not null && row.Role == LetterRole.Client && row.Kind is not (LetterKind.History or LetterKind.Help)) ticket.Thread = ReferenceChain.Append(ticket.Thread, row.MessageId);
        return row;
    }

    private void Add(DeskContext db, TicketRow? ticket, Letter letter, DateTimeOffset now) =>
        Add(db, ticket, RowOf(ticket, letter, now)).Content = new LetterContentRow { Compressed = Compose(letter) };

    private byte[] Compose(Letter letter) => Compression.Compress(composer.Compose(letter));

    private static LetterRow RowOf(TicketRow? ticket, Letter letter, DateTimeOffset now) => new()
    {
        Ticket = ticket,
        Kind = letter.Kind,
        Role = letter.Role,
        Sender = letter.From.Address,
        Recipient = letter.To.Address,
        MessageId = letter.MessageId,
        CreatedAt = now,
        NextAttemptAt = now,
        Pace = LetterHeaders.PaceOf(letter),
    };

    private IEnumerable<Reader> ReadersOf(DueLetter letter, TicketRow ticket, DateTimeOffset now) => letter.Audience switch
    {
        Audience.Client => ClientReaders(letter.Kind, ticket),
        // Where there is no manager, a complaint that was moved is news for whoever else there is.
        Audience.Managers when letter.Kind != LetterKind.NewRequest || directory.Managers.Any() => directory.Managers.Select(ReaderOf),
        _ => _engineers.Of(ticket, letter.Kind, now).Select(ReaderOf),
    };

    /// <summary>Each reader gets a letter of their own: a token is bound to one address (MAIL.md §3).</summary>
    private IEnumerable<Reader> ClientReaders(LetterKind kind, TicketRow ticket)
    {
        if (kind != LetterKind.PersonChangeToConfirm) yield return ReaderOf(ticket, new MailboxAddress(ticket.RequesterName, ticket.RequesterAddress));
        if (kind is LetterKind.NotAuthorised or LetterKind.PersonChangeAsked) yield break;
        foreach (var participant in ticket.Participants) yield return ReaderOf(ticket, new MailboxAddress(participant.Name, participant.Address));
    }

    private Reader ReaderOf(TicketRow ticket, MailboxAddress address) =>
        directory.FindPerson(address.Address) is var (client, person)
            ? new Reader(address, LetterRole.Client, person.Language, client.TimeZone)
            : new Reader(address, LetterRole.Client, ticket.Language, _zone);

    private Reader ReaderOf(Engineer engineer) => new(new MailboxAddress(engineer.Name, engineer.Address), LetterRole.Engineer, engineer.Language, _zone);

    private TicketFacts FactsOf(TicketRow ticket)
    {
        DateTimeOffset? Due(DeadlineKind kind) => ticket.Deadlines.FirstOrDefault(deadline => deadline.Kind == kind)?.DueAt;
        return new TicketFacts
        {
            Number = NumberOf(ticket),
            IsComplaint = ticket.Kind == TicketKind.Complaint,
            State = ticket.State,
            Category = ticket.Category,
            StartsService = ticket.StartsService,
            Priority = ticket.Priority,
            Impact = ticket.Impact,
            Urgency = ticket.Urgency,
            Service = ticket.Service,
            Client = ticket.Client,
            Requester = ticket.RequesterName is { } name ? $"{name} <{ticket.RequesterAddress}>" : ticket.RequesterAddress,
            Team = ticket.Team,
            Engineer = ticket.Engineer is { } address ? directory.FindEngineer(address)?.Name ?? address : null,
            RegisteredAt = ticket.RegisteredAt,
            ReactionDue = Due(DeadlineKind.Reaction),
            ExecutionDue = Due(DeadlineKind.Execution),
            TermDue = Due(DeadlineKind.Term),
            ProgressDue = Due(DeadlineKind.Progress),
            ClientAnswerDue = Due(DeadlineKind.ClientAnswer),
            ConfirmationDue = Due(DeadlineKind.Confirmation),
            Outcome = ticket.Outcome,
            Links = [.. ticket.Links.Where(link => link.Other is not null).Select(link => NumberOf(link.Other!)).Order(StringComparer.Ordinal)],
            MergedInto = ticket.MergedInto is { } into ? NumberOf(into) : null,
        };
    }

    private string NumberOf(TicketRow ticket) => ticket.FullNumber.Display(settings.Desk.NumberPrefix);

    /// <summary>A Message-ID that no letter has: all notifications of a request refer to it, and so stand in one thread.</summary>
    private string ThreadRoot(TicketRow ticket) => $"{ticket.FullNumber}.thread@{settings.Desk.Domain}";

    /// <summary>The desk, or an engineer who speaks for it (MAIL.md §8).</summary>
    private MailboxAddress Sender(string address, string language, Engineer? author = null)
    {
        var desk = settings.Desk.Names.GetValueOrDefault(language) ?? settings.Desk.Names.Values.FirstOrDefault();
        return new MailboxAddress(author is null ? desk : $"{author.Name} ({desk})", address);
    }

    /// <summary>Who asks, though an engineer may have brought it; else whose mail it is.</summary>
    private string? WriterOf(TicketRow ticket, LetterMatter matter) =>
        matter.Request is not null ? NameOf(new MailboxAddress(ticket.RequesterName, ticket.RequesterAddress))
        : matter.Cause?.Sender is { } sender ? NameOf(sender) : null;

    /// <summary>As the directory knows a person; else by their own word.</summary>
    private string NameOf(MailboxAddress sender) => directory.FindPerson(sender.Address)?.Person.Name ?? sender.Name ?? sender.Address;

    /// <summary>The whole body when nobody can tell the new text from the quotation: nothing is lost (MAIL.md §5).</summary>
    private static string? WordsForEngineers(LetterKind kind, LetterMatter matter) => kind is LetterKind.Assigned or LetterKind.ThirdPartyReminder ? matter.Words : matter.Request?.Text ?? matter.Cause?.Text.NewText;

    private static bool CarriesAttachments(LetterKind kind) => kind is LetterKind.Answer or LetterKind.Question or LetterKind.Completed
        or LetterKind.NewRequest or LetterKind.HeldSender or LetterKind.ClientWrote or LetterKind.ClientCorrected or LetterKind.Objection
        or LetterKind.ThirdParty or LetterKind.DatePromised or LetterKind.ComplaintProgress or LetterKind.ComplaintAnswered;

    private static List<LetterAttachment> AttachmentsOf(MailMessage message) =>
        [.. message.Attachments.Select((part, i) => new LetterAttachment(part.FileName ?? $"attachment-{i + 1}", part.ContentType.MediaType, part.Decode()))];

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
            (TicketEventKind.EngineerWrote, nameof(LetterKind.ThirdParty)) => ActionKind.Waited,
            (TicketEventKind.EngineerWrote, nameof(LetterKind.ComplaintProgress) or nameof(LetterKind.DatePromised)) => null, // told by the next
            (TicketEventKind.DatePromised, _) => ActionKind.DatePromised,
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
}
