using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <summary>
/// A client's persons change their list by mail (rule 5.7). What always holds: only a person who is served can ask; nothing changes before
/// another person of the client has agreed, in answer to a letter to that very person, or an engineer has; who asks can withdraw and cannot
/// agree, whatever address they write from; all changes of a mail are made or none; each is decided once. The asking is a held request of
/// its own: its history says who asked and who decided.
/// </summary>
public sealed partial class PersonChanges(
    DeskDirectory directory, DeskSettings settings, SupportPolicy policy, TicketLedger ledger, ThreadMatcher matcher, PersonRegister register, LetterDesk letters, ILogger<PersonChanges> log)
{
    /// <summary>What a person can read and check in one letter.</summary>
    public const int MostAtOnce = 10;

    /// <summary>The changes that wait for a decision; empty when the request is about something else.</summary>
    public static Task<List<PersonChangeRow>> AskedAsync(DeskContext db, TicketRow ticket, CancellationToken cancellationToken) =>
        ticket.State != TicketState.Held
            ? Task.FromResult(new List<PersonChangeRow>())
            : db.PersonChanges.Where(c => c.TicketId == ticket.Id && c.State == PersonChangeState.Asked).OrderBy(c => c.Id).ToListAsync(cancellationToken);

    public static IReadOnlyList<PersonChangeLine> LinesOf(IReadOnlyList<PersonChangeRow> changes) =>
        [.. changes.Select(c => new PersonChangeLine(c.Kind, c.Address, string.Equals(c.Name, c.Address, StringComparison.Ordinal) ? null : c.Name))];

    /// <returns>Null when the mail is about something else.</returns>
    public async Task<MailKind?> HandleAsync(IntakeWork work, Speaker speaker, TicketRow? ticket, ReplyToken? token, CancellationToken cancellationToken)
    {
        if (speaker is not Speaker.ClientPerson { IsServed: true } writer) return null;
        if (ticket is not null && await AskedAsync(work.Db, ticket, cancellationToken) is { Count: > 0 } changes)
        {
            return string.Equals(ticket.Client, writer.Client.Name, StringComparison.Ordinal) ? await HearAsync(work, writer, ticket, token, changes, cancellationToken) : null;
        }

        var asked = PersonChangeReader.Read(work.Mail.Message.Subject, work.Mail.Text.NewText, subjectToo: ticket is null);
        return asked.Count == 0 ? null : await AskAsync(work, writer, asked, cancellationToken);
    }

    /// <summary>Null for a word that decides nothing: engineers read it (see <see cref="Outsiders"/>).</summary>
    private async Task<MailKind?> HearAsync(
        IntakeWork work, Speaker.ClientPerson writer, TicketRow ticket, ReplyToken? token, List<PersonChangeRow> changes, CancellationToken cancellationToken)
    {
        var refuses = PersonChangeReader.Refuses(work.Mail.Text.NewText);
        if (!refuses && ClientMail.ReadWords(work.Mail) != ClientWords.Confirmation) return null;
        if (!IsOwn(writer, token))
        {
            LogUnproven(work.Mail.Id, writer.Address, ticket.Number);
            return null;
        }

        work.Record.Ticket = ticket;
        var isAsker = writer.Person.Has(changes[0].AskedBy);
        if (refuses) Refuse(work, ticket, changes, writer.Address, writer.Person.Name, null);
        else if (isAsker) letters.Write(work.Db, ticket, [new DueLetter(LetterKind.PersonChangeAsked, Audience.Client)], new LetterMatter { PersonChanges = LinesOf(changes) }, work.Now);
        else if (!await AgreeAsync(work, ticket, changes, writer.Address, writer.Person.Name, cancellationToken)) await CallOffAsync(work, ticket, changes, cancellationToken);
        return MailKind.Reply;
    }

    /// <summary>A letter of this request that was sent to that very address (MAIL.md §3).</summary>
    private bool IsOwn(Speaker writer, ReplyToken? token) => token is { Role: LetterRole.Client } && matcher.IsBoundTo(token, writer.Address);

    private async Task<MailKind> AskAsync(IntakeWork work, Speaker.ClientPerson writer, IReadOnlyList<AskedChange> asked, CancellationToken cancellationToken)
    {
        var lines = Check(writer, asked);
        var ticket = Register(work, writer);
        var possible = lines.All(line => line.Problem == PersonChangeProblem.None);
        if (possible)
        {
            for (var i = 0; i < lines.Count; i++) work.Db.Insert(RowOf(work, writer, ticket, lines[i], asked[i]));
            AddOthers(ticket, writer);
        }

        var registration = new Registration(
            TicketKind.Request, Category.Service, StartsService: false, Impact.MinorLoss, Urgency.Normal, null, work.Mail.ReceivedAt, Held: true, ChangesPersons: true);
        var decision = TicketDecider.Register(registration, policy, work.Now);
        decision = decision with { Events = [.. decision.Events, .. lines.Select(line => new TicketEvent(TicketEventKind.PersonChangeAsked, Detail: Words(line)))] };
        TicketLedger.Write(work.Db, ticket, decision, writer.Address, work.Now, work.Record);
        if (possible)
        {
            letters.Write(work.Db, ticket, decision.Letters, new LetterMatter { Cause = work.Mail, HeldReason = HeldReason.ChangeOfPersons, PersonChanges = lines, Person = writer.Person.Name }, work.Now);
        }
        else
        {
            End(work, ticket, TicketLedger.Desk, lines, PersonChangeOutcome.Impossible, null, null);
        }

        return MailKind.NewRequest;
    }

    private TicketRow Register(IntakeWork work, Speaker.ClientPerson writer)
    {
        var mail = work.Mail;
        var number = ledger.NextNumber(work.Db, TicketKind.Request);
        var ticket = new TicketRow
        {
            Kind = TicketKind.Request,
            Number = number.Value,
            Subject = matcher.BareSubject(mail.Message.Subject),
            Client = writer.Client.Name,
            RequesterAddress = writer.Address,
            RequesterName = writer.Person.Name,
            RequesterListed = true,
            Language = writer.Person.Language,
            Mailbox = mail.Mailbox.Address,
        };
        foreach (var id in mail.Message.References.Concat(mail.Message.MessageId is { } own ? [own] : [])) ticket.Thread = ReferenceChain.Append(ticket.Thread, id);
        work.Db.Insert(ticket);
        work.Record.Ticket = ticket;
        return ticket;
    }

    /// <summary>Those who can agree: each of them gets a letter with a token of their own.</summary>
    private static void AddOthers(TicketRow ticket, Speaker.ClientPerson writer)
    {
        foreach (var other in writer.Client.Persons.Where(person => !person.Has(writer.Address)))
        {
            ticket.Participants.Add(new ParticipantRow { Address = other.Addresses[0], Name = other.Name, Listed = true });
        }
    }

    private static PersonChangeRow RowOf(IntakeWork work, Speaker.ClientPerson writer, TicketRow ticket, PersonChangeLine line, AskedChange asked) => new()
    {
        Ticket = ticket,
        Kind = line.Kind,
        Client = writer.Client.Name,
        Address = line.Address,
        Name = line.Name ?? line.Address,
        Language = asked.Language ?? writer.Person.Language,
        AskedBy = writer.Address,
        AskedAt = work.Now,
    };

    /// <summary>Each change as it would be after those before it.</summary>
    private List<PersonChangeLine> Check(Speaker.ClientPerson writer, IReadOnlyList<AskedChange> asked)
    {
        List<PersonChangeLine> lines = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        var left = writer.Client.Persons.ToList();
        foreach (var change in asked.Take(MostAtOnce + 1))
        {
            var problem = lines.Count == MostAtOnce ? PersonChangeProblem.TooMany
                : !change.IsAddress ? PersonChangeProblem.NotAnAddress
                : !seen.Add(change.Address) ? PersonChangeProblem.Twice
                : ProblemOf(directory.Now, writer.Client.Name, change.Kind, change.Address, left);
            var known = left.Find(person => person.Has(change.Address));
            if (problem == PersonChangeProblem.None && change.Kind == PersonChangeKind.Remove) left.Remove(known!);
            if (problem == PersonChangeProblem.None && change.Kind == PersonChangeKind.Add) left.Add(new Person(change.Name ?? change.Address, [change.Address], writer.Person.Language));
            lines.Add(new PersonChangeLine(change.Kind, HeaderWords.Of(change.Address, 254), change.Kind == PersonChangeKind.Remove ? known?.Name ?? change.Name : change.Name, problem));
        }

        return lines;
    }

    private PersonChangeProblem ProblemOf(DirectoryContent now, string client, PersonChangeKind kind, string address, List<Person> left)
    {
        var listed = left.Exists(person => person.Has(address));
        if (kind == PersonChangeKind.Remove) return !listed ? PersonChangeProblem.NotListed : left.Count == 1 ? PersonChangeProblem.LastPerson : PersonChangeProblem.None;
        if (listed) return PersonChangeProblem.AlreadyListed;
        return now.FindEngineer(address) is not null || IsMailbox(address) || (now.FindPerson(address) is var (owner, _) && !string.Equals(owner.Name, client, StringComparison.Ordinal))
            ? PersonChangeProblem.NotAvailable
            : PersonChangeProblem.None;
    }

    /// <summary>With or without a sub-address.</summary>
    private bool IsMailbox(string address)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        var plain = plus > 0 && plus < at ? address.Remove(plus, at - plus) : address;
        return settings.Mailboxes.Exists(box => box.Address.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Makes the changes, if they can still be made: the list may have changed since they were asked for.</summary>
    /// <param name="by">The address of the second person or the engineer, who stands in the record.</param>
    public async Task<bool> AgreeAsync(
        IntakeWork work, TicketRow ticket, IReadOnlyList<PersonChangeRow> changes, string by, string name, CancellationToken cancellationToken)
    {
        var inForce = await InForceAsync(work.Db, cancellationToken);
        if (Problems(changes, Apply(inForce)).Any(line => line.Problem != PersonChangeProblem.None)) return false;
        var client = changes[0].Client;
        var earlier = inForce.Where(c => string.Equals(c.Client, client, StringComparison.Ordinal)).ToList();
        var turn = await work.Db.PersonChanges.Where(c => c.Client == client).MaxAsync(c => c.Turn, cancellationToken) ?? 0;
        foreach (var change in changes)
        {
            (change.State, change.DecidedBy, change.DecidedAt, change.Turn) = (PersonChangeState.InForce, by, work.Now, ++turn);
            foreach (var before in earlier.Where(c => c.Address.Equals(change.Address, StringComparison.OrdinalIgnoreCase))) before.State = PersonChangeState.Superseded;
            LogAgreed(change.Kind, change.Address, change.Client, change.AskedBy, by);
        }

        if (Apply([.. inForce.Where(c => c.State == PersonChangeState.InForce), .. changes]).FindClient(client) is { } now) await TakeOutAsync(work, ticket, now, changes[0].AskedBy, by, cancellationToken);
        register.RefreshAfter(work.Db);
        var action = new TicketAction.Settle(directory.FindEngineer(by) is null ? TicketLedger.Desk : by);
        var decision = (TicketDecision)TicketDecider.Decide(ticket.ToTicket(), action, policy, work.Now);
        var lines = LinesOf(changes);
        decision = decision with { Events = [.. lines.Select(line => new TicketEvent(TicketEventKind.PersonChanged, Detail: Words(line))), .. decision.Events] };
        TicketLedger.Write(work.Db, ticket, decision, by, work.Now, work.Record);
        letters.Write(work.Db, ticket, decision.Letters, new LetterMatter { PersonChanges = lines, PersonChangeOutcome = PersonChangeOutcome.Done, Person = name }, work.Now);
        return true;
    }

    /// <summary>Who is removed gets no more letters of what the others asked, nor of what was theirs.</summary>
    /// <param name="client">As it is from now on.</param>
    private static async Task TakeOutAsync(IntakeWork work, TicketRow ticket, Client client, string asker, string by, CancellationToken cancellationToken)
    {
        var requests = await work.Db.Tickets.Include(t => t.Participants)
            .Where(t => t.Client == client.Name && t.Id != ticket.Id && t.State != TicketState.Closed && t.State != TicketState.Rejected)
            .ToListAsync(cancellationToken);
        foreach (var request in requests) Departures.Apply(work.Db, request, client, [asker, by], by, work.Now, work.Record);
    }

    public void Refuse(IntakeWork work, TicketRow ticket, IReadOnlyList<PersonChangeRow> changes, string by, string name, string? reason)
    {
        Close(work, changes, by);
        End(work, ticket, by, LinesOf(changes), PersonChangeOutcome.Refused, name, reason);
    }

    private async Task CallOffAsync(IntakeWork work, TicketRow ticket, IReadOnlyList<PersonChangeRow> changes, CancellationToken cancellationToken)
    {
        var lines = Problems(changes, Apply(await InForceAsync(work.Db, cancellationToken)));
        Close(work, changes, TicketLedger.Desk);
        End(work, ticket, TicketLedger.Desk, lines, PersonChangeOutcome.Impossible, null, null);
    }

    /// <summary>From the database: what was committed a moment ago is not in the directory yet.</summary>
    private static Task<List<PersonChangeRow>> InForceAsync(DeskContext db, CancellationToken cancellationToken) =>
        db.PersonChanges.Where(c => c.State == PersonChangeState.InForce).OrderBy(c => c.DecidedAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);

    private DirectoryContent Apply(IReadOnlyList<PersonChangeRow> changes) => directory.File.With([.. changes.Select(change => change.ToChange())]);

    private List<PersonChangeLine> Problems(IReadOnlyList<PersonChangeRow> changes, DirectoryContent now)
    {
        var left = now.FindClient(changes[0].Client)?.Persons.ToList() ?? [];
        return [.. LinesOf(changes).Select((line, i) =>
        {
            var problem = ProblemOf(now, changes[i].Client, line.Kind, line.Address, left);
            if (problem == PersonChangeProblem.None && line.Kind == PersonChangeKind.Remove) left.RemoveAll(person => person.Has(line.Address));
            return line with { Problem = problem };
        })];
    }

    private static void Close(IntakeWork work, IReadOnlyList<PersonChangeRow> changes, string by)
    {
        foreach (var change in changes) (change.State, change.DecidedBy, change.DecidedAt) = (PersonChangeState.Refused, by, work.Now);
    }

    private void End(IntakeWork work, TicketRow ticket, string by, IReadOnlyList<PersonChangeLine> lines, PersonChangeOutcome outcome, string? name, string? reason)
    {
        var decision = (TicketDecision)TicketDecider.Decide(ticket.ToTicket(), new TicketAction.Reject(by, reason), policy, work.Now);
        TicketLedger.Write(work.Db, ticket, decision, by, work.Now, work.Record);
        letters.Write(
            work.Db,
            ticket,
            [new DueLetter(LetterKind.PersonChangeDecided, Audience.Client)],
            new LetterMatter { PersonChanges = lines, PersonChangeOutcome = outcome, Person = name, Reason = reason },
            work.Now);
    }

    private static string Words(PersonChangeLine line) =>
        $"{line.Kind} {(line.Name is null ? line.Address : $"{line.Name} <{line.Address}>")}{(line.Problem == PersonChangeProblem.None ? "" : $": {line.Problem}")}";

    [LoggerMessage(EventId = 1311, Level = LogLevel.Information, Message = "{Kind} {Address} of {Client}: asked for by {AskedBy}, agreed to by {DecidedBy}")]
    private partial void LogAgreed(PersonChangeKind kind, string address, string client, string askedBy, string decidedBy);

    [LoggerMessage(EventId = 1312, Level = LogLevel.Warning,
        Message = "{Mail}: security: {Address} decides on the change of persons {Ticket} without a letter to that address; shown to the engineers")]
    private partial void LogUnproven(string mail, string address, int ticket);
}
