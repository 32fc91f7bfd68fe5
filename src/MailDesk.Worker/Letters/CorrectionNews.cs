using MailDesk.Domain;

namespace MailDesk.Worker.Letters;

/// <summary>How a request stood before a client's correction, and what of the correction did not take.</summary>
/// <param name="Lowered">The priority that only an incident could have (rule 4.1).</param>
/// <param name="KeptCategory">What the client said; an engineer's category stays.</param>
/// <param name="KeptPriority">What the client said; an engineer's priority stays.</param>
/// <param name="KeptSeverity">The client said another impact or urgency; the engineer's stay.</param>
public sealed record CorrectionNews(
    Category Category,
    bool StartsService,
    Impact Impact,
    Urgency Urgency,
    Priority Priority,
    string? Service,
    Priority? Lowered = null,
    Category? KeptCategory = null,
    Priority? KeptPriority = null,
    bool KeptSeverity = false)
{
    public static CorrectionNews Before(Ticket ticket, string? service) =>
        new(ticket.Category, ticket.StartsService, ticket.Impact, ticket.Urgency, ticket.Priority, service);

    public CorrectionNews With(IEnumerable<TicketEvent> events)
    {
        var news = this;
        foreach (var happened in events)
        {
            news = happened.Kind switch
            {
                TicketEventKind.PriorityLowered when Enum.TryParse<Priority>(happened.From, out var claimed) => news with { Lowered = claimed },
                TicketEventKind.CorrectionKept when Enum.TryParse<Category>(happened.To, out var category) => news with { KeptCategory = category },
                TicketEventKind.CorrectionKept when Enum.TryParse<Priority>(happened.To, out var priority) => news with { KeptPriority = priority },
                TicketEventKind.CorrectionKept => news with { KeptSeverity = true },
                _ => news,
            };
        }

        return news;
    }
}
