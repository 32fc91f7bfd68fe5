using System.Globalization;

namespace MailDesk.Worker.Tests.Month;

/// <summary>What the books give at the end of the month, under the names that the report has for a Russian reader.</summary>
internal sealed class MonthFigures
{
    private static readonly string[] Priorities = ["", "1, критический", "2, высокий", "3, средний", "4, низкий", "5, планируемый"];

    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Incident"] = "инцидент",
        ["TechnicalSupport"] = "техническая поддержка",
        ["ServiceChange"] = "изменение услуги",
        ["Service"] = "обслуживание",
    };

    private readonly DateTimeOffset _end;

    /// <param name="newsletters">Mail of programs that nobody knows; it is held as well, and nobody does anything about it.</param>
    /// <param name="end">The end of the month, UTC; the books stand at it.</param>
    public MonthFigures(IReadOnlyCollection<MonthCase> cases, int newsletters, DateTimeOffset end)
    {
        _end = end;
        var served = cases.Where(c => c is { IsHeld: false, IsRejected: false }).ToList();
        var requests = served.Where(c => !c.IsComplaint).ToList();
        var complaints = served.Where(c => c.IsComplaint).ToList();
        var measured = requests.Where(c => !c.DuringPlannedWork).ToList();

        Volume("Запросы", requests);
        Put("Запросы", "Возвращено в работу", requests.Sum(c => c.Reopened));
        Put("Запросы", "Завершено: ответ дан", requests.Count(c => c.Outcome == "Answered"));
        Put("Запросы", "Завершено: ответ от клиента не получен", requests.Count(c => c.Outcome == "NoAnswerFromClient"));
        Put("Запросы", "Завершено: не поддерживается", 0);
        foreach (var (category, name) in Categories) Volume(name, requests.Where(c => c.Category == category));
        for (var priority = 1; priority <= 5; priority++) Volume(Priorities[priority], requests.Where(c => c.Priority == priority));
        foreach (var client in requests.GroupBy(c => c.Client)) Volume(client.Key, client);
        for (var priority = 1; priority <= 5; priority++) Levels(Priorities[priority], measured.Where(c => c.Priority == priority));
        Levels("Поступило", measured);
        Levels("Перешло с прошлых месяцев", []);
        Times("Время реакции, мин", measured.Select(c => c.ReactionTime).OfType<TimeSpan>());
        Times("Время выполнения, мин", measured.Where(c => c.CompletedAt is not null).Select(c => c.Worked(c.CompletedAt!.Value)));
        Put("Во время плановых работ", "Поступило", requests.Count(c => c.DuringPlannedWork));
        Levels("Во время плановых работ", requests.Where(c => c.DuringPlannedWork));
        Volume("Претензии", complaints);
        Tally("Претензии", "Срок рассмотрения", complaints.Select(c => (c.CompletedAt is not null, c.TermPassed(c.CompletedAt ?? end))));
        Put("Письма неизвестных отправителей", "Поступило", cases.Count(c => c.CameHeld) + newsletters);
        Put("Письма неизвестных отправителей", "Принято", cases.Count(c => c is { CameHeld: true, IsHeld: false, IsRejected: false }));
        Put("Письма неизвестных отправителей", "Отклонено", cases.Count(c => c.IsRejected));
        Put("Письма неизвестных отправителей", "Ждут решения", cases.Count(c => c is { IsHeld: true, IsRejected: false }) + newsletters);
        foreach (var request in served) Lines.Add(request.Number!, LineOf(request));
        Misses = [.. served.SelectMany(MissesOf).Order(StringComparer.Ordinal)];
    }

    public Dictionary<string, string> Figures { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Misses { get; }

    /// <inheritdoc cref="MonthReport.Lines"/>
    public Dictionary<string, string> Lines { get; } = new(StringComparer.Ordinal);

    private static string LineOf(MonthCase request) => string.Join(
        "; ",
        request.Client,
        request.IsComplaint ? "" : Categories[request.Category],
        request.IsComplaint ? "" : request.Priority.ToString(CultureInfo.InvariantCulture),
        Minsk(request.RegisteredAt),
        Minsk(request.ReactedAt),
        Minsk(request.CompletedAt),
        request.Outcome switch { "Answered" => "ответ дан", "NoAnswerFromClient" => "ответ от клиента не получен", _ => "" },
        request.Reopened);

    private static string Minsk(DateTimeOffset? at) => at?.AddHours(3).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private IEnumerable<string> MissesOf(MonthCase request)
    {
        if (request.IsComplaint)
        {
            if (request.TermPassed(request.CompletedAt ?? _end)) yield return $"{request.Number} рассмотрение претензии";
            yield break;
        }

        if (IsLate(request)) yield return $"{request.Number} реакция";
        if (IsOverdue(request)) yield return $"{request.Number} выполнение";
    }

    private bool IsLate(MonthCase request) => (request.ReactionTime ?? _end - request.RegisteredAt) > MonthCase.ReactionOf(request.Priority);

    private bool IsOverdue(MonthCase request) => MonthCase.ExecutionOf(request.Priority) is { } term && request.Worked(request.CompletedAt ?? _end) > term;

    private void Put(string section, string what, object value) => Figures.Add($"{section} | {what}", Convert.ToString(value, CultureInfo.InvariantCulture)!);

    private void Volume(string section, IEnumerable<MonthCase> of)
    {
        var all = of.ToList();
        Put(section, "Перешло с прошлых месяцев", 0);
        Put(section, "Поступило", all.Count);
        Put(section, "Завершено", all.Count(c => c.CompletedAt is not null));
        Put(section, "Открыто на конец периода", all.Count(c => c.CompletedAt is null));
    }

    private void Levels(string section, IEnumerable<MonthCase> of)
    {
        var all = of.ToList();
        Tally(section, "Срок реакции", all.Select(c => (c.ReactedAt is not null, IsLate(c))));
        Tally(section, "Срок выполнения", all.Where(c => c.Priority < 5).Select(c => (c.CompletedAt is not null, IsOverdue(c))));
    }

    private void Tally(string section, string what, IEnumerable<(bool Done, bool Late)> of)
    {
        var all = of.ToList();
        var (met, missed) = (all.Count(c => c is { Done: true, Late: false }), all.Count(c => c.Late));
        Put(section, $"{what}: в срок", met);
        Put(section, $"{what}: нарушен", missed);
        Put(section, $"{what}: срок идёт", all.Count - met - missed);
        if (met + missed > 0) Put(section, $"{what}: в срок, %", (double)met / (met + missed));
    }

    /// <summary>The middle one or the mean of the two in the middle; the shortest that 95 of 100 do not exceed.</summary>
    private void Times(string section, IEnumerable<TimeSpan> of)
    {
        var sorted = of.Order().ToList();
        Put(section, "медиана", Math.Floor(((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2).TotalMinutes));
        Put(section, "95-й процентиль", Math.Floor(sorted[(int)Math.Ceiling(sorted.Count * 0.95m) - 1].TotalMinutes));
    }
}
