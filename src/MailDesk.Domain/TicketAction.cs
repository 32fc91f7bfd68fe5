namespace MailDesk.Domain;

/// <summary>Something that somebody does to a ticket, or that time does to it. A closed set.</summary>
public abstract record TicketAction
{
    private TicketAction() { }

    /// <summary>Engineer: I work on it.</summary>
    public sealed record Take(string Engineer) : TicketAction;

    /// <summary>Engineer: hands it to <paramref name="Assignee"/>.</summary>
    public sealed record Assign(string Engineer, string Assignee) : TicketAction;

    /// <summary>Engineer: words for the client that change nothing else (and begin the work, if nobody had).</summary>
    public sealed record Answer(string Engineer) : TicketAction;

    /// <summary>Engineer: a question; the request waits for the client (rule 6.5).</summary>
    public sealed record Ask(string Engineer) : TicketAction;

    /// <summary>Engineer: words that stay inside.</summary>
    public sealed record Note(string Engineer) : TicketAction;

    /// <summary>Engineer: the request waits for a third party, and the client is told for what (rule 6.7).</summary>
    public sealed record WaitForThirdParty(string Engineer, string Reason) : TicketAction;

    /// <summary>Engineer: the answer has been delivered (rule 7.1), or cannot be (rule 6.6).</summary>
    /// <param name="DeliveredBy">Other means than mail, such as "phone" (rule 6.8); null for mail.</param>
    public sealed record Complete(string Engineer, Outcome Outcome, string? DeliveredBy = null) : TicketAction;

    /// <summary>Engineer: sets the priority as such (rule 6.2).</summary>
    public sealed record ChangePriority(string Engineer, Priority Priority, string? Reason = null) : TicketAction;

    /// <summary>Engineer: sets impact or urgency or both; the matrix gives the priority (rules 4.1, 6.2).</summary>
    public sealed record ChangeSeverity(string Engineer, Impact? Impact, Urgency? Urgency) : TicketAction;

    /// <summary>Engineer: sets the category, or says that a service is to be started (rules 3.1, 5.6).</summary>
    public sealed record ChangeCategory(string Engineer, Category Category, bool StartsService = false) : TicketAction;

    /// <summary>Engineer: requests of their own are made of it (rule 5.5); it stays as it is.</summary>
    /// <param name="Parts">Their numbers, as people write them.</param>
    public sealed record Split(string Engineer, string Parts) : TicketAction;

    /// <summary>Engineer: it joins another request, and ends here (rule 5.5).</summary>
    /// <param name="Into">The number of the other one, as people write it.</param>
    public sealed record Merge(string Engineer, string Into) : TicketAction;

    /// <summary>Engineer: another request joins this one.</summary>
    public sealed record Absorb(string Engineer, string Merged) : TicketAction;

    /// <summary>Engineer: another request is related.</summary>
    public sealed record Link(string Engineer, string Other) : TicketAction;

    /// <summary>Engineer: it was registered in the wrong person's name.</summary>
    public sealed record CorrectRequester(string Engineer, string From, string To) : TicketAction;

    /// <summary>Engineer: names the service; what it is kept in is not the rules' affair, the change is recorded.</summary>
    /// <param name="Old">Null where none was known.</param>
    public sealed record NameService(string Engineer, string? Old, string Service) : TicketAction;

    /// <summary>Engineer: promises a date to the applicant of a complaint (rule 8.3) or for a planned request (rule 4.1), and the client is told.</summary>
    /// <param name="At">UTC.</param>
    public sealed record Promise(string Engineer, DateTimeOffset At) : TicketAction;

    /// <summary>Engineer: what came as a request is a complaint, or the other way (rule 8.4).</summary>
    /// <param name="InCharge">Who answers for complaints; null for whoever it was before.</param>
    public sealed record ChangeKind(string Engineer, TicketKind Kind, string? InCharge = null) : TicketAction;

    /// <summary>A person of the client writes in the request.</summary>
    public sealed record ClientWrites(string Sender, ClientWords Words) : TicketAction;

    /// <summary>A person of the client corrects what was understood of the request (rules 3.1, 4.1, 5.9).</summary>
    /// <param name="Alone">The mail said nothing else: it is answered even when nothing changes.</param>
    /// <param name="Service">Another service that the client names; null when none.</param>
    public sealed record ClientReclassifies(string Sender, Claim Claim, bool Alone, Renaming? Service = null) : TicketAction;

    /// <summary>An engineer lets a held request in (rule 5.7).</summary>
    /// <param name="InCharge">Who answers for it from now on: for complaints; null for nobody yet.</param>
    public sealed record Accept(string Engineer, string? InCharge = null) : TicketAction;

    /// <summary>An engineer drops a held request (rule 5.7).</summary>
    public sealed record Reject(string Engineer, string? Reason) : TicketAction;

    /// <summary>
    /// Somebody writes who may not speak in the request yet: a stranger who holds a letter of it (MAIL.md §3), or once more the sender of a held
    /// one (rule 5.7). The words wait for an engineer.
    /// </summary>
    public sealed record OutsiderWrites(string Sender) : TicketAction;

    /// <summary>An engineer lets <paramref name="Writer"/> speak in the request (MAIL.md §3). What the writer wrote is decided on by itself.</summary>
    public sealed record AcceptWriter(string Engineer, string Writer) : TicketAction;

    /// <summary>An engineer drops what <paramref name="Writer"/> wrote (MAIL.md §3).</summary>
    public sealed record RejectWriter(string Engineer, string Writer, string? Reason) : TicketAction;

    /// <summary>What a held request asked for has been agreed to and is done at once by the desk: a change of the client's persons (rule 5.7).</summary>
    /// <param name="By">Who is in charge of it from now on: the engineer who agreed, or the desk where the client's second person did.</param>
    public sealed record Settle(string By) : TicketAction;

    /// <summary>A deadline has come.</summary>
    public sealed record DeadlinePassed(DeadlineKind Kind) : TicketAction;
}

/// <param name="From">Null when there was no name.</param>
public sealed record Renaming(string? From, string To);

/// <summary>What a client says of a request; null leaves a fact as it is.</summary>
/// <param name="StartsService">Said together with the category (rule 5.6).</param>
public sealed record Claim(
    Category? Category = null, bool StartsService = false, Impact? Impact = null, Urgency? Urgency = null, Priority? Priority = null);

/// <summary>What a client's new text amounts to (rules 7.1, 7.2).</summary>
public enum ClientWords
{
    /// <summary>Anything with content. An answer while the desk waits for one; an objection while the request is completed.</summary>
    Text,

    /// <summary>"Confirm", "yes, solved", the link in the letter.</summary>
    Confirmation,

    /// <summary>Thanks and nothing else: neither a confirmation nor an objection.</summary>
    Thanks,

    /// <summary>Nothing but what the request is: a correction. An answer or an objection where one is waited for, else recorded only.</summary>
    Correction,

    /// <summary>Nothing at all: recorded, changes nothing.</summary>
    Empty,

    /// <summary>An automatic reply: recorded, changes nothing.</summary>
    Automatic,
}
