using System.Globalization;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Configuration;

/// <summary>A service is down by plan.</summary>
/// <param name="Titles">By language; the empty one stands for all others.</param>
/// <param name="From">UTC.</param>
/// <param name="To">UTC, not included.</param>
public sealed record PlannedOutage(string Service, IReadOnlyDictionary<string, string> Titles, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Null where the settings do not say which work it is.</summary>
    public string? TitleIn(string language) => Titles.GetValueOrDefault(language) ?? Titles.GetValueOrDefault("");
}

/// <summary>
/// The planned unavailability of services, from the settings. An incident that falls into it is told so and counted apart; it is measured
/// like any other, for the desk cannot know that nothing else is broken.
/// </summary>
public sealed class PlannedWork
{
    private static readonly string[] LocalFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd' 'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] OffsetFormats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd' 'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    private readonly List<PlannedOutage> _outages = [];

    /// <exception cref="SettingsException">A window cannot be used; all problems at once.</exception>
    public PlannedWork(DeskSettings settings, DeskDirectory directory)
    {
        List<string> problems = [];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.Desk.TimeZone);
        var services = directory.Clients.SelectMany(client => client.Services).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < settings.Rules.PlannedWork.Count; i++)
        {
            var (window, key) = (settings.Rules.PlannedWork[i], $"{SettingsLoader.Section}:Rules:PlannedWork:{i}");
            if (!services.Contains(window.Service)) problems.Add($"{key}:Service: no client has \"{window.Service}\"; give a service as the directory calls it");
            foreach (var language in window.Titles.Keys.Where(language => language is not ("ru" or "en" or "be"))) problems.Add($"{key}:Titles:{language}: is no language; give ru, en or be");
            var from = Read(window.From, $"{key}:From", zone, problems);
            var to = Read(window.To, $"{key}:To", zone, problems);
            if (from >= to) problems.Add($"{key}:To: {window.To} does not lie after From");
            if (from is { } start && to is { } end) _outages.Add(new PlannedOutage(window.Service, TitlesOf(window), start, end));
        }

        if (problems.Count > 0) throw new SettingsException(problems);
    }

    /// <summary>The work that a service is down for at a moment; the one that ends last where there are several.</summary>
    public PlannedOutage? Find(string? service, DateTimeOffset at) => _outages
        .Where(outage => outage.From <= at && at < outage.To && outage.Service.Equals(service, StringComparison.OrdinalIgnoreCase))
        .MaxBy(outage => outage.To);

    private static Dictionary<string, string> TitlesOf(PlannedWorkOptions window)
    {
        var titles = window.Titles.Where(title => !string.IsNullOrWhiteSpace(title.Value)).ToDictionary(StringComparer.Ordinal);
        if (!string.IsNullOrWhiteSpace(window.Title)) titles[""] = window.Title;
        return titles;
    }

    private static DateTimeOffset? Read(string text, string key, TimeZoneInfo zone, List<string> problems)
    {
        if (DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)) return exact.ToUniversalTime();
        if (!DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            problems.Add($"{key}: \"{text}\" is not a time; give one such as 2026-03-07T01:00 or 2026-03-07T01:00+03:00");
        else if (zone.IsInvalidTime(local))
            problems.Add($"{key}: {text} does not exist in {zone.Id}, whose clocks jump over it; give another time, or an offset");
        else if (zone.IsAmbiguousTime(local))
            problems.Add($"{key}: {text} comes twice in {zone.Id}, whose clocks are set back; give an offset such as {text}+03:00");
        else
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return null;
    }
}
