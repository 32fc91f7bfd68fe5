namespace MailDesk.Worker.People;

public enum PersonChangeKind
{
    Add,
    Remove,
}

/// <summary>A change of a client's list of persons that was asked for by mail (rule 5.7).</summary>
/// <param name="Client">The client's name in the directory.</param>
/// <param name="Name">Of the person that is added or removed.</param>
/// <param name="Language">ru, en or be.</param>
public sealed record PersonChange(PersonChangeKind Kind, string Client, string Address, string Name, string Language);

/// <summary>Why a change of persons cannot be made; the letters have words for each.</summary>
public enum PersonChangeProblem
{
    None,

    /// <summary>There is no address behind the word, or more than one.</summary>
    NotAnAddress,

    /// <summary>The address is on the client's list already.</summary>
    AlreadyListed,

    /// <summary>The address is not on the client's list.</summary>
    NotListed,

    /// <summary>The address is an engineer's, a mailbox of the desk, or another client's person's. Which, is not said.</summary>
    NotAvailable,

    /// <summary>Nobody would be left.</summary>
    LastPerson,

    /// <summary>The same address twice in one mail.</summary>
    Twice,

    /// <summary>More changes in one mail than are taken at once.</summary>
    TooMany,
}

internal static class PersonAddresses
{
    public static bool Has(this Person person, string address) => person.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase);
}
