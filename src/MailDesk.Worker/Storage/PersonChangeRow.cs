using MailDesk.Worker.People;

namespace MailDesk.Worker.Storage;

public enum PersonChangeState
{
    /// <summary>Waits for somebody to agree.</summary>
    Asked,

    /// <summary>Counts beside the directory file.</summary>
    InForce,

    /// <summary>Refused by a person, or impossible by the time somebody agreed.</summary>
    Refused,

    /// <summary>The directory file says the same by now: from then on the file alone counts.</summary>
    InFile,

    /// <summary>A later change of the same address counts instead.</summary>
    Superseded,
}

/// <summary>A change of a client's persons asked for by mail: who asked, who decided, when (rule 5.7).</summary>
public sealed class PersonChangeRow
{
    public int Id { get; set; }

    /// <summary>The request that asks for it.</summary>
    public TicketRow? Ticket { get; set; }

    public int TicketId { get; set; }

    public PersonChangeKind Kind { get; set; }

    public required string Client { get; set; }

    public required string Address { get; set; }

    public required string Name { get; set; }

    /// <summary>ru, en or be.</summary>
    public required string Language { get; set; }

    public PersonChangeState State { get; set; }

    public required string AskedBy { get; set; }

    public DateTimeOffset AskedAt { get; set; }

    /// <summary>The address of the second person or the engineer.</summary>
    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>
    /// The how-manieth change of the client's list that it is; null until it is agreed to. Two that are agreed to at once take the same one, and
    /// the second is decided on again: together they must not leave a list without anybody.
    /// </summary>
    public int? Turn { get; set; }

    public PersonChange ToChange() => new(Kind, Client, Address, Name, Language);
}
