using MailDesk.Domain;

namespace MailDesk.Worker.People;

/// <summary>Engineers who get the same requests.</summary>
public sealed record Team(string Name, IReadOnlyList<Engineer> Members);

/// <summary>Which new requests go to a team: those of a service, of a category, or of both; what is null fits everything.</summary>
public sealed record Route(string? Service, Category? Category, Team Team)
{
    public bool Fits(string? service, Category category) =>
        (Service is null || Service.Equals(service, StringComparison.OrdinalIgnoreCase)) && (Category is null || Category == category);
}

/// <summary>A turn of duty outside standard working time.</summary>
/// <param name="From">The first day, from midnight in the desk's time zone; null for "always so far".</param>
/// <param name="To">The last day, to its end; null for no end.</param>
public sealed record DutyTurn(Engineer Engineer, DateOnly? From, DateOnly? To)
{
    public bool Includes(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);
}
