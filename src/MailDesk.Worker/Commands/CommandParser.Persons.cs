using MailDesk.Mail.Mime;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Commands;

/// <summary>Persons of clients, as engineers name them.</summary>
public sealed partial class CommandParser
{
    /// <summary>Takes an address, or a name as far as it names one person only. Whether an address is on a list depends on what it is for.</summary>
    private CommandLineRead ReadFrom(string line, string verb, string argument)
    {
        if (argument.Length == 0) return Wrong(line, TranscriptMeaning.ArgumentMissing, $"#{verb} anna@client.example");
        if (MailboxAddress.TryParse(argument, out var mailbox)) return new(line, new DeskCommand.From(mailbox));

        var name = Unquoted(argument);
        var persons = directory.Clients.SelectMany(client => client.Persons).ToList();
        var named = persons.Where(person => IsNamed(person, name)).ToList();
        if (named is [var only]) return new(line, new DeskCommand.From(new MailboxAddress(only.Name, only.Addresses[0])));
        return named.Count > 1
            ? Wrong(line, TranscriptMeaning.AmbiguousPerson, $"#{verb} {named[0].Addresses[0]}")
            : Wrong(line, TranscriptMeaning.UnknownPerson, NearestPerson(name) is { } nearest ? $"#{verb} {nearest}" : null);
    }

    private static bool IsNamed(Person person, string name) =>
        person.Name.Contains(name, StringComparison.OrdinalIgnoreCase) || person.Addresses.Any(a => a.StartsWith($"{name}@", StringComparison.OrdinalIgnoreCase));

    /// <summary>The address of the person whose address or name is closest to what was written; null where none comes close.</summary>
    public string? NearestPerson(string written)
    {
        var persons = directory.Clients.SelectMany(client => client.Persons).ToList();
        if (Spelling.Nearest(written, persons.SelectMany(person => person.Addresses)) is { } address) return address;
        return Spelling.Nearest(written, persons.Select(person => person.Name)) is { } name ? persons.Find(person => name.Equals(person.Name, StringComparison.Ordinal))?.Addresses[0] : null;
    }
}
