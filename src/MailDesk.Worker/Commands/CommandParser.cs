using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Commands;

/// <summary>
/// Reads the block of commands at the very top of an engineer's new text (MAIL.md §6): lines that begin with #, one command each, up to the
/// first other line that is not blank. Nothing below that line is a command. A line that is wrong is returned with what would be right;
/// deciding that nothing is done then belongs to the caller.
/// </summary>
public sealed partial class CommandParser(DeskDirectory directory, DeskSettings settings)
{
    /// <param name="text">Lines end with LF. What is below the block stays as it was written.</param>
    public CommandBlock Parse(string text)
    {
        List<CommandLineRead> lines = [];
        var position = 0;
        while (position < text.Length)
        {
            var end = text.IndexOf('\n', position);
            var line = Spelling.Clean(text.AsSpan(position, (end < 0 ? text.Length : end) - position)).Trim();
            if (line.Length > 0 && line[0] != '#') break;
            if (line.Length > 0) lines.Add(Read(line));
            position = end < 0 ? text.Length : end + 1;
        }

        return CheckText(new CommandBlock(lines, text[position..].Trim()));
    }

    private CommandLineRead Read(string line)
    {
        var body = line[1..].TrimStart();
        var space = body.AsSpan().IndexOfAny(' ', '\t');
        var verb = Vocabulary.Normalise(space < 0 ? body : body[..space]).TrimEnd(':');
        var argument = space < 0 ? "" : body[space..].Trim();
        if (!CommandVerbs.TryFind(verb, out var command))
        {
            var suggestion = Spelling.InOneScript(verb).FirstOrDefault(CommandVerbs.Contains) ?? Spelling.Nearest(verb, CommandVerbs.All);
            return Wrong(line, Spelling.MixesScripts(verb) ? TranscriptMeaning.MixedScripts : TranscriptMeaning.UnknownCommand, suggestion is null ? "#help" : $"#{suggestion}");
        }

        return command switch
        {
            "assign" => ReadAssign(line, argument),
            "wait" => new(line, new DeskCommand.Wait(NullIfEmpty(argument))),
            "done" => ReadDone(line, argument),
            "priority" => ReadPriority(line, argument),
            "impact" => Vocabulary.FindImpact(argument) is { } impact
                ? new(line, new DeskCommand.SetImpact(impact))
                : WrongArgument(line, argument, "#impact down | major | minor | planned"),
            "urgency" => Vocabulary.FindUrgency(argument) is { } urgency
                ? new(line, new DeskCommand.SetUrgency(urgency))
                : WrongArgument(line, argument, "#urgency high | normal | low"),
            "category" => ReadCategory(line, argument),
            "service" => argument.Length > 0 ? new(line, new DeskCommand.SetService(Unquoted(argument))) : WrongArgument(line, argument, $"#{verb} …"),
            "merge" => ReadNumber(line, verb, argument, number => new DeskCommand.Merge(number)),
            "link" => ReadNumber(line, verb, argument, number => new DeskCommand.Link(number)),
            "from" => MailboxAddress.TryParse(argument, out var mailbox)
                ? new(line, new DeskCommand.From(mailbox))
                : WrongArgument(line, argument, $"#{verb} anna@client.example"),
            "accept" => ReadAccept(line, argument),
            "reject" => new(line, new DeskCommand.Reject(NullIfEmpty(argument))),
            "due" => ReadDue(line, verb, argument),
            "history" => argument.Length == 0 ? new(line, new DeskCommand.History(null)) : ReadNumber(line, verb, argument, number => new DeskCommand.History(number)),
            "list" => ReadList(line, argument),
            "search" => argument.Length > 0 ? new(line, new DeskCommand.Search(Unquoted(argument))) : WrongArgument(line, argument, $"#{verb} …"),
            "report" => ReadReport(line, verb, argument),
            _ when argument.Length > 0 => Wrong(line, TranscriptMeaning.ArgumentInvalid, $"#{verb}"),
            "take" => new(line, new DeskCommand.Take()),
            "reply" => new(line, new DeskCommand.Reply()),
            "ask" => new(line, new DeskCommand.Ask()),
            "note" => new(line, new DeskCommand.Note()),
            "unsupported" => new(line, new DeskCommand.Unsupported()),
            "split" => new(line, new DeskCommand.Split()),
            "phone" => new(line, new DeskCommand.Phone()),
            "complaint" => new(line, new DeskCommand.MakeComplaint()),
            "request" => new(line, new DeskCommand.MakeRequest()),
            "dry" => new(line, new DeskCommand.Dry()),
            _ => new(line, new DeskCommand.Help()),
        };
    }

    private static CommandBlock CheckText(CommandBlock block)
    {
        var users = 0;
        List<CommandLineRead> lines = [];
        foreach (var line in block.Lines)
        {
            var usesText = line.Command?.UsesText == true;
            if (usesText) users++;
            var error = !usesText ? null
                : users > 1 ? new CommandError(TranscriptMeaning.Contradiction)
                : block.Text.Length == 0 && line.Command!.NeedsText ? new CommandError(TranscriptMeaning.TextMissing)
                : null;
            lines.Add(error is null ? line : line with { Error = error });
        }

        return block with { Lines = lines };
    }

    private static CommandLineRead Wrong(string line, TranscriptMeaning meaning, string? suggestion) => new(line, null, new CommandError(meaning, suggestion));
}
