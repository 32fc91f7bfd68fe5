using System.Text.RegularExpressions;
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
    IReadOnlyList<MissingPart> Missing);

/// <summary>
/// Reads category, impact, urgency, priority and service of a new request (rules 3.1, 5.8, 5.9). For each, the first source that answers
/// wins: a tag in the subject, a labelled line in the text, a mail header (urgency only), the classification rules (category only), the
/// default.
/// </summary>
public sealed partial class RequestReader
{
    private const int LongestLabelledLine = 200;

    public static RequestFacts Read(IncomingMail mail, Client? client) => Read(RequestWords.Of(mail), client);

    /// <param name="client">Whose services are known; null for a stranger.</param>
    public static RequestFacts Read(RequestWords request, Client? client)
    {
        var claims = Claims(request.Subject, request.Text);
        var words = $"{request.Subject}\n{request.Text}";
        var category = claims.Category ?? Classify(words);
        var impact = claims.Impact ?? Impact.MinorLoss;
        var urgency = claims.Urgency ?? HeaderUrgency(request.Message.Headers) ?? Urgency.Normal;
        var service = claims.Service ?? KnownService(client, words);
        return new RequestFacts(
            category, claims.StartsService, impact, urgency, claims.Priority, service, [.. Missing(request, client, claims.Organisation, category, service)]);
    }

    private static IEnumerable<MissingPart> Missing(RequestWords request, Client? client, string? organisation, Category category, string? service)
    {
        if (client is null && organisation is null) yield return MissingPart.Organisation;
        if (service is null) yield return MissingPart.Service;
        if (!IsReadable(request.Message)) yield return MissingPart.ReadableText;
        else if (string.IsNullOrWhiteSpace(request.Text)) yield return MissingPart.Description;
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

    private static Category Classify(string words) =>
        IncidentWords().IsMatch(words) ? Category.Incident
        : ServiceWords().IsMatch(words) ? Category.Service
        : ChangeWords().IsMatch(words) ? Category.ServiceChange
        : Category.TechnicalSupport;

    private sealed record ClaimSet
    {
        public Category? Category { get; set; }

        public bool StartsService { get; set; }

        public Impact? Impact { get; set; }

        public Urgency? Urgency { get; set; }

        public Priority? Priority { get; set; }

        public string? Service { get; set; }

        public string? Organisation { get; set; }
    }

    private static ClaimSet Claims(string subject, string text)
    {
        var claims = new ClaimSet();
        foreach (Match tag in SubjectTag().Matches(subject)) ReadTag(tag.Groups["tag"].Value, claims);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon is > 0 and < 40 && line.Length <= LongestLabelledLine) ReadLabelled(line[..colon].ToString(), line[(colon + 1)..].ToString(), claims);
        }

        return claims;
    }

    private static void ReadTag(string tag, ClaimSet claims)
    {
        var colon = tag.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            ReadLabelled(tag[..colon], tag[(colon + 1)..], claims);
        }
        else if (PriorityTag().Match(Vocabulary.Normalise(tag)) is { Success: true } numbered)
        {
            claims.Priority ??= Vocabulary.FindPriority(numbered.Groups["number"].Value);
        }
        else if (Vocabulary.IsServiceStart(tag))
        {
            StartService(claims);
        }
        else
        {
            claims.Category ??= Vocabulary.FindCategory(tag);
            claims.Priority ??= Vocabulary.FindPriority(tag);
        }
    }

    private static void ReadLabelled(string label, string value, ClaimSet claims)
    {
        switch (Vocabulary.Normalise(label))
        {
            case "категория" or "category" or "катэгорыя":
                if (Vocabulary.IsServiceStart(value)) StartService(claims);
                else claims.Category ??= Vocabulary.FindCategory(value);
                break;
            case "приоритет" or "priority" or "прыярытэт":
                claims.Priority ??= Vocabulary.FindPriority(value);
                break;
            case "влияние" or "impact" or "уплыў":
                claims.Impact ??= Vocabulary.FindImpact(value);
                break;
            case "срочность" or "urgency" or "тэрміновасць":
                claims.Urgency ??= Vocabulary.FindUrgency(value);
                break;
            case "услуга" or "service" or "паслуга" or "название услуги":
                claims.Service ??= Named(value);
                break;
            case "организация" or "organisation" or "organization" or "company" or "арганізацыя" or "компания":
                claims.Organisation ??= Named(value);
                break;
        }
    }

    /// <summary>Starting a service changes what the client is served with (rules 3.1, 5.6).</summary>
    private static void StartService(ClaimSet claims)
    {
        claims.StartsService = true;
        claims.Category ??= Category.ServiceChange;
    }

    private static string? Named(string value) => value.Trim() is { Length: > 0 } name ? name : null;

    [GeneratedRegex(@"\[(?<tag>[^\[\]]{1,60})\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SubjectTag();

    [GeneratedRegex(@"^(?:p|приоритет|priority|прыярытэт)\s*(?<number>[1-5])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PriorityTag();

    [GeneratedRegex(
        @"не работа|не запуска|не открыва|не загружа|не отвеча|недоступ|упал[аои]?\b|сбо[йяе]|авари|ошибк|зависа|пропал[аои]? (связь|доступ)|не прац|не адкрыва|недаступ|збо[йяе]|памылк|"
        + @"\bdown\b|\bnot work|n[o']t work|unavailable|outage|\bcrash|\berror|unreachable",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IncidentWords();

    [GeneratedRegex(
        @"\bсч[её]т(а|у|ом|ов)?\b|сч[её]т-фактур|\bакт(ы|а|ов)?\b|бухгалт|сверк|\bоплат|договор|рахун|\bакт(аў)?\b|бухгалт|аплат|дагавор|\binvoice|\bbilling|\bcontract\b|\bpayment",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceWords();

    [GeneratedRegex(
        @"тариф|увелич|уменьш|расшир|добавить (памят|диск|ядр|ресурс)|изменить (конфигурац|парамет)|подключить услуг|отключить услуг|тарыф|павяліч|паменш|пашыр|дадаць (памя|дыск|рэсурс)|"
        + @"\btariff|\bupgrade|\bdowngrade|\bresize|increase the|change (the )?plan",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ChangeWords();
}
