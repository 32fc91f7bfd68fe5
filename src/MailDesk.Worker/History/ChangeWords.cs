using System.Globalization;
using MailDesk.Domain;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.History;

/// <summary>
/// A line of the record in the reader's language (rules 6.3, 6.4). The record itself holds the code's names, which stay when words change.
/// A value that has no words, one of an older or newer program, is shown as the record has it: nothing is left out.
/// </summary>
internal sealed partial record ChangeWords
{
    public required IReadOnlyDictionary<TicketEventKind, string> Kinds { get; init; }

    /// <summary>Of the enumeration's order, as are all lists here.</summary>
    public required IReadOnlyList<string> Impacts { get; init; }

    public required IReadOnlyList<string> Urgencies { get; init; }

    public required IReadOnlyList<string> ClientSaid { get; init; }

    public required IReadOnlyList<string> Series { get; init; }

    public required IReadOnlyList<string> Origins { get; init; }

    public required IReadOnlyList<string> PersonChanges { get; init; }

    /// <summary>By <see cref="PersonChangeProblem"/>; the first is empty.</summary>
    public required IReadOnlyList<string> PersonProblems { get; init; }

    /// <summary>What engineers send to a client.</summary>
    public required IReadOnlyDictionary<LetterKind, string> Letters { get; init; }

    public required IReadOnlyDictionary<DeadlineKind, string> Deadlines { get; init; }

    /// <summary>What was said of a request at its registration, and where.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>Behind a category: a service is to be started.</summary>
    public required string StartsService { get; init; }

    public required string ByPhone { get; init; }

    /// <summary>Who acted where nobody did: it was time.</summary>
    public required string Desk { get; init; }

    private ReportWords Tables { get; init; } = ReportWords.Of("ru");

    public static ChangeWords Of(string language) => language switch
    {
        "be" => Belarusian,
        "en" => English,
        _ => Russian,
    };

    /// <summary>"priority: 4, low → 2, high (three offices are down)".</summary>
    public string Of(TicketEvent change, SpelledDates dates)
    {
        var line = Kinds.GetValueOrDefault(change.Kind) ?? change.Kind.ToString();
        line = (change.From, change.To) switch
        {
            (null, null) => line,
            (null, { } to) => $"{line}: {ValueOf(change.Kind, to, dates)}",
            ({ } from, var to) => $"{line}: {ValueOf(change.Kind, from, dates)} → {(to is null ? "—" : ValueOf(change.Kind, to, dates))}",
        };
        return string.IsNullOrWhiteSpace(change.Detail) ? line : $"{line} ({DetailOf(change.Kind, change.Detail)})";
    }

    private string ValueOf(TicketEventKind kind, string value, SpelledDates dates) => kind switch
    {
        TicketEventKind.Registered or TicketEventKind.StateChanged => In<TicketState>(Tables.States, value),
        TicketEventKind.PriorityChanged or TicketEventKind.PriorityLowered => In<Priority>(Tables.Priorities, value),
        TicketEventKind.CategoryChanged => CategoryOf(value),
        TicketEventKind.SeverityChanged => SeverityOf(value),
        TicketEventKind.CorrectionKept when value.Contains('×', StringComparison.Ordinal) => SeverityOf(value),
        TicketEventKind.CorrectionKept when Enum.TryParse<Priority>(value, out _) => In<Priority>(Tables.Priorities, value),
        TicketEventKind.CorrectionKept => CategoryOf(value),
        TicketEventKind.Completed => Enum.TryParse<Outcome>(value, out var outcome) ? Tables.OutcomeOf(outcome) : value,
        TicketEventKind.Closed => In<ClosingReason>(Tables.ClosingReasons, value),
        TicketEventKind.ClientWrote => In<ClientWords>(ClientSaid, value),
        TicketEventKind.KindChanged => In<TicketKind>(Series, value),
        TicketEventKind.EngineerWrote => Enum.TryParse<LetterKind>(value, out var letter) ? Letters.GetValueOrDefault(letter) ?? value : value,
        TicketEventKind.DeadlineAhead or TicketEventKind.DeadlineMissed => Enum.TryParse<DeadlineKind>(value, out var deadline) ? Deadlines.GetValueOrDefault(deadline) ?? value : value,
        TicketEventKind.DatePromised => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? dates.Short(at) : value,
        _ => value,
    };

    private string DetailOf(TicketEventKind kind, string detail) => kind switch
    {
        TicketEventKind.Completed when detail is "phone" => ByPhone,
        TicketEventKind.Registered => SourcesOf(detail),
        TicketEventKind.PersonChangeAsked or TicketEventKind.PersonChanged => PersonChangeOf(detail),
        _ => detail,
    };

    /// <summary>"Service" or "Service, StartsService".</summary>
    private string CategoryOf(string value)
    {
        var parts = value.Split(", ", 2);
        var category = In<Category>(Tables.Categories, parts[0]);
        return parts.Length == 1 ? category : $"{category}, {(parts[1] is nameof(Ticket.StartsService) ? StartsService : parts[1])}";
    }

    /// <summary>"MinorLoss × Normal".</summary>
    private string SeverityOf(string value) => value.Split(" × ", 2) is [var impact, var urgency]
        ? $"{In<Impact>(Impacts, impact)} × {In<Urgency>(Urgencies, urgency)}"
        : value;

    /// <summary>"Forwarded; category: tag, urgency: header".</summary>
    private string SourcesOf(string detail) => string.Join("; ", detail.Split("; ").Select(part => string.Join(", ", part.Split(", ").Select(said =>
        string.Join(": ", said.Split(": ").Select(SourceOf))))));

    /// <summary>"tag", "Forwarded", "rule 3".</summary>
    private string SourceOf(string word) => Sources.GetValueOrDefault(word)
        ?? (word.StartsWith("rule ", StringComparison.Ordinal) ? $"{Sources["rule"]} {word[5..]}" : In<RequestOrigin>(Origins, word));

    /// <summary>"Add Пётр &lt;petr@client.example>: AlreadyListed".</summary>
    private string PersonChangeOf(string detail)
    {
        if (detail.Split(' ', 2) is not [var kind, var person]) return detail;
        var problem = person.LastIndexOf(": ", StringComparison.Ordinal);
        if (problem >= 0) person = $"{person[..problem]}: {In<PersonChangeProblem>(PersonProblems, person[(problem + 2)..])}";
        return $"{In<PersonChangeKind>(PersonChanges, kind)} {person}";
    }

    private static string In<T>(IReadOnlyList<string> words, string value)
        where T : struct, Enum =>
        Enum.TryParse<T>(value, out var known) && Enum.IsDefined(known) && Convert.ToInt32(known, CultureInfo.InvariantCulture) < words.Count
            ? words[Convert.ToInt32(known, CultureInfo.InvariantCulture)]
            : value;
}
