using System.Globalization;
using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Sandbox;

namespace MailDesk.Worker.Tests.Month;

/// <summary>
/// Plays the month: what everybody does is decided by dice that fall the same each time, and by the letters that they get. What is done is
/// entered into the books as it is done.
/// </summary>
internal sealed partial class MonthPlay(MonthDesk desk, int seed)
{
    private readonly Random _random = new(seed);
    private readonly MonthMail _mail = new(desk.Clock);
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Order)> _plan = new();
    private readonly Dictionary<string, MonthCase> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<MonthCase, List<MailMessage>> _offers = [];
    private int _planned;

    public IReadOnlyCollection<MonthCase> Cases => _cases.Values;

    /// <summary>How many have come.</summary>
    public int Newsletters { get; private set; }

    /// <summary>Letters with reports, newest last.</summary>
    public List<MailMessage> Reports { get; } = [];

    /// <summary>What the desk has refused to its engineers, who in this play do nothing wrong.</summary>
    public List<string> Refused { get; } = [];

    private DateTimeOffset Now => desk.Clock.GetUtcNow();

    /// <summary>Plays on until <paramref name="end"/>: what people planned and what falls due at the desk, each at its moment.</summary>
    public async Task RunAsync(DateTimeOffset end)
    {
        while (true)
        {
            var planned = _plan.TryPeek(out _, out var when) ? when.At : DateTimeOffset.MaxValue;
            var next = await desk.NextDueAsync() is { } due && due < planned ? due : planned;
            if (next > end) break;
            desk.Clock.Now = next;
            if (planned <= next) await _plan.Dequeue()();
            foreach (var letter in await desk.SettleAsync()) Read(letter);
            Distribute();
        }

        desk.Clock.Now = end;
        foreach (var letter in await desk.SettleAsync()) Read(letter);
    }

    /// <summary>A new request of a client's person, at a moment of the month.</summary>
    public void PlanRequest(DateTimeOffset at)
    {
        var person = Pick(MonthPeople.Persons);
        var category = Pick(MonthWords.Categories);
        var (subject, text) = MonthWords.Plain(category, person.Language);
        var (impact, urgency) = (2, 1);
        if (Chance(0.5))
        {
            (impact, urgency) = (_random.Next(4), _random.Next(3));
            subject = $"{MonthWords.Tags(category, impact, urgency)} {subject}";
        }

        PlanCase(at, person, category, MonthCase.PriorityOf(category, impact, urgency), subject, text, MonthPeople.Support);
    }

    public void PlanComplaint(DateTimeOffset at) =>
        PlanCase(at, Pick(MonthPeople.Persons), "TechnicalSupport", 4, "Недовольны сроками", "Добрый день!\n\nНа наши письма отвечают слишком долго.", MonthPeople.Complaints);

    /// <summary>A program of a client's reports something: registered, not answered (MAIL.md §1.4).</summary>
    public void PlanMonitoring(DateTimeOffset at) => PlanCase(
        at, Pick(MonthPeople.Persons), "Incident", 4, "Не отвечает сервер", "Проверка не прошла.", MonthPeople.Support, ("Auto-Submitted", "auto-generated"));

    /// <summary>Somebody whom no client's list names.</summary>
    public void PlanStranger(DateTimeOffset at, string address)
    {
        var person = new MonthPerson("", address, "ru", "", "");
        PlanCase(at, person, "TechnicalSupport", 4, "Как стать клиентом?", "Добрый день!\n\nКак к вам подключиться?", MonthPeople.Support);
    }

    /// <summary>A newsletter of somebody unknown: recorded and held, not answered.</summary>
    public void PlanNewsletter(DateTimeOffset at) => Plan(at, () =>
    {
        Newsletters++;
        return desk.SendAsync("news@shop.example", [MonthPeople.Support], _mail.New("news@shop.example", "Shop", [MonthPeople.Support], $"Скидки {_planned}", "Только сегодня!", ("List-Id", "<news.shop.example>"), ("Precedence", "bulk")), authenticated: false);
    });

    private void PlanCase(
        DateTimeOffset at, MonthPerson person, string category, int priority, string subject, string text, string mailbox, params (string Name, string Value)[] headers)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"№{_planned}");
        Plan(at, async () =>
        {
            var day = DateOnly.FromDateTime(Now.AddHours(3).DateTime);
            var held = person.Client.Length == 0 || (person.Client == MonthPeople.Lapsing && day > MonthPeople.LapsesAfter);
            _cases[mark] = new MonthCase
            {
                Mark = mark,
                Person = person,
                Category = category,
                Priority = priority,
                RegisteredAt = Now,
                IsComplaint = mailbox == MonthPeople.Complaints,
                DuringPlannedWork = category == "Incident" && mailbox == MonthPeople.Support && person.Service == MonthPeople.ServiceAtWork
                    && Now >= MonthPeople.PlannedWork.From && Now < MonthPeople.PlannedWork.To,
                Client = person.Client,
                IsHeld = held,
                CameHeld = held,
            };
            var raw = _mail.New(person.Address, person.Name, [mailbox], $"{subject} {mark}", $"{text}\n\n{person.Name}", headers);
            await desk.SendAsync(person.Address, [mailbox], raw, authenticated: person.Client.Length > 0);
            if (Chance(0.08)) PlanAgain(person, raw);
        });
    }

    /// <summary>The same mail comes a second time: a server that was interrupted, or a copy to the other mailbox.</summary>
    private void PlanAgain(MonthPerson person, byte[] raw)
    {
        var mailbox = Chance(0.5) ? MonthPeople.Support : MonthPeople.Complaints;
        Plan(After(TimeSpan.FromMinutes(1), TimeSpan.FromHours(3)), () => desk.SendAsync(person.Address, [mailbox], raw, authenticated: person.Client.Length > 0));
    }

    private void Read(DeliveredMessage delivered)
    {
        var letter = MimeParser.Parse(delivered.Raw);
        var reader = delivered.Recipients[0];
        var kind = desk.KindOf(letter);
        if (kind == "MonthlyReport") Reports.Add(letter);
        if (kind == "Transcript" && letter.TextBody!.Contains('✗', StringComparison.Ordinal)) Refused.Add($"{Now:u} {reader}\n{letter.TextBody}");
        if (!Mark().IsMatch(letter.Subject) || !_cases.TryGetValue(Mark().Match(letter.Subject).Value, out var request)) return;

        if (Number().Match(letter.Subject) is { Success: true } number) request.Number ??= number.Groups["number"].Value;
        if (reader.EndsWith("@desk.example", StringComparison.Ordinal)) EngineerReads(request, reader, kind, letter);
        else if (reader == request.Person.Address) ClientReads(request, kind, letter);
    }

    /// <summary>Of those who were told of a new request, one looks after it.</summary>
    private void Distribute()
    {
        foreach (var (request, letters) in _offers) Take(request, Pick(letters));
        _offers.Clear();
    }

    private void Plan(DateTimeOffset at, Func<Task> what) => _plan.Enqueue(what, (at, _planned++));

    /// <summary>A moment between these times from now, at a full second.</summary>
    private DateTimeOffset After(TimeSpan least, TimeSpan most) => Now + TimeSpan.FromSeconds(Math.Floor(least.TotalSeconds + (_random.NextDouble() * (most - least).TotalSeconds)));

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    [GeneratedRegex(@"№\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\[(?<number>MDC?-\d+)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
