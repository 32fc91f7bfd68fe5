using System.Globalization;
using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Tells from the words of a mail what its writer did not say (rule 3.1): the administrator's rules in their order, then the shipped ones.
/// <para>The administrator's patterns are <see cref="RegexOptions.NonBacktracking"/>, so that none can cost more than its length times the
/// text's; the shipped ones are generated (docs/decisions/0010). Only the first <see cref="LongestText"/> characters are looked at. A rule that
/// runs out of time is logged and says nothing.</para>
/// </summary>
public sealed partial class ClassificationRules(DeskSettings settings, ILogger<ClassificationRules> log)
{
    public const int MaxRules = 100;

    /// <summary>In characters; an automaton grows with its pattern.</summary>
    public const int LongestPattern = 500;

    /// <summary>In characters, of the subject and of the text.</summary>
    public const int LongestText = 64 * 1024;

    /// <summary>Far beyond what a sound pattern takes for <see cref="LongestText"/>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Rule[] _rules = [.. settings.Rules.Classification.Select((options, i) => new Rule(i, options, Compile(options.Pattern)))];

    private sealed record Rule(int Index, ClassificationRuleOptions Options, Regex Pattern);

    /// <summary>Adds what the administrator's rules know to what is said already.</summary>
    public void Apply(RequestWords request, Claims claims)
    {
        var (subject, text) = (Beginning(request.Subject), Beginning(request.Text));
        foreach (var rule in _rules)
        {
            if (!AddsTo(claims, rule.Options) || !Matches(request, rule, subject, text)) continue;
            var source = string.Create(CultureInfo.InvariantCulture, $"rule {rule.Index}");
            if (rule.Options.StartsService) claims.SayStart(source);
            claims.Say(rule.Options.Category, source);
            claims.Say(rule.Options.Impact, source);
            claims.Say(rule.Options.Urgency, source);
            claims.SayService(rule.Options.Service, source);
        }
    }

    /// <summary>The category by the shipped rules; null when they do not know it or are switched off.</summary>
    public Category? Shipped(RequestWords request)
    {
        if (!settings.Rules.ShippedClassification) return null;
        var words = $"{Beginning(request.Subject)}\n{Beginning(request.Text)}";
        return IncidentWords().IsMatch(words) ? Category.Incident
            : ServiceWords().IsMatch(words) ? Category.Service
            : ChangeWords().IsMatch(words) ? Category.ServiceChange
            : null;
    }

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It cannot be matched without backtracking.</exception>
    public static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);

    private static bool AddsTo(Claims claims, ClassificationRuleOptions rule) =>
        (claims.Category is null && (rule.Category is not null || rule.StartsService))
        || (claims.Impact is null && rule.Impact is not null)
        || (claims.Urgency is null && rule.Urgency is not null)
        || (claims.Service is null && rule.Service is not null);

    private bool Matches(RequestWords request, Rule rule, string subject, string text)
    {
        try
        {
            return (rule.Options.In != ClassificationField.Text && rule.Pattern.IsMatch(subject))
                || (rule.Options.In != ClassificationField.Subject && rule.Pattern.IsMatch(text));
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or InsufficientExecutionStackException)
        {
            LogGaveUp(request.Message.MessageId, rule.Index, e.Message);
            return false;
        }
    }

    private static string Beginning(string text) => text.Length <= LongestText ? text : text[..LongestText];

    [LoggerMessage(EventId = 1401, Level = LogLevel.Warning, Message = "Message-ID {Mail}: classification rule {Rule} gave up, taken as no match: {Reason}")]
    private partial void LogGaveUp(string? mail, int rule, string reason);

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
