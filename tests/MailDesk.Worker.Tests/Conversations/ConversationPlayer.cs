using System.Globalization;
using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Mail.Imap;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>
/// Plays a conversation to a desk. Every letter that the desk writes must be told by the file, at the moment at which it is written, before
/// anything else happens.
/// </summary>
internal sealed partial class ConversationPlayer(TestDesk desk)
{
    private readonly PersonMail _mail = new(desk.Get<DeskDirectory>(), desk.Clock);
    private readonly List<ReceivedLetter> _received = [];
    private readonly List<ReceivedLetter> _untold = [];
    private int _lastLetter;
    private byte[] _lastMail = [];
    private string _lastMailbox = "";
    private MailKind _lastKind;
    private string _lastId = "";

    public async Task PlayAsync(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            try
            {
                await PlayAsync(step);
            }
            catch (ConversationException e)
            {
                throw new ConversationException($"line {step.Line}: {e.Message}");
            }
        }

        ExpectNothingUntold();
    }

    private async Task PlayAsync(Step step)
    {
        if (step is Step.Writes or Step.Replies or Step.Presses or Step.ComesAgain or Step.LetterComes or Step.ReportComes or Step.Moment or Step.LetterRefused or Step.Replayed) ExpectNothingUntold();
        switch (step)
        {
            case Step.Moment moment: await MoveToAsync(moment.At); break;
            case Step.NewDirectory directory: await desk.ReplaceDirectoryAsync(await File.ReadAllTextAsync(ConversationTests.PathOf(directory.File))); break;
            case Step.Writes { Options.Fails: true } fails: await FailAsync(fails.To, _mail.New(fails)); break;
            case Step.Replayed: await ReplayAsync(); break;
            case Step.LetterRefused refused: await RefuseAsync(Find(refused.Letter), refused.Words); break;
            case Step.HasGot got: await SendAsync(got); break;
            case Step.Writes writes: await DeliverAsync(writes.To, _mail.New(writes)); break;
            case Step.Replies replies: await DeliverAsync(["support"], _mail.Reply(replies, Find(replies.To))); break;
            case Step.Presses presses: await DeliverAsync(["support"], _mail.Press(presses, Find(presses.In))); break;
            case Step.ComesAgain again: await DeliverAsync([again.Mailbox ?? _lastMailbox], _lastMail); break;
            case Step.LetterComes letter: await DeliverAsync([letter.Mailbox], Find(letter.Letter).Raw); break;
            case Step.ReportComes report: await DeliverAsync(["support"], _mail.Report(Find(report.Letter), report)); break;
            case Step.DeskWrites expected: Expect(expected); break;
            case Step.RecordedAs recorded: Same("recorded as", recorded.Kind.ToString(), _lastKind.ToString()); break;
            case Step.Stands stands: await CompareAsync(stands); break;
            case Step.Missing missing: if (await FindTicketAsync(missing.Number) is not null) throw new ConversationException($"there is {missing.Number}"); break;
            case Step.History history: await CompareAsync(history); break;
        }
    }

    private async Task MoveToAsync(DateTimeOffset moment)
    {
        await desk.MoveToAsync(moment);
        await CollectAsync();
        var early = _untold.Where(letter => letter.Message.Date < moment).ToList();
        if (early.Count > 0) throw new ConversationException($"the desk wrote before that moment:\n{Show(early)}");
    }

    /// <summary>The mail comes to each mailbox of the desk among its addresses.</summary>
    private async Task DeliverAsync(IReadOnlyList<string> to, byte[] raw)
    {
        foreach (var name in to.Where(name => name is "support" or "info"))
        {
            (_lastMail, _lastMailbox) = (raw, name);
            _lastKind = await desk.DeliverAsync(_mail.AddressOf(name), raw);
        }

        await CollectAsync();
    }

    /// <summary>As the watcher does with a message whose processing fails every time.</summary>
    private async Task FailAsync(IReadOnlyList<string> to, byte[] raw)
    {
        var mail = desk.Read(_mail.AddressOf(to[0]), raw);
        var summary = new MessageSummary(mail.Uid, mail.ReceivedAt, raw.Length, []);
        while (!await desk.Get<FailureLog>().RecordAsync(mail.Mailbox, mail.UidValidity, summary, raw, "InvalidOperationException: fault", CancellationToken.None))
        {
        }

        (_lastMail, _lastMailbox, _lastKind, _lastId) = (raw, to[0], MailKind.Unprocessable, mail.Id);
        await CollectAsync();
    }

    private async Task ReplayAsync()
    {
        var result = await desk.Get<MailReplay>().RunAsync(_lastId, CancellationToken.None);
        if (!result.Succeeded) throw new ConversationException(result.Message);
        await using var db = await desk.OpenAsync();
        _lastKind = (await db.Mails.OrderBy(m => m.RecordedAt).LastAsync()).Kind;
        await CollectAsync();
    }

    private async Task RefuseAsync(ReceivedLetter letter, string words)
    {
        await using var db = await desk.OpenAsync();
        var row = await db.Letters.AsNoTracking().SingleAsync(l => l.MessageId == letter.Message.MessageId);
        await desk.Get<LetterBox>().MarkAsync(row, new Delivery.GiveUp(words), CancellationToken.None);
        await CollectAsync();
    }

    private async Task SendAsync(Step.HasGot expected)
    {
        await desk.SendDueAsync();
        await using var db = await desk.OpenAsync();
        var address = _mail.AddressOf(expected.Holder);
        var states = await db.Letters.Where(l => l.Recipient == address).Select(l => l.State).ToListAsync();
        Same(
            $"letters to {expected.Holder}",
            $"{expected.Sent} sent, {expected.Waiting} waiting, {expected.Dropped} not sent",
            $"{states.Count(s => s == LetterState.Delivered)} sent, {states.Count(s => s == LetterState.Pending)} waiting, {states.Count(s => s == LetterState.Suppressed)} not sent");
    }

    private async Task CollectAsync()
    {
        await using var db = await desk.OpenAsync();
        foreach (var row in await db.Letters.AsNoTracking().Include(l => l.Content).Where(l => l.Id > _lastLetter).OrderBy(l => l.Id).ToListAsync())
        {
            _lastLetter = row.Id;
            _untold.Add(new ReceivedLetter(row));
        }

        _received.AddRange(_untold.Except(_received));
    }

    private void Expect(Step.DeskWrites expected)
    {
        foreach (var name in expected.To)
        {
            var address = _mail.AddressOf(name);
            var letter = _untold.Find(l => l.Kind == expected.Kind && l.Recipient == address)
                ?? throw new ConversationException($"the desk has written no [{expected.Kind}] to {name}. It has written:\n{Show(_untold)}");
            _untold.Remove(letter);
            if (expected.Subject is { } subject && !letter.Message.Subject.Contains(subject, StringComparison.Ordinal))
            {
                throw new ConversationException($"the subject does not say \"{subject}\":\n{letter}");
            }

            var text = OneLine(string.Join('\n', [letter.Text, .. letter.Message.Attachments.Select(a => $"[{a.FileName}]")]));
            foreach (var fragment in expected.Fragments)
            {
                if (Says(text, fragment.Text) == fragment.Absent) throw new ConversationException($"the letter {(fragment.Absent ? "says" : "does not say")} \"{fragment.Text}\":\n{letter}");
            }
        }
    }

    /// <summary>All parts between the dots, in their order.</summary>
    private static bool Says(string text, string fragment)
    {
        var at = 0;
        foreach (var part in fragment.Split('…', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var found = text.IndexOf(OneLine(part), at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return true;
    }

    private void ExpectNothingUntold()
    {
        if (_untold.Count > 0) throw new ConversationException($"the conversation does not tell of these letters:\n{Show(_untold)}");
    }

    private ReceivedLetter Find(LetterName name)
    {
        var address = _mail.AddressOf(name.Holder);
        return _received.FindLast(l => l.Recipient == address && (name.Kind is null || l.Kind == name.Kind))
            ?? throw new ConversationException($"{name.Holder} has got no letter [{name.Kind}]");
    }

    private async Task CompareAsync(Step.Stands stands)
    {
        var ticket = await FindTicketAsync(stands.Number) ?? throw new ConversationException($"there is no {stands.Number}");
        foreach (var (fact, value) in stands.Facts)
        {
            Same(fact, value, fact switch
            {
                "state" => ticket.State.ToString(),
                "priority" => ((int)ticket.Priority).ToString(CultureInfo.InvariantCulture),
                "category" => ticket.StartsService ? "ServiceStart" : ticket.Category.ToString(),
                "engineer" => ticket.Engineer?.Split('@')[0] ?? "nobody",
                "outcome" => ticket.Outcome?.ToString() ?? "none",
                "follows" => ticket.Follows is { } number ? $"MD-{number}" : "nothing",
                "client" => ticket.Client ?? "nobody",
                "team" => ticket.Team ?? "everybody",
                "service" => ticket.Service ?? "none",
                "about" => ticket.AboutId is { } id ? await NumberOfAsync(id) : "nothing",
                "planned-work" => ticket.DuringPlannedWork ? "yes" : "no",
                "reopened" => ticket.ReopenedCount.ToString(CultureInfo.InvariantCulture),
                _ => throw new ConversationException($"a request has no \"{fact}\""),
            });
        }
    }

    private async Task CompareAsync(Step.History history)
    {
        var ticket = await FindTicketAsync(history.Number) ?? throw new ConversationException($"there is no {history.Number}");
        await using var db = await desk.OpenAsync();
        var events = await db.Events.AsNoTracking().Where(e => e.TicketId == ticket.Id).OrderBy(e => e.Id).ToListAsync();
        Same("history", history.Text, string.Join('\n', events.Select(Line)));
    }

    private static string Line(EventRow happened)
    {
        var change = (happened.From, happened.To) switch
        {
            (null, null) => "",
            (null, var to) => $" {to}",
            var (from, to) => $" {from} -> {to}",
        };
        var time = happened.At.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{time} {happened.Actor.Split('@')[0]}: {happened.Kind}{change}{(happened.Detail is { } detail ? $" ({detail})" : "")}";
    }

    private async Task<string> NumberOfAsync(int id)
    {
        await using var db = await desk.OpenAsync();
        var ticket = await db.Tickets.AsNoTracking().FirstAsync(t => t.Id == id);
        return new TicketNumber(ticket.Kind, ticket.Number).Display("MD");
    }

    private async Task<TicketRow?> FindTicketAsync(string number)
    {
        await using var db = await desk.OpenAsync();
        var complaint = number.StartsWith("MDC", StringComparison.Ordinal);
        var value = int.Parse(number.AsSpan(complaint ? 4 : 3), CultureInfo.InvariantCulture);
        return TicketLedger.Find(db, new TicketNumber(complaint ? TicketKind.Complaint : TicketKind.Request, value));
    }

    private static void Same(string what, string expected, string found)
    {
        if (!string.Equals(expected, found, StringComparison.Ordinal)) throw new ConversationException($"{what}: the file says\n{expected}\nbut it is\n{found}");
    }

    private static string Show(List<ReceivedLetter> letters) => letters.Count == 0 ? "  nothing" : string.Join('\n', letters);

    private static string OneLine(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"[\s\u00A0]+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();
}
