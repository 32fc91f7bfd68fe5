using System.Globalization;
using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>Reads the files of tests/conversations; README.md there tells the format.</summary>
internal static partial class ConversationReader
{
    private static readonly TimeZoneInfo Minsk = TimeZoneInfo.FindSystemTimeZoneById("Europe/Minsk");

    /// <exception cref="FormatException">A line means nothing; the message names it.</exception>
    public static IReadOnlyList<Step> Read(string text)
    {
        List<Step> steps = [];
        DateOnly? day = null;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            var (head, line) = (lines[i].TrimEnd(), i + 1);
            List<string> body = [];
            while (i + 1 < lines.Length && (lines[i + 1].StartsWith("  ", StringComparison.Ordinal) || lines[i + 1].Length == 0))
            {
                i++;
                body.Add(lines[i].Length == 0 ? "" : lines[i][2..]);
            }

            try
            {
                steps.Add(ReadStep(head, line, string.Join('\n', body).TrimEnd(), ref day));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new FormatException($"line {line}: \"{head}\": {e.Message}", e);
            }
        }

        return steps;
    }

    private static Step ReadStep(string head, int line, string body, ref DateOnly? day)
    {
        if (MomentLine().Match(head) is { Success: true } moment) return ReadMoment(moment, line, ref day);
        if (SettingLine().Match(head) is { Success: true } setting) return new Step.Setting(line, setting.Groups["key"].Value, setting.Groups["value"].Value);
        if (DeskLine().Match(head) is { Success: true } desk)
        {
            return new Step.DeskWrites(line, Names(desk), Kind(desk.Groups["kind"].Value), Optional(desk, "subject"), Fragments(body));
        }

        if (WritesLine().Match(head) is { Success: true } writes)
        {
            return new Step.Writes(line, writes.Groups["from"].Value, Names(writes), writes.Groups["subject"].Value, Options(writes), body);
        }

        if (RepliesLine().Match(head) is { Success: true } replies) return new Step.Replies(line, replies.Groups["from"].Value, Letter(replies), Options(replies), body);
        if (PressesLine().Match(head) is { Success: true } presses)
        {
            return new Step.Presses(line, presses.Groups["from"].Value, Letter(presses), presses.Groups["button"].Value, Options(presses), body);
        }

        if (AgainLine().Match(head) is { Success: true } again) return new Step.ComesAgain(line, Optional(again, "mailbox"));
        if (LetterLine().Match(head) is { Success: true } letter) return new Step.LetterComes(line, Letter(letter), letter.Groups["mailbox"].Value);
        if (ReportLine().Match(head) is { Success: true } report) return new Step.ReportComes(line, Letter(report), report.Groups["status"].Value);
        if (RecordedLine().Match(head) is { Success: true } recorded) return new Step.RecordedAs(line, Enum.Parse<MailKind>(recorded.Groups["kind"].Value));
        if (StandsLine().Match(head) is { Success: true } stands) return new Step.Stands(line, stands.Groups["number"].Value, Facts(stands.Groups["facts"].Value));
        if (MissingLine().Match(head) is { Success: true } missing) return new Step.Missing(line, missing.Groups["number"].Value);
        if (HistoryLine().Match(head) is { Success: true } history) return new Step.History(line, history.Groups["number"].Value, body);
        throw new FormatException("nobody can read this");
    }

    private static Step.Moment ReadMoment(Match match, int line, ref DateOnly? day)
    {
        if (Optional(match, "date") is { } date) day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (day is not { } on) throw new FormatException("the first moment needs a date");
        if (Optional(match, "weekday") is { } weekday && !string.Equals(weekday, on.DayOfWeek.ToString(), StringComparison.Ordinal))
        {
            throw new FormatException($"{on:yyyy-MM-dd} is a {on.DayOfWeek}");
        }

        var local = on.ToDateTime(TimeOnly.ParseExact(match.Groups["time"].Value, "HH:mm", CultureInfo.InvariantCulture));
        return new Step.Moment(line, new DateTimeOffset(local, Minsk.GetUtcOffset(local)));
    }

    private static MailOptions Options(Match match)
    {
        var options = new MailOptions();
        foreach (var text in match.Groups["options"].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (word, rest) = text.Split(' ', 2) is [var first, var second] ? (first, second) : (text, "");
            options = (word, rest) switch
            {
                ("with", _) => options with { Attachments = [.. options.Attachments, rest] },
                ("header", _) => options with { Headers = [.. options.Headers, (rest.Split(": ", 2)[0], rest.Split(": ", 2)[1])] },
                ("in", _) => options with { Charset = rest },
                ("subject", _) => options with { Subject = rest },
                ("as", "HTML") => options with { Html = true },
                ("unauthenticated", "") => options with { Unauthenticated = true },
                ("without", "thread") => options with { WithoutThread = true },
                ("without", "quotation") => options with { WithoutQuotation = true },
                ("like", "Outlook") => options with { LikeOutlook = true },
                _ => throw new FormatException($"there is no option \"{text}\""),
            };
        }

        return options;
    }

    private static LetterName Letter(Match match) =>
        new(Optional(match, "holder") ?? match.Groups["from"].Value, Optional(match, "kind") is { } kind ? Kind(kind) : null);

    private static LetterKind Kind(string kebab) => Enum.Parse<LetterKind>(kebab.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static List<Fragment> Fragments(string body) =>
        [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
            line.StartsWith("not: ", StringComparison.Ordinal) ? new Fragment(line[5..], Absent: true) : new Fragment(line, Absent: false))];

    /// <summary>"Completed; priority 3; engineer ivan": the state, then facts by name.</summary>
    private static List<(string Fact, string Value)> Facts(string text) =>
        [.. text.Split(';', StringSplitOptions.TrimEntries).Select((fact, i) => i == 0 ? ("state", fact) : (fact.Split(' ', 2)[0], fact.Split(' ', 2)[1]))];

    private static string[] Names(Match match) => match.Groups["to"].Value.Split(',', StringSplitOptions.TrimEntries);

    private static string? Optional(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0 } found ? found.Value : null;

    [GeneratedRegex(@"^((?<weekday>[A-Z]\w+day) )?((?<date>\d{4}-\d\d-\d\d) )?(?<time>\d\d:\d\d)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MomentLine();

    [GeneratedRegex(@"^with (?<key>[A-Za-z0-9:]+) = (?<value>.+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SettingLine();

    [GeneratedRegex(@"^desk -> (?<to>[^\[]+) \[(?<kind>[a-z-]+)\](: (?<subject>.+))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DeskLine();

    [GeneratedRegex(@"^(?<from>\S+) -> (?<to>[^:(]+?)( \((?<options>[^()]*)\))?:( (?<subject>.*))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex WritesLine();

    [GeneratedRegex(@"^(?<from>\S+) replies( to \[(?<kind>[a-z-]+)\]( of (?<holder>\S+))?)?( \((?<options>[^()]*)\))?:$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RepliesLine();

    [GeneratedRegex(@"^(?<from>\S+) presses «(?<button>[^»]+)»( in \[(?<kind>[a-z-]+)\])?( \((?<options>[^()]*)\))?:?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PressesLine();

    [GeneratedRegex(@"^the same mail comes again( to (?<mailbox>\w+))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AgainLine();

    [GeneratedRegex(@"^\[(?<kind>[a-z-]+)\] to (?<holder>\S+) comes to (?<mailbox>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LetterLine();

    [GeneratedRegex(@"^\[(?<kind>[a-z-]+)\] to (?<holder>\S+) is reported as (?<status>\d\.\d+\.\d+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ReportLine();

    [GeneratedRegex(@"^recorded as (?<kind>\w+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RecordedLine();

    [GeneratedRegex(@"^(?<number>MDC?-\d+) is (?<facts>.+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex StandsLine();

    [GeneratedRegex(@"^there is no (?<number>MDC?-\d+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MissingLine();

    [GeneratedRegex(@"^(?<number>MDC?-\d+) history:$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HistoryLine();
}
