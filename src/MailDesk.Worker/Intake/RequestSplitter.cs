using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// One request, one question (rule 5.5): <c>#split</c> makes requests of the parts of a text. Each is registered as any request is, for the same
/// requester and participants; it counts from the registration of the first one, and the two are linked.
/// </summary>
public sealed class RequestSplitter(DeskDirectory directory, RequestReader reader, RequestRegistrar registrar)
{
    /// <summary>A mail with more questions is a document that was pasted by mistake.</summary>
    private const int MostParts = 10;

    /// <summary>The parts between lines of three or more dashes.</summary>
    /// <param name="error">What is wrong with them; null where nothing is.</param>
    public static IReadOnlyList<(string Subject, string Text)> Parts(string text, out CommandError? error)
    {
        List<List<string>> parts = [[]];
        foreach (var line in text.Split('\n'))
        {
            if (IsRule(line)) parts.Add([]);
            else parts[^1].Add(line);
        }

        var read = parts.ConvertAll(lines => Read(string.Join('\n', lines)));
        error = read.Count > MostParts ? new CommandError(TranscriptMeaning.TooManyParts, Detail: $"{MostParts}")
            : read.Exists(part => part.Subject.Length == 0) ? new CommandError(TranscriptMeaning.EmptyPart)
            : null;
        return read;
    }

    /// <summary>Everything that is to be registered, decided and not yet written.</summary>
    public async Task<IReadOnlyList<(RequestDraft Draft, TicketDecision Decision)>> DecideAsync(
        IntakeWork work, Engineer engineer, TicketRow first, IReadOnlyList<(string Subject, string Text)> parts, CancellationToken cancellationToken)
    {
        var client = first.Client is { } name ? directory.FindClient(name) : null;
        List<(RequestDraft, TicketDecision)> decided = [];
        foreach (var (subject, text) in parts)
        {
            var words = new RequestWords(subject, text, work.Mail.Message);
            var facts = reader.Read(words, client);
            var draft = new RequestDraft
            {
                Requester = Requester.Of(first),
                Kind = first.Kind,
                Words = words,
                Facts = facts with { Service = facts.Service ?? first.Service, Missing = [] }, // the client has been asked with the first one
                RegisteredAt = first.RegisteredAt,
                Actor = engineer.Address,
                Origin = RequestOrigin.Split,
                Others = first.Participants.Select(p => new MailboxAddress(p.Name, p.Address)),
                Thread = first.Thread,
                First = first,
            };
            if (await registrar.DecideAsync(work, draft, cancellationToken) is TicketDecision decision) decided.Add((draft, decision));
        }

        return decided;
    }

    public IReadOnlyList<TicketRow> Write(IntakeWork work, IReadOnlyList<(RequestDraft Draft, TicketDecision Decision)> parts) =>
        [.. parts.Select(part => registrar.Write(work, part.Draft, part.Decision))];

    /// <summary>The first line is the subject; a line alone is both.</summary>
    private static (string Subject, string Text) Read(string part)
    {
        var text = part.Trim();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var rest = end < 0 ? "" : text[end..].Trim();
        return (BroughtWords.FirstLine(text), rest.Length > 0 && end <= 200 ? rest : text);
    }

    /// <summary>QUIRK: Word and Outlook turn three dashes into one long one.</summary>
    private static bool IsRule(string line)
    {
        var core = line.AsSpan().Trim();
        return (core.Length >= 3 && core.IndexOfAnyExcept('-', '–', '—') < 0) || core is "—";
    }
}
