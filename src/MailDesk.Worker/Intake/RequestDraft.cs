using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>In whose name a request is registered.</summary>
/// <param name="Language">Null for the desk's own.</param>
/// <param name="Client">Name of the client in the directory; null for a stranger.</param>
/// <param name="Held">Why the request is held (rule 5.7); null where it is not.</param>
/// <param name="IsListed">Is on the client's list; false for a stranger, also for one who was let in.</param>
public sealed record Requester(string Address, string? Name, string? Language, string? Client, HeldReason? Held, bool IsListed = false)
{
    /// <param name="name">By their own word, where the directory does not know them.</param>
    public static Requester Of(Speaker speaker, string? name) => speaker is Speaker.ClientPerson person
        ? new(speaker.Address, person.Person.Name, person.Person.Language, person.Client.Name, person.IsServed ? null : HeldReason.ContractNotInForce, IsListed: true)
        : new(speaker.Address, name, null, null, HeldReason.UnknownSender);

    /// <summary>Whose request has been let in is let in with another one too.</summary>
    public static Requester Of(TicketRow ticket) => new(ticket.RequesterAddress, ticket.RequesterName, ticket.Language, ticket.Client, null, ticket.RequesterListed);
}

/// <summary>A request that is about to be registered: who asks, what, and which way it came.</summary>
public sealed record RequestDraft
{
    public required Requester Requester { get; init; }

    public required TicketKind Kind { get; init; }

    public required RequestWords Words { get; init; }

    public required RequestFacts Facts { get; init; }

    /// <summary>UTC: what every service level counts from (rule 4.2). A part of another request counts from there.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Who registers it: an address.</summary>
    public required string Actor { get; init; }

    public RequestOrigin Origin { get; init; }

    /// <summary>Those beside the requester who may take part; only people of the same client do.</summary>
    public IEnumerable<MailboxAddress> Others { get; init; } = [];

    /// <summary>Message-IDs of the conversation that it begins with, oldest first.</summary>
    public IEnumerable<string> Thread { get; init; } = [];

    /// <summary>Nothing is sent to the requester: nobody there has written to the desk.</summary>
    public bool Silent { get; init; }

    /// <summary>The closed request that this one answers (rule 7.3).</summary>
    public TicketRow? Closed { get; init; }

    /// <summary>The request that a complaint came as an answer to; the one that its words name where null (rule 8.2).</summary>
    public TicketRow? About { get; init; }

    /// <summary>The request that this one was a part of (rule 5.5).</summary>
    public TicketRow? First { get; init; }

    /// <summary>The engineer who brings it; null when the client's mail came itself.</summary>
    public Engineer? BroughtBy { get; init; }

    /// <summary>The engineer's words to colleagues.</summary>
    public string? Comment { get; init; }
}
