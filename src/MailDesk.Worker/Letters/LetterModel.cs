using System.Text.Json;
using MailDesk.Domain;
using MailDesk.Worker.History;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Letters;

/// <summary>
/// What templates know of a letter, under the names that they use. Every name is always there, null where the letter says nothing, so that
/// a strict rendering finds each mistake in a template with any letter.
/// </summary>
internal static class LetterModel
{
    public static Dictionary<string, object?> Of(Letter letter, LetterLanguage language, string? desk)
    {
        var dates = new SpelledDates(language, letter.TimeZone);
        var links = new ReplyLinks(letter, language);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["lang"] = language.Code,
            ["role"] = Name<LetterRole>(letter.Role),
            ["desk"] = desk,
            ["marker"] = language.Marker,
            ["token"] = letter.TextToken,
            ["subject"] = LetterSubject.Of(letter, fixedSubject: null),
            ["ticket"] = letter.Ticket is { } facts ? Of(facts, letter.Subject, dates) : null,
            ["words"] = string.IsNullOrWhiteSpace(letter.Words) ? null : WordsHtml.Of(letter.Words),
            ["author"] = letter.Author,
            ["links"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["confirm"] = links.Confirm,
                ["not_solved"] = links.NotSolved,
                ["answer"] = links.Answer,
                ["take"] = links.Take,
                ["accept"] = links.Accept,
                ["reject"] = links.Reject,
                ["refuse"] = links.Refuse,
            },
            ["missing"] = letter.Missing.Select(m => (int)m).ToList(),
            ["claimed_priority"] = (int?)letter.ClaimedPriority,
            ["starts_on"] = letter.StartsOnDay is { } day ? dates.AfterBy(day) : null,
            ["closed_number"] = letter.ClosedNumber,
            ["old_priority"] = (int?)letter.OldPriority,
            ["reason"] = letter.Reason,
            ["origin"] = Name<RequestOrigin>(letter.Origin),
            ["brought_by"] = letter.BroughtBy,
            ["other_number"] = letter.OtherNumber,
            ["meanwhile"] = letter.Meanwhile.Select(happening => Of(happening, dates)).ToList(),
            ["shows_facts"] = letter.ShowsFacts,
            ["actions"] = letter.ActionsDone.Select(action => Of(action, dates)).ToList(),
            ["answer_due"] = Of(letter.Ticket?.ClientAnswerDue, dates),
            ["confirmation_due"] = Of(letter.Ticket?.ConfirmationDue, dates),
            ["outcome"] = Name(letter.Ticket?.Outcome),
            ["delivered_by"] = letter.DeliveredBy,
            ["closing_reason"] = Name(letter.ClosingReason),
            ["held_reason"] = Name(letter.HeldReason),
            ["held_writer"] = letter.HeldWriter,
            ["changes"] = letter.PersonChanges.Select(Of).ToList(),
            ["change_outcome"] = Name(letter.PersonChangeOutcome),
            ["deadline"] = letter.Deadline?.Kind switch
            {
                DeadlineKind.Reaction or DeadlineKind.ReactionAhead => "reaction",
                DeadlineKind.Term or DeadlineKind.TermAhead => "term",
                DeadlineKind.Progress or DeadlineKind.ProgressAhead => "progress",
                _ => "execution",
            },
            ["due"] = Of(letter.Deadline?.DueAt, dates),
            ["former_number"] = letter.FormerNumber,
            ["about_number"] = letter.AboutNumber,
            ["planned_work"] = letter.PlannedWork is { } work
                ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["title"] = work.Title, ["until"] = dates.AfterBy(work.Until) }
                : null,
            ["lines"] = letter.Transcript.Select(Of).ToList(),
            ["failed"] = letter.Transcript.Any(l => !l.IsGood),
            ["dry"] = letter.Dry,
            ["help"] = letter.Help,
            ["trouble"] = letter.Trouble is { } trouble ? TroubleModel.Of(trouble, language, dates) : null,
            ["category_guessed"] = letter.CategoryGuessed,
            ["corrections"] = letter.Correctable ? Of(new CorrectionLinks(letter, language, links)) : null,
            ["was"] = letter.Correction is { } was ? Of(was) : null,
            ["history"] = letter.History.Select(line => Of(line, ChangeWords.Of(language.Code), dates)).ToList(),
            ["history_older"] = letter.HistoryOlder,
            ["history_asked"] = letter.HistoryAsked,
            ["sections"] = letter.Sections.Select(section => ReportModel.Of(section, dates)).ToList(),
            ["search"] = letter.Search is { } search
                ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["words"] = search.Words, ["tickets"] = search.Tickets, ["mails"] = search.Mails }
                : null,
            ["report"] = letter.Report is { } report ? ReportModel.Of(report, letter, language, dates) : null,
            ["attached"] = letter.Attachments.Select(file => file.FileName).ToList(),
        };
    }

    private static Dictionary<string, object?> Of(TicketFacts facts, string subject, SpelledDates dates) => new(StringComparer.Ordinal)
    {
        ["number"] = facts.Number,
        ["subject"] = string.IsNullOrWhiteSpace(subject) ? null : subject,
        ["complaint"] = facts.IsComplaint,
        ["category"] = (int)facts.Category,
        ["starts"] = facts.StartsService,
        ["state"] = (int)facts.State,
        ["priority"] = (int)facts.Priority,
        ["impact"] = (int)facts.Impact,
        ["urgency"] = (int)facts.Urgency,
        ["service"] = facts.Service,
        ["client"] = facts.Client,
        ["requester"] = facts.Requester,
        ["team"] = facts.Team,
        ["engineer"] = facts.Engineer,
        ["links"] = facts.Links.Count > 0 ? string.Join(", ", facts.Links) : null,
        ["merged_into"] = facts.MergedInto,
        ["registered"] = Of(facts.RegisteredAt, dates),
        ["reaction"] = Of(facts.ReactionDue, dates),
        ["execution"] = Of(facts.ExecutionDue, dates),
        ["term"] = Of(facts.TermDue, dates),
        ["progress"] = Of(facts.ProgressDue, dates),
    };

    private static Dictionary<string, object?>? Of(DateTimeOffset? instant, SpelledDates dates) => instant is not { } at
        ? null
        : new(StringComparer.Ordinal) { ["full"] = dates.Full(at), ["by"] = dates.AfterBy(at) };

    private static Dictionary<string, object?> Of(ActionDone action, SpelledDates dates) => new(StringComparer.Ordinal)
    {
        ["at"] = dates.Short(action.At),
        ["kind"] = Name<ActionKind>(action.Kind),
        ["engineer"] = action.Engineer,
        ["old_priority"] = (int?)action.OldPriority,
        ["new_priority"] = (int?)action.NewPriority,
    };

    private static Dictionary<string, object?> Of(CorrectionLinks links) => new(StringComparer.Ordinal)
    {
        ["categories"] = links.Categories.Select(Of).ToList(),
        ["impacts"] = links.Impacts.Select(Of).ToList(),
        ["urgencies"] = links.Urgencies.Select(Of).ToList(),
        ["priorities"] = links.Priorities.Select(Of).ToList(),
        ["services"] = links.Services.Select(Of).ToList(),
    };

    private static Dictionary<string, object?> Of(CorrectionLink link) =>
        new(StringComparer.Ordinal) { ["value"] = link.Value, ["name"] = link.Name, ["link"] = link.Address };

    private static Dictionary<string, object?> Of(CorrectionNews was) => new(StringComparer.Ordinal)
    {
        ["category"] = (int)was.Category,
        ["starts"] = was.StartsService,
        ["impact"] = (int)was.Impact,
        ["urgency"] = (int)was.Urgency,
        ["priority"] = (int)was.Priority,
        ["service"] = was.Service,
        ["lowered"] = (int?)was.Lowered,
        ["kept_category"] = (int?)was.KeptCategory,
        ["kept_priority"] = (int?)was.KeptPriority,
        ["kept_severity"] = was.KeptSeverity,
    };

    private static Dictionary<string, object?> Of(HistoryLine line, ChangeWords words, SpelledDates dates) => new(StringComparer.Ordinal)
    {
        ["at"] = dates.Full(line.At),
        ["author"] = line.Author,
        ["text"] = string.IsNullOrWhiteSpace(line.Text) ? null : WordsHtml.Of(line.Text),
        ["left_out"] = line.Text is null,
        ["files"] = line.Files.Count == 0 ? null : string.Join(", ", line.Files.Select(file => HeaderWords.Of(file, 100))),
        ["cut"] = line.Cut,
        ["change"] = line.Change is { } change ? words.Of(change, dates) : null,
    };

    private static Dictionary<string, object?> Of(Happening happening, SpelledDates dates) => new(StringComparer.Ordinal)
    {
        ["at"] = dates.Short(happening.At),
        ["who"] = happening.Who,
        ["kind"] = Name<HappeningKind>(happening.Kind),
        ["engineer"] = happening.Engineer,
        ["priority"] = (int?)happening.Priority,
    };

    private static Dictionary<string, object?> Of(PersonChangeLine change) => new(StringComparer.Ordinal)
    {
        ["kind"] = Name<PersonChangeKind>(change.Kind),
        ["address"] = change.Address,
        ["name"] = change.Name,
        ["problem"] = change.Problem == PersonChangeProblem.None ? null : Name<PersonChangeProblem>(change.Problem),
    };

    private static Dictionary<string, object?> Of(TranscriptLine line) => new(StringComparer.Ordinal)
    {
        ["command"] = line.Command,
        ["ok"] = line.IsGood,
        ["meaning"] = Name<TranscriptMeaning>(line.Meaning),
        ["suggestion"] = line.Suggestion,
        ["explanation"] = line.Explanation,
        ["detail"] = line.Detail,
    };

    /// <summary>Enumerations are named in templates as <c>snake_case</c>.</summary>
    private static string? Name<T>(T? value)
        where T : struct, Enum => value is { } v ? JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()) : null;
}
