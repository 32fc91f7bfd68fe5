using System.Globalization;
using MailDesk.Domain;

namespace MailDesk.Worker.Letters;

/// <param name="Value">The number of the value, for the words of the templates; null of a service.</param>
/// <param name="Name">Of a service.</param>
internal sealed record CorrectionLink(int? Value, string? Name, string Address);

/// <summary>
/// Links that correct what was understood (rules 3.1, 5.9, 5.11): of each fact the values that it does not have and, as things are, can have
/// (rule 4.1). Each prepares a mail with a line that the desk reads.
/// </summary>
internal sealed class CorrectionLinks(Letter letter, LetterLanguage language, ReplyLinks links)
{
    private const int MostServices = 8;

    private readonly TicketFacts _facts = letter.Ticket!;

    public IEnumerable<CorrectionLink> Categories => Enum.GetValues<Category>()
        .Where(category => category != _facts.Category || _facts.StartsService)
        .Select(category => Link((int)category, language.CategoryLabel, language.Categories[(int)category], Claimed(category)));

    public IEnumerable<CorrectionLink> Impacts => Enum.GetValues<Impact>()
        .Where(impact => impact != _facts.Impact && (_facts.Category == Category.Incident || impact is Impact.MinorLoss or Impact.Planned))
        .Select(impact => Link((int)impact, language.ImpactLabel, language.Impacts[(int)impact]));

    public IEnumerable<CorrectionLink> Urgencies => Enum.GetValues<Urgency>()
        .Where(urgency => urgency != _facts.Urgency)
        .Select(urgency => Link((int)urgency, language.UrgencyLabel, language.Urgencies[(int)urgency]));

    public IEnumerable<CorrectionLink> Priorities => Enum.GetValues<Priority>()
        .Where(priority => priority != _facts.Priority && PriorityMatrix.Allows(_facts.Category, priority))
        .Select(priority => Link((int)priority, language.PriorityLabel, ((int)priority).ToString(CultureInfo.InvariantCulture)));

    public IEnumerable<CorrectionLink> Services => letter.Services
        .Where(service => !string.Equals(service, _facts.Service, StringComparison.Ordinal))
        .Take(MostServices)
        .Select(service => new CorrectionLink(null, service, links.Correct($"{language.ServiceLabel}: {HeaderWords.Of(service, 100)}")));

    private CorrectionLink Link(int value, string label, string word, string? more = null) => new(value, null, links.Correct($"{label}: {word}{more}"));

    /// <summary>Who had asked for a priority that only an incident has gets it by saying that it is one.</summary>
    private string? Claimed(Category category) =>
        letter.ClaimedPriority is { } claimed && category == Category.Incident
            ? string.Create(CultureInfo.InvariantCulture, $"\r\n{language.PriorityLabel}: {(int)claimed}")
            : null;
}
