using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Outbox;

/// <param name="Go">Those that may be sent now, in order.</param>
/// <param name="Counted">Those of them that count against the limits from now on.</param>
/// <param name="Held">Those that wait, and until when.</param>
/// <param name="Suppressed">Those that are never sent.</param>
public sealed record PacePlan(
    IReadOnlyList<LetterRow> Go, IReadOnlyList<int> Counted, IReadOnlyList<(LetterRow Letter, DateTimeOffset Until)> Held, IReadOnlyList<LetterRow> Suppressed)
{
    /// <summary>Whether some of the due letters are not sent after all.</summary>
    public bool Withholds => Held.Count > 0 || Suppressed.Count > 0;
}

/// <summary>
/// The limits for one address (MAIL.md §8).
/// <para>Invariants: a letter counts from the moment at which it is first let through, and once however often it is tried. What is over a limit
/// waits until the limit allows it, in its order. Only what answers a mail at once (<see cref="LetterPace.Reply"/>) is ever dropped, and only
/// when so many to that address came before it within a day: a robot that answers every letter gets none any more and falls silent, and no
/// more than that can wait. What an engineer wrote passes all of them.</para>
/// </summary>
public sealed partial class LetterPacer(DeskSettings settings, ILogger<LetterPacer> log)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), TenMinutes = TimeSpan.FromMinutes(10), Day = TimeSpan.FromDays(1);

    /// <summary>In the words of the index's filter, as the next one: that makes it serve.</summary>
    internal const string CountedSince = """SELECT "PacedAt", "Kind" FROM "Letters" WHERE "Recipient" = @p0 AND "PacedAt" > @p1 ORDER BY "PacedAt" DESC LIMIT @p2""";

    internal const string AnswersBefore = """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM "Letters"
            WHERE "Recipient" = @p0 AND "Pace" = 'Reply' AND "State" <> 'Suppressed' AND "CreatedAt" > @p1 AND "Id" < @p2
            ORDER BY "CreatedAt" LIMIT @p3)
        """;

    /// <summary>Decides and writes nothing. To be asked by one lane at a time, or two would let through what only one may.</summary>
    public PacePlan Plan(Statements statements, IReadOnlyList<LetterRow> due, DateTimeOffset now)
    {
        List<LetterRow> go = [], suppressed = [];
        List<int> counted = [];
        List<(LetterRow, DateTimeOffset)> held = [];
        Dictionary<string, List<Slot>> slots = new(StringComparer.Ordinal);
        HashSet<(int?, string)> waiting = []; // a letter that is held back holds back the later ones of its request
        foreach (var letter in due)
        {
            if (letter.Pace == LetterPace.Free || letter.PacedAt is not null)
            {
                go.Add(letter);
                continue;
            }

            if (letter.TicketId is not null && waiting.Contains((letter.TicketId, letter.Recipient))) continue;
            if (letter.Pace == LetterPace.Reply && IsOneTooMany(statements, letter))
            {
                suppressed.Add(letter);
                continue;
            }

            if (!slots.TryGetValue(letter.Recipient, out var taken)) slots.Add(letter.Recipient, taken = Taken(statements, letter.Recipient, now));
            var at = Earliest(taken, letter.Kind, now);
            taken.Add(new Slot(at, letter.Kind));
            taken.Sort((left, right) => right.At.CompareTo(left.At));
            if (at <= now)
            {
                go.Add(letter);
                counted.Add(letter.Id);
            }
            else
            {
                held.Add((letter, at));
                waiting.Add((letter.TicketId, letter.Recipient));
            }
        }

        return new PacePlan(go, counted, held, suppressed);
    }

    public void Report(PacePlan plan)
    {
        foreach (var (letter, until) in plan.Held) LogHeldBack(letter.MessageId, letter.Recipient, letter.Kind, until);
        foreach (var letter in plan.Suppressed) LogSuppressed(letter.MessageId, letter.Recipient, letter.Kind, settings.Outbox.AutomaticRepliesPerDay);
    }

    /// <param name="taken">Latest first.</param>
    private DateTimeOffset Earliest(List<Slot> taken, LetterKind kind, DateTimeOffset now)
    {
        var (perHour, sameKind) = (settings.Outbox.AutomaticPerHour, settings.Outbox.SameKindPerTenMinutes);
        var at = now;
        if (taken.Count >= perHour && taken[perHour - 1].At + Hour is var hour && hour > at) at = hour;
        // The parts of one request come together, and an engineer made them on purpose (rule 5.5): only the hour counts.
        if (kind is not LetterKind.Split && taken.Where(slot => slot.Kind == kind).Skip(sameKind - 1).FirstOrDefault() is { } slot && slot.At + TenMinutes is var window && window > at) at = window;
        return at;
    }

    /// <summary>What counts against the limits now, latest first; as many as can matter.</summary>
    private List<Slot> Taken(Statements statements, string recipient, DateTimeOffset now) => statements.Query(
        CountedSince,
        rows => new Slot(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(0)), Enum.Parse<LetterKind>(rows.GetString(1))),
        recipient, (now - Hour).ToUnixTimeMilliseconds(), settings.Outbox.AutomaticPerHour);

    private bool IsOneTooMany(Statements statements, LetterRow letter)
    {
        var most = settings.Outbox.AutomaticRepliesPerDay;
        return statements.Number(AnswersBefore, letter.Recipient, (letter.CreatedAt - Day).ToUnixTimeMilliseconds(), letter.Id, most) >= most;
    }

    private sealed record Slot(DateTimeOffset At, LetterKind Kind);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Warning, Message = "Letter {MessageId} to {Recipient} ({Kind}) is held back until {Until:u}: too many automatic letters to this address")]
    private partial void LogHeldBack(string messageId, string recipient, LetterKind kind, DateTimeOffset until);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Error,
        Message = "Letter {MessageId} to {Recipient} ({Kind}) is not sent: {Limit} automatic answers to this address within a day; a robot seems to answer the desk")]
    private partial void LogSuppressed(string messageId, string recipient, LetterKind kind, int limit);
}
