using System.Globalization;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Commands;

/// <summary>What follows the verb, a command each.</summary>
public sealed partial class CommandParser
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "d.M.yyyy"];
    private static readonly string[] MonthFormats = ["yyyy-MM", "M.yyyy"];

    /// <summary>Takes an address, or a name as far as it names one engineer only.</summary>
    private CommandLineRead ReadAssign(string line, string argument)
    {
        var example = $"#assign {directory.Engineers[0].Address}";
        if (argument.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, example);
        var address = MailboxAddress.TryParse(argument, out var mailbox) ? mailbox.Address : argument;
        if (directory.FindEngineer(address) is { } engineer) return new(line, new DeskCommand.Assign(engineer));

        var named = directory.Engineers.Where(e => e.Name.Contains(argument, StringComparison.OrdinalIgnoreCase)
            || e.Address.StartsWith($"{argument}@", StringComparison.OrdinalIgnoreCase)).ToList();
        if (named is [var only]) return new(line, new DeskCommand.Assign(only));
        var nearest = Spelling.Nearest(address, directory.Engineers.SelectMany(e => e.Addresses));
        return Wrong(line, TranscriptMeaning.UnknownEngineer, nearest is null ? example : $"#assign {nearest}");
    }

    private static CommandLineRead ReadDone(string line, string argument)
    {
        var words = Vocabulary.Normalise(argument);
        foreach (var prefix in (ReadOnlySpan<string>)["by ", "по "])
        {
            if (words.StartsWith(prefix, StringComparison.Ordinal)) return new(line, new DeskCommand.Done(MeansOf(words[prefix.Length..].Trim())));
        }

        return words.Length == 0 ? new(line, new DeskCommand.Done(null)) : Wrong(line, TranscriptMeaning.ArgumentInvalid, "#done by phone");
    }

    /// <summary>The letters have words of their own for the phone; any other means is told as it was written.</summary>
    private static string MeansOf(string words) => words is "телефону" or "телефоне" or "phone" or "telephone" ? "phone" : words;

    private static CommandLineRead ReadPriority(string line, string argument)
    {
        var space = argument.AsSpan().IndexOfAny(' ', '\t');
        var value = space < 0 ? argument : argument[..space];
        if (value.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, "#priority 2");
        return Vocabulary.FindPriority(value) is { } priority
            ? new(line, new DeskCommand.SetPriority(priority, space < 0 ? null : argument[space..].Trim()))
            : Wrong(line, TranscriptMeaning.ArgumentInvalid, "#priority 1 … #priority 5");
    }

    private static CommandLineRead ReadCategory(string line, string argument)
    {
        const string right = "#category incident | support | change | service | service-start";
        if (argument.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, right);
        if (Vocabulary.IsServiceStart(argument)) return new(line, new DeskCommand.SetCategory(Category.ServiceChange, StartsService: true));
        return Vocabulary.FindCategory(argument) is { } category
            ? new(line, new DeskCommand.SetCategory(category, StartsService: false))
            : Wrong(line, TranscriptMeaning.ArgumentInvalid, right);
    }

    private CommandLineRead ReadNumber(string line, string verb, string argument, Func<TicketNumber, DeskCommand> command) =>
        TicketNumber.TryRead(argument, settings.Desk.NumberPrefix, out var number)
            ? new(line, command(number))
            : WrongArgument(line, argument, $"#{verb} {settings.Desk.NumberPrefix}-1042");

    private CommandLineRead ReadAccept(string line, string argument) =>
        argument.Length == 0 ? new(line, new DeskCommand.Accept(null))
        : directory.ClientsNamed(Unquoted(argument)) is [var client] ? new(line, new DeskCommand.Accept(client))
        : UnknownClient(line, "#accept", argument);

    private static CommandLineRead ReadDue(string line, string verb, string argument)
    {
        var (date, rest) = FirstWord(argument);
        if (!DateOnly.TryParseExact(date, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return WrongArgument(line, argument, $"#{verb} 2026-12-31 …");
        var (word, afterTime) = FirstWord(rest);
        return TimeOnly.TryParseExact(word, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new(line, new DeskCommand.Promise(day, time, NullIfEmpty(afterTime)))
            : new(line, new DeskCommand.Promise(day, null, NullIfEmpty(rest)));
    }

    private static CommandLineRead ReadList(string line, string argument) => Vocabulary.Normalise(argument) switch
    {
        "" or "open" or "открытые" => new(line, new DeskCommand.List(ListKind.Open)),
        "mine" or "мои" => new(line, new DeskCommand.List(ListKind.Mine)),
        "overdue" or "просроченные" => new(line, new DeskCommand.List(ListKind.Overdue)),
        "waiting" or "ждут" or "ожидание" => new(line, new DeskCommand.List(ListKind.Waiting)),
        "held" or "удержанные" => new(line, new DeskCommand.List(ListKind.Held)),
        _ => WrongArgument(line, argument, "#list mine | open | overdue | waiting | held"),
    };

    private CommandLineRead ReadReport(string line, string verb, string argument)
    {
        var (word, rest) = FirstWord(argument);
        DateOnly? month = DateOnly.TryParseExact(word, MonthFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first : null;
        if (month is null && word.Length > 0 && char.IsAsciiDigit(word[0])) return WrongArgument(line, argument, $"#{verb} 2026-10");
        var name = Unquoted(month is null ? argument : rest);
        return name.Length == 0 ? new(line, new DeskCommand.Report(month, null))
            : directory.ClientsNamed(name) is [var client] ? new(line, new DeskCommand.Report(month, client))
            : UnknownClient(line, month is null ? $"#{verb}" : $"#{verb} {word}", name);
    }

    /// <summary>Suggests the name that comes nearest, or one of those that the words fit.</summary>
    private CommandLineRead UnknownClient(string line, string command, string name)
    {
        var fits = directory.ClientsNamed(Unquoted(name));
        var nearest = fits.Count > 0 ? fits[0].Name : Spelling.Nearest(name, directory.Clients.Select(client => client.Name));
        return Wrong(line, fits.Count > 1 ? TranscriptMeaning.AmbiguousClient : TranscriptMeaning.UnknownClient, nearest is null ? null : $"{command} {nearest}");
    }

    private static CommandLineRead WrongArgument(string line, string argument, string right) =>
        Wrong(line, argument.Length == 0 ? TranscriptMeaning.ArgumentMissing : TranscriptMeaning.ArgumentInvalid, right);

    private static (string Word, string Tail) FirstWord(string argument)
    {
        var space = argument.AsSpan().IndexOfAny(' ', '\t');
        return space < 0 ? (argument, "") : (argument[..space], argument[space..].Trim());
    }

    private static string Unquoted(string words) => words.Trim('"', ' ');

    private static string? NullIfEmpty(string words) => words.Length == 0 ? null : words;
}
