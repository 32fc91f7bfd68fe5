using MailDesk.Domain;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Commands;

/// <summary>A command that an engineer wrote, checked and ready to be carried out (MAIL.md §6). A closed set.</summary>
public abstract record DeskCommand
{
    private DeskCommand() { }

    public sealed record Take : DeskCommand;

    public sealed record Assign(Engineer Assignee) : DeskCommand;

    public sealed record Reply : DeskCommand;

    public sealed record Ask : DeskCommand;

    public sealed record Note : DeskCommand;

    /// <param name="DeliveredBy">"phone" or other means (rule 6.8); null for mail.</param>
    public sealed record Done(string? DeliveredBy) : DeskCommand;

    public sealed record SetPriority(Priority Priority, string? Reason) : DeskCommand;

    public sealed record SetCategory(Category Category, bool StartsService) : DeskCommand;

    public sealed record Help : DeskCommand;

    /// <summary>Says what becomes of the text below the commands; only one such command fits a mail.</summary>
    public bool UsesText => this is Reply or Ask or Note or Done;
}

/// <summary>One line of the block, and what it means or why it means nothing.</summary>
/// <param name="Command">Null when the line cannot be read.</param>
/// <param name="Error">Null when nothing is wrong.</param>
public sealed record CommandLineRead(string Line, DeskCommand? Command, CommandError? Error = null);

/// <param name="Meaning">What is wrong.</param>
/// <param name="Suggestion">What would be right, ready to be copied; null where nothing comes close.</param>
public sealed record CommandError(TranscriptMeaning Meaning, string? Suggestion = null);

/// <summary>The block at the top of an engineer's new text, and the text below it.</summary>
public sealed record CommandBlock(IReadOnlyList<CommandLineRead> Lines, string Text)
{
    public bool IsValid => Lines.All(line => line.Error is null);

    public IEnumerable<DeskCommand> Commands => Lines.Select(line => line.Command).OfType<DeskCommand>();
}
