using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>Finds the request that a complaint names (rule 8.2): MD-1042 in its subject or text. Another client's is not there at all.</summary>
public sealed class NamedRequest(DeskSettings settings)
{
    /// <summary>More numbers than that are a list, and no complaint is about a list.</summary>
    private const int MaxNumbers = 10;

    private readonly Regex _number = new(
        $@"(?:^|[^\p{{L}}\p{{N}}])(?<number>{Regex.Escape(settings.Desk.NumberPrefix)}C?-\d{{1,9}})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>The first that is a request of the client's; null where there is none.</summary>
    /// <param name="client">Null for a stranger, who has no requests.</param>
    public TicketRow? Find(DeskContext db, RequestWords words, string? client)
    {
        if (client is null) return null;
        foreach (var number in Numbers($"{words.Subject}\n{words.Text}").Distinct().Take(MaxNumbers))
        {
            var ticket = TicketLedger.Find(db, number);
            if (ticket is { Kind: TicketKind.Request } && string.Equals(ticket.Client, client, StringComparison.Ordinal)) return ticket;
        }

        return null;
    }

    public string Display(TicketRow ticket) => ticket.FullNumber.Display(settings.Desk.NumberPrefix);

    private IEnumerable<TicketNumber> Numbers(string text)
    {
        foreach (Match match in _number.Matches(text))
        {
            var end = match.Index + match.Length;
            if (end < text.Length && char.IsDigit(text[end])) continue;
            if (TicketNumber.TryRead(match.Groups["number"].Value, settings.Desk.NumberPrefix, out var number)) yield return number;
        }
    }
}
