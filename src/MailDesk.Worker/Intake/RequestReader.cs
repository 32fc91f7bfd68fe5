using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Intake;

/// <summary>The words of a new request, whichever way they came: written by the client, or brought by an engineer.</summary>
/// <param name="Subject">As it was written, tags included.</param>
/// <param name="Message">The mail that holds them, for its headers and attachments.</param>
public sealed record RequestWords(string Subject, string Text, MailMessage Message)
{
    public static RequestWords Of(IncomingMail mail) => new(mail.Message.Subject, mail.Text.NewText, mail.Message);
}

/// <summary>What a new request says about itself.</summary>
/// <param name="Priority">Named by the user (rule 5.9); null when the matrix decides.</param>
/// <param name="Missing">What rule 5.8 asks for and cannot be found.</param>
public sealed record RequestFacts(
    Category Category,
    bool StartsService,
    Impact Impact,
    Urgency Urgency,
    Priority? Priority,
    string? Service,
    IReadOnlyList<MissingPart> Missing)
{
    /// <summary>For the record: where each fact comes from that was said; null when nothing was.</summary>
    public string? Sources { get; init; }

    /// <summary>The writer did not say the category: words told it, or nothing did.</summary>
    public bool CategoryGuessed { get; init; }
}

/// <summary>
/// Reads category, impact, urgency, priority and service of a new request (rules 3.1, 5.8, 5.9). For each, the first source that answers
/// wins: a tag in the subject, a labelled line in the text, a mail header (urgency only), the administrator's rules, the shipped ones
/// (category) or the name of a service in the text, the default.
/// </summary>
public sealed class RequestReader(ClassificationRules rules)
{
    private const string Header = "header";

    public RequestFacts Read(IncomingMail mail, Client? client) => Read(RequestWords.Of(mail), client);

    /// <param name="client">Whose services are known; null for a stranger.</param>
    public RequestFacts Read(RequestWords request, Client? client)
    {
        var claims = new Claims();
        ClaimReader.ReadTags(request.Subject, claims);
        var rest = ClaimReader.ReadLines(request.Text, claims);
        var guessed = claims.Category is null;
        claims.Say(HeaderUrgency(request.Message.Headers), Header);
        rules.Apply(request, claims);

        var category = claims.Category ?? rules.Shipped(request) ?? Category.TechnicalSupport;
        var service = claims.Service ?? KnownService(client, $"{request.Subject}\n{request.Text}");
        return new RequestFacts(
            category,
            claims.StartsService,
            claims.Impact ?? Impact.MinorLoss,
            claims.Urgency ?? Urgency.Normal,
            claims.Priority,
            service,
            [.. Missing(request, client, claims.Organisation, category, service, rest)])
        {
            Sources = claims.Sources,
            CategoryGuessed = guessed,
        };
    }

    /// <param name="rest">The text without labelled lines: a greeting and "Category: incident" describe nothing.</param>
    private static IEnumerable<MissingPart> Missing(
        RequestWords request, Client? client, string? organisation, Category category, string? service, string rest)
    {
        if (client is null && organisation is null) yield return MissingPart.Organisation;
        if (service is null) yield return MissingPart.Service;
        if (!IsReadable(request.Message)) yield return MissingPart.ReadableText;
        else if (ClientWordsReader.Read(rest) is ClientWords.Empty) yield return MissingPart.Description;
        if (category == Category.Incident && !request.Message.Parts.Any(IsPicture)) yield return MissingPart.Screenshot;
    }

    private static bool IsReadable(MailMessage message) =>
        message.Encryption == MailEncryption.None && !message.Defects.Any(defect => defect.Kind == MimeDefectKind.PartialMessage);

    private static bool IsPicture(MimePart part) => part.ContentType.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The client's only service, or the one whose name stands in the text.</summary>
    private static string? KnownService(Client? client, string words) => client?.Services switch
    {
        null or [] => null,
        [var only] => only,
        var services => services.OrderByDescending(service => service.Length)
            .FirstOrDefault(service => words.Contains(service, StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Importance and X-Priority set urgency and nothing else (rule 5.9).</summary>
    private static Urgency? HeaderUrgency(HeaderList headers)
    {
        if (headers["Importance"]?.Trim().ToLowerInvariant() is { } importance)
        {
            return importance switch { "high" => Urgency.High, "low" => Urgency.Low, "normal" => Urgency.Normal, _ => null };
        }

        return headers["X-Priority"]?.Trim() switch
        {
            ['1' or '2', ..] => Urgency.High,
            ['3', ..] => Urgency.Normal,
            ['4' or '5', ..] => Urgency.Low,
            _ => null,
        };
    }
}
