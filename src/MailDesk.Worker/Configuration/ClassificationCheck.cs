using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Configuration;

/// <summary>Checks the administrator's classification rules: what is wrong is found at the start, not in the middle of somebody's mail.</summary>
internal static class ClassificationCheck
{
    private const int LongestService = 100;

    /// <returns>Of each problem the key below the section, and what is wrong and what would be right.</returns>
    public static IEnumerable<(string Key, string What)> Problems(IReadOnlyList<ClassificationRuleOptions> rules)
    {
        const string all = "Rules:Classification";
        if (rules.Count > ClassificationRules.MaxRules)
        {
            yield return (all, $"has {rules.Count} rules; give {ClassificationRules.MaxRules} at most: several words fit one pattern, such as \"счет|акт|договор\"");
            yield break;
        }

        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var (key, what) in Problems(rules[i])) yield return (key.Length == 0 ? $"{all}:{i}" : $"{all}:{i}:{key}", what);
        }
    }

    private static IEnumerable<(string Key, string What)> Problems(ClassificationRuleOptions rule)
    {
        if (ProblemOf(rule.Pattern) is { } problem) yield return ("Pattern", problem);
        if (!Enum.IsDefined(rule.In)) yield return ("In", $"\"{rule.In}\" is not known; give Subject, Text or Both");
        if (rule.Category is { } category && !Enum.IsDefined(category)) yield return ("Category", $"\"{category}\" is not known; give {Names<Category>()}");
        if (rule.Impact is { } impact && !Enum.IsDefined(impact)) yield return ("Impact", $"\"{impact}\" is not known; give {Names<Impact>()}");
        if (rule.Urgency is { } urgency && !Enum.IsDefined(urgency)) yield return ("Urgency", $"\"{urgency}\" is not known; give {Names<Urgency>()}");
        if (rule.Service is { } service && (string.IsNullOrWhiteSpace(service) || service.Length > LongestService || service.Any(char.IsControl)))
            yield return ("Service", $"is empty, longer than {LongestService} characters or has control characters; give the name of a service as the directory has it");
        if (rule is { StartsService: true, Category: not (null or Category.ServiceChange) })
            yield return ("StartsService", $"contradicts Category {rule.Category}: to start a service is a ServiceChange; leave one of them out");
        if (rule is { Category: null, Impact: null, Urgency: null, Service: null, StartsService: false })
            yield return ("", "says nothing; give Category, Impact, Urgency, Service or StartsService");
    }

    private static string? ProblemOf(string pattern)
    {
        if (pattern.Length == 0) return "is missing; give a regular expression such as \"не открывается|недоступ\"";
        if (pattern.Length > ClassificationRules.LongestPattern)
            return $"is {pattern.Length} characters long; give {ClassificationRules.LongestPattern} at most, or divide it into several rules";
        try
        {
            return ClassificationRules.Compile(pattern).IsMatch("") ? "matches an empty text, and so every mail; name the words that must stand there" : null;
        }
        catch (RegexParseException e)
        {
            return $"\"{pattern}\" is no regular expression: {e.Error} at character {e.Offset}; see .NET's regular expression language, and write \\\\ for \\ in JSON";
        }
        catch (NotSupportedException)
        {
            return $"\"{pattern}\" has look-around, a back-reference, an atomic group or a condition, or repeats too much; write it without: "
                + "every pattern must take time in proportion to the text";
        }
    }

    private static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());
}
